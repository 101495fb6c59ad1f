"""What has been kept as long as its rule says is shown first and goes on order; held and counted records stay."""

from datetime import UTC, date, datetime

import pytest

from corridor.journeys.keep_no_longer import apply_retention, preview_retention
from corridor.kernel.errors import AccessDenied
from corridor.kernel.periods import Period
from corridor.rooms.assessment.models import Decision
from corridor.rooms.indicators.actions.freezing import freeze_figure
from corridor.rooms.indicators.asking import ask
from corridor.rooms.people.actions.holds import place_hold
from corridor.rooms.people.actions.retention import set_rule
from corridor.rooms.people.models import Person, RecordKind
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.credentials import make_credential

pytestmark = pytest.mark.django_db
ON, AT = date(2030, 1, 1), datetime(2030, 1, 1, 3, tzinfo=UTC)


def rule(kind, months=24):
    return set_rule(kind=kind, months=months, reason="Two years", on=date(2023, 1, 1), by=NIGHTLY)


@pytest.fixture
def person():
    person = make_credential().enrolment.person
    person.born_on = date(1999, 4, 5)
    person.save()
    return person


def due(kind):
    return next(each for each in preview_retention(on=ON, by=NIGHTLY) if each.rule.kind == kind)


def test_the_preview_lists_and_changes_nothing(person):
    rule(RecordKind.PERSON)
    assert person.reference in [each.reference for each in due("person").due]
    person.refresh_from_db()
    assert person.erased_at is None


def test_on_order_the_person_is_erased(person):
    rule(RecordKind.PERSON)
    assert apply_retention(on=ON, at=AT, by=NIGHTLY).by_kind["person"] >= 1
    person.refresh_from_db()
    assert person.erased_at == AT


def test_before_its_time_nothing_goes(person):
    rule(RecordKind.PERSON, months=120)
    assert due("person").due == ()


def test_whoever_stands_behind_a_kept_figure_stays(person):
    question = ask("credentials.issued", period=Period(date(2023, 1, 1), date(2024, 1, 1)), at=AT)
    freeze_figure(question=question, on=ON, at=AT, by=NIGHTLY)
    rule(RecordKind.BIRTH_DAY)
    assert due("birth_day").due == ()
    assert due("birth_day").counted == 1


def test_a_reason_of_law_keeps_it(person):
    place_hold(person=person, reason="Court case", on=date(2024, 1, 1), by=NIGHTLY)
    rule(RecordKind.PERSON)
    assert person.reference not in [each.reference for each in due("person").due]
    assert due("person").held == 1


def test_a_day_of_birth_and_a_note_go_alone(person):
    Decision.objects.update(evidence_note="Well done")
    rule(RecordKind.BIRTH_DAY)
    rule(RecordKind.EVIDENCE_NOTE)
    apply_retention(on=ON, at=AT, by=NIGHTLY)
    assert Person.objects.get(pk=person.pk).born_on is None
    assert not Decision.objects.exclude(evidence_note="").exists()


def test_nobody_but_the_secretariat_sets_the_time():
    with pytest.raises(AccessDenied):
        set_rule(kind=RecordKind.PERSON, months=1, reason="Now", on=ON, by=make_actor("auditor"))
