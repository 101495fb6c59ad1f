"""A call asks who is a member when it opens; answers are saved, sent in time or late, corrected; nobody's words are lost."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from corridor.foundations.notices.models import Notice
from corridor.journeys.answer_data_call import answer_data_call, draft_data_call, open_sheet
from corridor.journeys.remind_members import remind_members, remind_of_call
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, StaleForm, WrongMoment
from corridor.kernel.refusals import NotYetDue
from corridor.rooms.indicators.queries import open_figure, show_figure
from corridor.rooms.members import actions, queries
from corridor.rooms.members.call_drafts import AnswerDraft, CallDraft, QuestionDraft
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import AskedMember, QuestionKind
from tests.factories.actors import NIGHTLY, VISITOR, make_actor, make_user
from tests.factories.data_calls import ASKS_POSTS, ASKS_YES_NO, DUE_ON, OPENED_ON, make_call, open_call
from tests.factories.demand import make_demand
from tests.factories.members import make_alliance, make_member, make_seat

pytestmark = pytest.mark.django_db

SECRETARIAT = make_actor("secretariat")
AT = datetime(2024, 2, 2, 3, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def vientiane():
    make_alliance()
    return make_member("vientiane", country="LA", kind="company")


def speaks_for(member):
    return make_actor("coordinator", ("member", member.pk), label=member.reference)


def sheet_of(call, member, by=None):
    return open_sheet(call=call.reference, member=member.reference, at=AT, by=by or speaks_for(member))


def answer(call, member, *values, at=AT, submit=True, version=None, reasons=()):
    sheet = sheet_of(call, member)
    answers = [
        AnswerDraft(line.question, value, reason=reasons[place] if place < len(reasons) else "")
        for place, (line, value) in enumerate(zip(sheet.lines, values, strict=True))
    ]
    version = sheet.version if version is None else version
    return answer_data_call(sheet=sheet, answers=answers, version=version, at=at, by=speaks_for(member), submit=submit)


def state_of(call, member):
    rows = queries.asked_in(call=call, by=SECRETARIAT)
    return next(row.state for row in rows if row.organisation == member)


def test_it_asks_who_is_active_when_it_opens_and_nobody_after(vientiane):
    make_member("rests", later=[("dormant", date(2023, 1, 1))])
    call = open_call(make_call())
    make_member("colombo", country="LK", active_from=date(2024, 1, 25))
    assert [each.organisation for each in queries.asked_in(call=call, by=SECRETARIAT)] == [vientiane]


def test_it_may_ask_one_kind_and_one_country(vientiane):
    make_member("colombo", country="LK", kind="company")
    make_member("school", country="LA")
    call = open_call(make_call(kind="company", country="LA"))
    assert [each.organisation for each in queries.asked_in(call=call, by=SECRETARIAT)] == [vientiane]


def test_it_is_not_opened_twice_without_questions_or_after_its_deadline(vientiane):
    call = open_call(make_call())
    with pytest.raises(WrongMoment):
        open_call(call)
    with pytest.raises(WrongMoment):
        open_call(make_call(), on=date(2024, 2, 21))
    with pytest.raises(WrongMoment):
        open_call(make_call(country="NZ"))


def test_questions_stay_once_members_were_asked_and_two_writers_do_not_undo_each_other(vientiane):
    call = make_call()
    actions.add_question(call=call, question=ASKS_YES_NO, version=1, by=SECRETARIAT)
    with pytest.raises(StaleForm):
        actions.drop_question(call=call, position=1, version=1, by=SECRETARIAT)
    open_call(call)
    with pytest.raises(WrongMoment):
        actions.add_question(call=call, question=ASKS_YES_NO, version=2, by=SECRETARIAT)


def test_a_figure_that_is_not_counted_by_members_is_not_asked(vientiane):
    wrong = QuestionDraft(
        QuestionKind.FIGURE, {"en": "Members"}, code="members.active", dimension="kind", last_day=DUE_ON
    )
    with pytest.raises(BadInput):
        draft_data_call(draft=CallDraft({"en": "Numbers"}, DUE_ON, questions=[wrong]), on=OPENED_ON, by=SECRETARIAT)


def test_what_the_records_know_is_filled_in_and_another_number_needs_a_reason(vientiane):
    make_demand(employer=vientiane, posts=45, stated_on=date(2023, 9, 1))
    call = open_call(make_call(ASKS_POSTS))
    line = sheet_of(call, vientiane).lines[0]
    assert (line.counted.value, line.counted.query["cell"]) == (45, "vientiane")
    with pytest.raises(BadInput):
        answer(call, vientiane, "50")
    answer(call, vientiane, "50", reasons=["Five were asked for by telephone"])
    said = sheet_of(call, vientiane).lines[0].answer
    assert (said.value, said.counted, said.reason) == ("50", 45, "Five were asked for by telephone")


def test_its_own_number_is_nobody_else_s(vientiane):
    call = open_call(make_call(ASKS_POSTS))
    colombo = make_member("colombo", country="LK")
    with pytest.raises(NotFound):
        sheet_of(call, vientiane, by=speaks_for(colombo))
    # Who reads every call and every person holds what was said beside what is known; the council reads what was said.
    assert sheet_of(call, vientiane, by=SECRETARIAT).lines[0].counted.value == 0
    assert sheet_of(call, vientiane, by=make_actor("council")).lines[0].counted is None
    with pytest.raises(AccessDenied):
        answer_data_call(
            sheet=sheet_of(call, vientiane, by=SECRETARIAT), answers=[], version=0, at=AT, by=SECRETARIAT, submit=True
        )


def test_a_draft_is_the_member_s_own_until_it_is_sent(vientiane):
    call = open_call(make_call())
    answer(call, vientiane, "yes", submit=False)
    assert sheet_of(call, vientiane).lines[0].answer.value == "yes"
    assert sheet_of(call, vientiane, by=SECRETARIAT).lines[0].answer is None
    assert state_of(call, vientiane) == "open"


def test_what_must_be_answered_is_and_what_no_question_takes_is_not(vientiane):
    number = QuestionDraft(QuestionKind.NUMBER, {"en": "How many rooms?"}, unit="rooms")
    choice = QuestionDraft(QuestionKind.CHOICE, {"en": "Which?"}, choices=[("a", "First"), ("b", "Second")])
    call = open_call(make_call(ASKS_YES_NO, number, choice))
    with pytest.raises(BadInput) as refused:
        answer(call, vientiane, "yes", "", "")
    assert [each.column for each in refused.value.problems] == ["q2", "q3"]
    with pytest.raises(BadInput) as refused:
        answer(call, vientiane, "perhaps", "NaN", "c", submit=False)
    assert [each.column for each in refused.value.problems] == ["q1", "q2", "q3"]
    answer(call, vientiane, "no", "12.5", "b")


@pytest.mark.parametrize(("hour", "state"), [((2024, 2, 20, 23, 59, 59), "in_time"), ((2024, 2, 21, 0, 0, 0), "late")])
def test_the_deadline_is_the_end_of_the_day_at_home(vientiane, hour, state):
    call = open_call(make_call())
    answer(call, vientiane, "yes", at=datetime(*hour, tzinfo=SHANGHAI))
    assert state_of(call, vientiane) == state


def test_a_correction_keeps_what_was_said_and_the_answer_in_time(vientiane):
    call = open_call(make_call())
    answer(call, vientiane, "yes")
    answer(call, vientiane, "no", at=datetime(2024, 3, 1, tzinfo=UTC))
    returns = list(AskedMember.objects.get().returns.order_by("number"))
    assert [each.answers.get().value for each in returns] == ["yes", "no"]
    assert state_of(call, vientiane) == "in_time"


def test_two_who_answer_for_one_member_do_not_undo_each_other(vientiane):
    call = open_call(make_call())
    answer(call, vientiane, "yes", submit=False)
    with pytest.raises(StaleForm):
        answer(call, vientiane, "no", version=0)


def test_it_is_closed_after_the_deadline_and_takes_no_answer_then(vientiane):
    call = open_call(make_call())
    with pytest.raises(WrongMoment):
        actions.close_call(call=call, on=DUE_ON, by=SECRETARIAT)
    actions.close_call(call=call, on=date(2024, 2, 21), by=SECRETARIAT)
    with pytest.raises(WrongMoment):
        answer(call, vientiane, "yes")


def test_who_was_suspended_meanwhile_stays_asked_and_late_ones_stand_beside(vientiane):
    colombo, chongqing = make_member("colombo", country="LK"), make_member("chongqing")
    call = open_call(make_call())
    with pytest.raises(NotYetDue):
        show_figure(code="members.data_call_response", scope=f"call={call.reference}", on=DUE_ON, at=AT, by=VISITOR)
    answer(call, vientiane, "yes")
    answer(call, colombo, "yes", at=datetime(2024, 2, 25, tzinfo=UTC))
    actions.suspend_member(organisation=chongqing, on=date(2024, 2, 10), by=SECRETARIAT, reason="No word")
    asked = {"code": "members.data_call_response", "scope": f"call={call.reference}", "on": date(2024, 3, 1), "at": AT}
    shown = show_figure(**asked, by=VISITOR)
    assert (shown.numbers["numerator"], shown.numbers["denominator"], shown.not_counted) == (1, 3, 1)
    assert {code: cell["denominator"] for code, cell in shown.breakdown["answered"].items()} == {
        "in_time": 1, "late": 1, "open": 1, "unknown": 0,
    }  # fmt: skip
    assert len(open_figure(**asked, by=VISITOR).rows) == 3
    rows = queries.coverage_of(asked=queries.asked_in(call=call, by=SECRETARIAT), by=SECRETARIAT)
    assert (rows[0].asked, rows[0].in_time, rows[0].late, rows[0].open) == (3, 1, 1, 1)
    assert {row.code: row.in_time for row in rows if row.dimension == "country"} == {"CN": 0, "LA": 1, "LK": 0}


def test_only_the_secretariat_makes_calls(vientiane):
    for act in (open_call_as, lambda by: remind_of_call(call=make_call(), on=DUE_ON, at=AT, by=by)):
        with pytest.raises(AccessDenied):
            act(speaks_for(vientiane))


def open_call_as(by):
    actions.open_call(call=make_call(), on=OPENED_ON, at=AT, by=by)


def test_reminders_go_out_once_before_and_after_the_deadline_to_the_silent_alone(vientiane):
    colombo = make_member("colombo", country="LK")
    for name, member in (("khamla", vientiane), ("nimali", colombo)):
        make_seat(make_user(name), "coordinator", member=member)
    call = open_call(make_call())
    answer(call, colombo, "yes")
    nights = [
        date(2024, 2, 5),
        date(2024, 2, 6),
        date(2024, 2, 6),
        date(2024, 2, 18),
        date(2024, 2, 21),
        date(2024, 2, 22),
    ]
    told = [remind_members(on=night, at=AT, by=NIGHTLY) for night in nights]
    assert [(each.before_deadline, each.after_deadline) for each in told] == [
        (0, 0),
        (1, 0),
        (0, 0),
        (1, 0),
        (0, 1),
        (0, 0),
    ]
    assert set(
        Notice.objects.filter(event__contains="data_call_")
        .exclude(event__contains="opened")
        .values_list("user__username", flat=True)
    ) == {"khamla"}


def test_members_are_told_60_and_14_days_before_they_would_be_at_risk_once_each():
    make_alliance()
    vientiane = make_member("vientiane", country="LA", active_from=date(2023, 4, 1))
    make_seat(make_user("khamla"), "coordinator", member=vientiane)
    nights = [
        date(2024, 1, 31),
        date(2024, 2, 1),
        date(2024, 2, 2),
        date(2024, 3, 18),
        date(2024, 3, 19),
        date(2024, 4, 1),
    ]
    assert [remind_members(on=night, at=AT, by=NIGHTLY).at_risk for night in nights] == [0, 1, 0, 1, 0, 0]


def test_a_member_whose_membership_ended_is_not_at_risk():
    make_alliance()
    gone = make_member("vientiane", later=[("withdrawn", date(2023, 1, 1))])
    make_seat(make_user("khamla"), "coordinator", member=gone)
    assert gone.memberships.get().status == MembershipStatus.WITHDRAWN
    assert remind_members(on=date(2024, 1, 1), at=AT, by=NIGHTLY).at_risk == 0
