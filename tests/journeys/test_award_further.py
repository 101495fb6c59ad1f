"""Certificates beside award and statement: each kind demands what its rule says, and is verified as what it is."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.award_further import award_further
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment.models import Decision
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.kinds import RULES
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotEntitled, NothingProved
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import CertificateName
from tests.factories.actors import make_actor
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, award, confirm_names, make_assessed_cohort
from tests.factories.training import make_session

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 2, 2, tzinfo=UTC)


@pytest.fixture
def cohort():
    return make_assessed_cohort(learners=2)


def order(cohort, kind, **more):
    given = {"issuer": Organisation.objects.get(reference="chongqing"), "by": NIGHTLY, **more}
    return award_further(cohort=cohort, kind=CredentialKind(kind), on=AWARDED_ON, at=SIGNED_AT, **given)


def verdict(credential):
    return queries.verify(raw=credential.document, at=LATER, by=NIGHTLY)


def test_every_kind_has_a_rule_and_no_two_are_the_same_outside():
    assert set(RULES) == set(CredentialKind)
    assert len({rule.is_a for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize(
    ("kind", "units", "said"),
    [
        ("unit", ["VI-1"], "Vehicle inspection: VI-1 Unit VI-1"),
        ("module", ["VI-2", "VI-1"], "Vehicle inspection: module VI-1+VI-2"),
    ],
)
def test_one_unit_or_a_module_for_who_is_competent_in_it(cohort, kind, units, said):
    second = cohort.enrolments.get(number=2)
    Decision.objects.filter(enrolment=second).update(result="not_yet_competent")
    (made,) = order(cohort, kind, units=units)
    found = verdict(made)
    assert (found.word, found.said.name, found.said.kind) == (Word.VALID, said, RULES[CredentialKind(kind)].is_a.value)
    assert [unit.name.split()[0] for unit in found.said.units] == sorted(units)
    with pytest.raises(NothingProved):
        order(cohort, kind, units=units)
    # Another part is another certificate, and the award comes all the same.
    assert kind == "module" or order(cohort, kind, units=["VI-2"])
    assert award(cohort).awards == 1


def test_attendance_says_the_hours_of_locked_registers_and_no_unit(cohort):
    first, second = cohort.enrolments.order_by("number")
    for day, minutes in ((date(2023, 3, 2), 240), (date(2023, 3, 3), 200)):
        marks = {first.number: "present", second.number: "absent"}
        make_session(cohort, number=minutes, on=day, minutes=minutes, marks=marks, status="locked")
    make_session(cohort, number=3, on=date(2023, 3, 4), status="held")
    (made,) = order(cohort, "attendance")
    found = verdict(made)
    assert made.enrolment == first and found.word == Word.VALID and found.said.units == ()
    assert found.said.measured == (("Hours attended, by the registers", "7"),)
    assert "no qualification" in found.said.description


def test_attendance_waits_for_no_decision(cohort):
    first = cohort.enrolments.first()
    make_session(cohort, on=date(2023, 3, 2), minutes=240, marks={2: "absent"}, status="locked")
    Decision.objects.filter(enrolment=first).update(status="assessed")
    with pytest.raises(BadInput):
        order(cohort, "unit", units=["VI-1"])
    assert len(order(cohort, "attendance")) == 1


def test_a_teacher_in_training_is_a_teacher_with_all_required_units(cohort):
    with pytest.raises(NothingProved):
        order(cohort, "teacher")
    cohort.enrolments.filter(number=1).update(participant_kind="teacher")
    (made,) = order(cohort, "teacher")
    assert verdict(made).word == Word.VALID and verdict(made).said.kind == "ext:TeacherInTraining"


@pytest.mark.parametrize(
    ("kind", "units"),
    [("award", []), ("unit", []), ("unit", ["VI-1", "VI-2"]), ("module", ["VI-1"]), ("unit", ["XX-9"])],
)
def test_what_the_kind_does_not_speak_of_is_refused(cohort, kind, units):
    with pytest.raises(BadInput):
        order(cohort, kind, units=units)
    assert not Credential.objects.exists()


def test_it_takes_a_right_an_entitlement_and_confirmed_names(cohort):
    with pytest.raises(AccessDenied):
        order(cohort, "unit", units=["VI-1"], by=make_actor("trainer", ("cohort", cohort.pk)))
    with pytest.raises(NotEntitled):
        order(cohort, "unit", units=["VI-1"], issuer=Organisation.objects.get(reference="vientiane"))
    CertificateName.objects.filter(person=cohort.enrolments.first().person).delete()
    with pytest.raises(BadInput):
        order(cohort, "unit", units=["VI-1"])
    assert len(order(cohort, "unit", units=["VI-1"], only_ready=True)) == 1
    confirm_names(cohort)
    assert len(order(cohort, "unit", units=["VI-1"])) == 1
