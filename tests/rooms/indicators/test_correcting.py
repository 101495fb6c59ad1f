"""Late and merged records: recounting says what differs, and a correction is a new version with a reason."""

from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY, VISITOR, Role
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.indicators.actions import correct_figure, freeze_figure, sign_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.indicators.models import Figure
from corridor.rooms.indicators.queries import recount_figure, show_figure, show_kept, versions_of
from corridor.rooms.indicators.refusals import AlreadyCorrected, NothingToCorrect
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import EnrolmentChange
from tests.factories.actors import make_actor
from tests.factories.figures import (
    AT,
    FREEZE_DAY,
    REPORT_DAY,
    complete,
    make_cohort_at,
    make_learners,
    make_place,
    make_signer,
)
from tests.factories.members import make_alliance

pytestmark = pytest.mark.django_db
AUDITOR, SECRETARIAT = make_actor(Role.AUDITOR), make_actor(Role.SECRETARIAT)
CODE = "training.persons_completed"


@pytest.fixture
def persons() -> list[Person]:
    make_alliance()
    make_place("wks-vientiane", "LA")
    persons = make_learners(20, prefix="p")
    complete(make_cohort_at("wks-vientiane", "COH-A"), persons)
    return persons


@pytest.fixture
def figure(persons) -> Figure:
    return freeze_figure(question=ask(CODE, on=REPORT_DAY, at=AT), on=FREEZE_DAY, at=AT, by=NIGHTLY)


def merge(gone: Person, stays: Person) -> None:
    Person.objects.filter(pk=gone.pk).update(merged_into=stays, merged_at=AT)


def correct(figure: Figure, reason: str = "One person under two romanisations.", by=SECRETARIAT) -> Figure:
    return correct_figure(figure=figure, reason=reason, on=FREEZE_DAY, at=AT, by=by)


def recount(figure: Figure, by=AUDITOR):
    return recount_figure(reference=figure.reference, at=AT, by=by)


def test_unchanged_records_give_the_same(figure):
    again = recount(figure)
    assert again.is_same
    assert again.is_intact
    assert again.differences.is_same


def test_after_a_merge_recounting_lists_who_was_merged(figure, persons):
    merge(persons[3], persons[4])
    again = recount(figure)
    assert not again.is_same
    assert again.differences.merged == ((str(persons[3].pk), str(persons[4].pk)),)
    assert (again.differences.added, again.differences.removed, again.differences.changed) == ((), (), ())
    assert (again.then.value, again.now.value) == (20, 19)
    assert again.is_intact


def test_late_removed_and_changed_records_are_listed(figure, persons):
    [late] = complete(make_cohort_at("wks-vientiane", "COH-B"), make_learners(1, prefix="late"))
    gone = EnrolmentChange.objects.filter(enrolment__person=persons[0], to_status="completed").get()
    gone.effective_on = date(2024, 1, 31)
    gone.save()
    Person.objects.filter(pk=persons[1].pk).update(sex="male")
    changed = EnrolmentChange.objects.filter(enrolment__person=persons[1], to_status="completed").get()
    found = recount(figure).differences
    assert found.added == (("enrolment", str(late.pk)),)
    assert found.removed == (("enrolment", str(gone.enrolment_id)),)
    assert found.changed == (("enrolment", str(changed.enrolment_id)),)


def test_a_visitor_is_told_that_it_differs_but_not_who(figure, persons):
    merge(persons[3], persons[4])
    again = recount(figure, by=VISITOR)
    assert not again.is_same
    assert again.differences is None
    assert again.counts == dict.fromkeys(("added", "removed", "changed", "merged"), "·")


def test_a_correction_is_a_new_version_and_the_old_one_stays_readable(figure, persons):
    for name in ("mei", "khamla"):
        sign_figure(figure=figure, on=FREEZE_DAY, at=AT, by=make_signer(name))
    merge(persons[3], persons[4])
    second = correct(figure)
    assert (second.value, second.version, second.status) == (19, 2, "frozen")
    old = show_kept(reference=figure.reference, at=AT, by=AUDITOR)
    assert (old.value, old.state, old.figure.corrected_by) == (20, "signed_off", second.reference)
    now = show_figure(code=CODE, on=REPORT_DAY, at=AT, by=AUDITOR)
    assert (now.value, now.figure.corrects) == (19, figure.reference)
    assert now.figure.correction_reason == "One person under two romanisations."
    assert [each.version for each, _answer in versions_of(answered=now, by=AUDITOR)] == [2, 1]


def test_nothing_is_corrected_while_the_records_say_the_same(figure):
    with pytest.raises(NothingToCorrect):
        correct(figure)


def test_a_correction_says_why(figure, persons):
    merge(persons[3], persons[4])
    with pytest.raises(BadInput):
        correct(figure, reason=" ")


def test_only_the_latest_version_is_corrected(figure, persons):
    merge(persons[3], persons[4])
    second = correct(figure)
    merge(persons[5], persons[6])
    with pytest.raises(AlreadyCorrected, match=second.reference):
        correct(figure)
    assert correct(second).version == 3


def test_only_who_may_correct_does(figure, persons):
    merge(persons[3], persons[4])
    for by in (AUDITOR, VISITOR, make_actor(Role.COUNCIL)):
        with pytest.raises(AccessDenied):
            correct(figure, by=by)
