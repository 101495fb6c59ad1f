"""Delegates register by a link of their own; what says who they are goes when its time is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from corridor.foundations.access import NIGHTLY, VISITOR
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, WrongMoment
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import QuestionDraft
from corridor.rooms.conferences.delegate_refusals import IsFull, NoSuchDelegate, NotOpen, RegisteredAlready
from corridor.rooms.conferences.lifecycle import VisaLetterStatus
from corridor.rooms.conferences.models import Delegate, DelegateAnswer, VisaLetter
from corridor.rooms.members.application_kinds import AnswerKind, Need
from tests.factories.actors import make_actor
from tests.factories.conferences import REGISTERED_AT as AT
from tests.factories.conferences import make_conference, make_delegate, open_registration

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON, STARTS = AT.date(), date(2024, 11, 21)
MEALS = QuestionDraft(
    "meals",
    AnswerKind.ONE_OF,
    Need.REQUIRED,
    {"en": "Meals", "lo": "ອາຫານ"},
    {"all": {"en": "Everything"}, "halal": {"en": "Halal"}},
)
PASSPORT = {"passport": "e 1234567", "nationality": "LA", "born_on": date(1990, 5, 1)}


@pytest.fixture
def conference():
    made = make_conference("CONF-2024", starts_on=STARTS, is_held=False)
    open_registration(made)
    return made


def own(made):
    return actions.recognise_delegate(secret=made.secret, by=VISITOR)


def test_who_registers_comes_back_by_the_link_alone(conference, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = make_delegate(conference)
    by, delegate = own(made)
    assert (delegate.reference, by.label) == ("DLG-2024-0001", "delegate DLG-2024-0001")
    assert made.secret in mail.outbox[0].body
    assert made.secret not in str(Delegate.objects.values_list())
    with pytest.raises(NoSuchDelegate):
        actions.recognise_delegate(secret="x" * 43, by=VISITOR)


def test_one_delegate_touches_no_other(conference):
    first, other = make_delegate(conference), make_delegate(conference, "nimali@example.org")
    by, _delegate = own(first)
    with pytest.raises(AccessDenied):
        actions.change_listing(delegate=other.delegate, is_listed=True, at=AT, by=by)
    with pytest.raises(NotFound):
        queries.answers_of(delegate=other.delegate, language="en", by=by)


@pytest.mark.parametrize("day", [date(2023, 12, 31), STARTS], ids=["before", "after"])
def test_nobody_registers_outside_its_days(conference, day):
    with pytest.raises(NotOpen):
        make_delegate(conference, at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def test_the_last_place_is_given_once_and_is_free_again_when_somebody_stays_away(conference):
    open_registration(conference, places=1)
    first = make_delegate(conference)
    with pytest.raises(IsFull):
        make_delegate(conference, "nimali@example.org")
    by, delegate = own(first)
    actions.withdraw_delegate(delegate=delegate, on=ON, by=by)
    assert make_delegate(conference, "nimali@example.org").delegate.status == "registered"


def test_an_address_registers_once_and_its_link_is_sent_again(conference, django_capture_on_commit_callbacks):
    first = make_delegate(conference)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RegisteredAlready):
        make_delegate(conference, "MEI@example.org")
    assert len(mail.outbox) == 1
    with pytest.raises(NoSuchDelegate):
        own(first)
    assert Delegate.objects.count() == 1


def test_what_is_asked_is_data_and_must_be_answered(conference):
    actions.ask_delegates(conference=conference, questions=[MEALS], by=LI)
    with pytest.raises(BadInput) as refused:
        make_delegate(conference)
    assert [problem.column for problem in refused.value.problems] == ["meals"]
    with pytest.raises(BadInput):
        make_delegate(conference, answers={"meals": ["soup"]})
    made = make_delegate(conference, answers={"meals": ["halal"]})
    (told,) = queries.answers_of(delegate=made.delegate, language="lo", by=LI)
    assert (told.label, told.codes, told.labels) == ("ອາຫານ", ("halal",), ("Halal",))
    with pytest.raises(WrongMoment):
        actions.stop_asking(question=told.question, by=LI)


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        (QuestionDraft("x", AnswerKind.FILE, Need.OPTIONAL, {"en": "Photo"}), "answer"),
        (QuestionDraft("x", AnswerKind.ONE_OF, Need.OPTIONAL, {"en": "Which"}), "options"),
        (QuestionDraft("x", AnswerKind.SHORT_TEXT, Need.OPTIONAL, {"en": " "}), "title_en"),
        (QuestionDraft("meals", AnswerKind.SHORT_TEXT, Need.OPTIONAL, {"en": "Again"}), "code"),
    ],
    ids=["file", "no options", "no words", "asked already"],
)
def test_a_question_that_cannot_be_asked_is_refused(conference, draft, column):
    actions.ask_delegates(conference=conference, questions=[MEALS], by=LI)
    with pytest.raises(BadInput) as refused:
        actions.ask_delegates(conference=conference, questions=[draft], by=LI)
    assert [problem.column for problem in refused.value.problems] == [column]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"name": " "}, "name"), ({"latin_name": "梅"}, "latin_name"), ({"language": "xx"}, "language"), ({"comes_from": ""}, "comes_from")],
    ids=["no name", "not latin", "no language", "from nowhere"],
)  # fmt: skip
def test_what_cannot_be_a_registration_is_told_at_its_field(conference, wrong, column):
    with pytest.raises(BadInput) as refused:
        make_delegate(conference, **wrong)
    assert [problem.column for problem in refused.value.problems] == [column]
    assert not Delegate.objects.exists()


def test_only_who_agreed_stands_on_the_list_of_participants(conference):
    make_delegate(conference)
    listed = make_delegate(conference, "nimali@example.org", name="නිමාලි", agrees_to_be_listed=True)
    assert [each.name for each in queries.participants_of(conference="CONF-2024", by=LI)] == ["නිමාලි"]
    by, delegate = own(listed)
    actions.change_listing(delegate=delegate, is_listed=False, at=AT, by=by)
    assert not queries.participants_of(conference="CONF-2024", by=LI)
    with pytest.raises(AccessDenied):
        queries.participants_of(conference="CONF-2024", by=make_actor("coordinator"))


def test_a_letter_is_asked_for_issued_and_the_passport_goes_after_the_conference(conference):
    by, delegate = own(make_delegate(conference))
    letter = actions.ask_for_visa_letter(delegate=delegate, at=AT, by=by, **PASSPORT)
    assert letter.passport == "E1234567"
    with pytest.raises(WrongMoment):
        actions.ask_for_visa_letter(delegate=delegate, at=AT, by=by, **PASSPORT)
    with pytest.raises(AccessDenied):
        actions.decide_on_visa_letter(letter=letter, to=VisaLetterStatus.ISSUED, on=ON, by=by)
    actions.decide_on_visa_letter(letter=letter, to=VisaLetterStatus.ISSUED, on=ON, by=LI)
    assert actions.forget_passports(on=STARTS, by=NIGHTLY) == 0
    assert actions.forget_passports(on=conference.ends_before, by=NIGHTLY) == 1
    kept = VisaLetter.objects.get()
    assert (kept.status, kept.passport, kept.nationality, kept.born_on) == ("issued", "", "", None)
    assert actions.forget_passports(on=conference.ends_before, by=NIGHTLY) == 0


def test_a_refused_letter_says_why_and_forgets_the_passport_at_once(conference):
    by, delegate = own(make_delegate(conference))
    letter = actions.ask_for_visa_letter(delegate=delegate, at=AT, by=by, **PASSPORT)
    with pytest.raises(BadInput):
        actions.decide_on_visa_letter(letter=letter, to=VisaLetterStatus.REFUSED, on=ON, by=LI)
    actions.decide_on_visa_letter(letter=letter, to=VisaLetterStatus.REFUSED, on=ON, by=LI, reason="Nobody knows you.")
    kept = VisaLetter.objects.get()
    assert (kept.status, kept.passport, kept.changes.get().reason) == ("refused", "", "Nobody knows you.")


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"passport": "12"}, "passport"), ({"nationality": "XX"}, "nationality"), ({"born_on": date(2030, 1, 1)}, "born_on")],
    ids=["passport", "nationality", "born"],
)  # fmt: skip
def test_a_letter_is_asked_for_with_what_it_must_say(conference, wrong, column):
    by, delegate = own(make_delegate(conference))
    with pytest.raises(BadInput) as refused:
        actions.ask_for_visa_letter(delegate=delegate, at=AT, by=by, **(PASSPORT | wrong))
    assert [problem.column for problem in refused.value.problems] == [column]


def test_ninety_days_after_nothing_says_who_was_there_and_the_count_stays(conference):
    actions.ask_delegates(conference=conference, questions=[MEALS], by=LI)
    made = make_delegate(conference, answers={"meals": ["halal"]}, agrees_to_be_listed=True)
    over = conference.ends_before + timedelta(days=90)
    assert actions.forget_delegates(on=over - timedelta(days=1), at=AT, by=NIGHTLY) == 0
    assert actions.forget_delegates(on=over, at=AT, by=NIGHTLY) == 1
    kept = Delegate.objects.get()
    assert (kept.name, kept.latin_name, kept.email, kept.comes_from, kept.listed_at) == ("", "", "", "", None)
    assert not DelegateAnswer.objects.exists()
    assert queries.count_delegates(conference="CONF-2024", by=LI)["registered"] == 1
    with pytest.raises(NoSuchDelegate):
        own(made)


def test_a_delegate_takes_everything_away_at_once(conference):
    by, delegate = own(make_delegate(conference))
    actions.ask_for_visa_letter(delegate=delegate, at=AT, by=by, **PASSPORT)
    actions.forget_own(delegate=delegate, at=AT, by=by)
    assert Delegate.objects.get().email == ""
    assert VisaLetter.objects.get().passport == ""
    said = " ".join(Entry.objects.values_list("event", flat=True)) + " ".join(
        Entry.objects.values_list("by", flat=True)
    )
    assert "mei" not in said.lower()
