"""Members offer contributions; others than their own judge them; the decision is told in a letter."""

from datetime import date

import pytest

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.conferences import queries
from corridor.rooms.conferences.actions import (
    ContributionDraft,
    OwnContribution,
    call_for_contributions,
    decide_on_contribution,
    judge_contribution,
    send_contribution,
    withdraw_contribution,
)
from corridor.rooms.conferences.delegate_refusals import NotOpen
from corridor.rooms.conferences.lifecycle import ContributionStatus
from corridor.rooms.conferences.models import Contribution
from tests.factories.actors import make_actor, make_user
from tests.factories.conferences import make_conference
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON = date(2024, 2, 2)


@pytest.fixture
def conference():
    made = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    call_for_contributions(conference=made, opens_on=date(2024, 1, 1), closes_before=date(2024, 6, 1), by=LI)
    return made


@pytest.fixture
def vientiane():
    return make_member("vientiane", country="LA")


@pytest.fixture
def khamla(vientiane):
    return make_actor("coordinator", ("member", vientiane.pk), user=make_user("khamla"))


@pytest.fixture
def chair():
    return make_actor("council", user=make_user("the-chair"))


def draft(conference, member, **more):
    given = {"title": "ເບກ", "abstract": "How we teach brakes.", "language": "lo", "speakers": ["Khamla", " "]} | more
    return ContributionDraft(conference, member, **given)


def sent(conference, member, by, **more):
    return send_contribution(contribution=draft(conference, member, **more), on=ON, by=by)


def test_a_member_offers_and_the_number_stays(conference, vientiane, khamla):
    made = sent(conference, vientiane, khamla)
    assert (made.reference, made.status, [each.name for each in made.speakers.all()]) == (
        "CTB-2024-0001",
        "submitted",
        ["Khamla"],
    )


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 6, 1)], ids=["before", "after"])
def test_nothing_is_sent_in_outside_the_days_of_the_call(conference, vientiane, khamla, day):
    with pytest.raises(NotOpen):
        send_contribution(contribution=draft(conference, vientiane), on=day, by=khamla)


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"title": " "}, "title"), ({"abstract": ""}, "abstract"), ({"language": "x!"}, "language"), ({"speakers": [" "]}, "speakers")],
    ids=["title", "abstract", "language", "speakers"],
)  # fmt: skip
def test_what_is_missing_is_told_at_its_field(conference, vientiane, khamla, wrong, column):
    with pytest.raises(BadInput) as refused:
        sent(conference, vientiane, khamla, **wrong)
    assert [problem.column for problem in refused.value.problems] == [column]
    assert not Contribution.objects.exists()


def test_nobody_offers_for_another_member(conference, khamla):
    with pytest.raises(AccessDenied):
        sent(conference, make_member("colombo", country="LK"), khamla)


def test_nobody_judges_what_the_own_member_offers(conference, vientiane, khamla, chair):
    made = sent(conference, vientiane, khamla)
    with pytest.raises(AccessDenied):
        judge_contribution(contribution=made, score=5, note="", on=ON, by=khamla)
    both = Actor(label="khamla", user_id=khamla.user_id, grants=khamla.grants | chair.grants)
    with pytest.raises(OwnContribution):
        judge_contribution(contribution=made, score=5, note="", on=ON, by=both)
    judge_contribution(contribution=made, score=2, note="Thin.", on=ON, by=chair)
    judge_contribution(contribution=made, score=4, note="Better read twice.", on=ON, by=chair)
    assert [each.score for each in queries.reviews_of(contribution=made, by=LI)] == [4]
    assert queries.reviews_of(contribution=made, by=khamla) == []
    with pytest.raises(BadInput):
        judge_contribution(contribution=made, score=6, note="", on=ON, by=chair)


def test_the_decision_is_told_in_a_letter_in_the_language_of_the_contribution(conference, vientiane, khamla, chair):
    made = sent(conference, vientiane, khamla)
    with pytest.raises(WrongMoment, match="Nobody has judged"):
        decide_on_contribution(contribution=made, to=ContributionStatus.ACCEPTED, on=ON, by=LI)
    judge_contribution(contribution=made, score=4, note="", on=ON, by=chair)
    decide_on_contribution(contribution=made, to=ContributionStatus.WAITING, on=ON, by=LI)
    decide_on_contribution(contribution=made, to=ContributionStatus.ACCEPTED, on=ON, by=LI)
    found = queries.get_contribution(reference=made.reference, by=khamla)
    assert [(each.language, "ເບກ" in each.body, made.reference in each.subject) for each in found.letters.all()] == [
        ("lo", True, True)
    ] * 2
    with pytest.raises(WrongMoment):
        judge_contribution(contribution=made, score=1, note="", on=ON, by=chair)
    assert withdraw_contribution(contribution=made, on=ON, by=khamla).status == "withdrawn"


def test_declining_says_why(conference, vientiane, khamla, chair):
    made = sent(conference, vientiane, khamla, language="en")
    judge_contribution(contribution=made, score=1, note="", on=ON, by=chair)
    with pytest.raises(BadInput):
        decide_on_contribution(contribution=made, to=ContributionStatus.DECLINED, on=ON, by=LI)
    decide_on_contribution(contribution=made, to=ContributionStatus.DECLINED, on=ON, by=LI, reason="Said last year.")
    assert "Said last year." in made.letters.get().body


def test_a_member_sees_its_own_and_who_judges_all_the_best_first(conference, vientiane, khamla, chair):
    colombo = make_member("colombo", country="LK")
    nimali = make_actor("coordinator", ("member", colombo.pk), user=make_user("nimali"))
    mine, theirs = sent(conference, vientiane, khamla), sent(conference, colombo, nimali)
    judge_contribution(contribution=theirs, score=5, note="", on=ON, by=chair)
    judge_contribution(contribution=mine, score=3, note="", on=ON, by=chair)
    assert list(queries.list_contributions(conference="CONF-2024", by=khamla)) == [mine]
    assert [each.score for each in queries.list_contributions(conference="CONF-2024", by=chair)] == [5, 3]
    with pytest.raises(NotFound):
        queries.get_contribution(reference=theirs.reference, by=khamla)


@pytest.mark.parametrize("days", [(ON, ON), (ON, date(2024, 12, 1))], ids=["no day", "into the conference"])
def test_a_call_has_days_before_its_conference(conference, days):
    with pytest.raises(BadInput):
        call_for_contributions(conference=conference, opens_on=days[0], closes_before=days[1], by=LI)
