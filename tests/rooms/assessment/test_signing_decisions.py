"""Assessor, learner and a witness of the company sign a decision as it stands, on one device."""

from datetime import UTC, datetime

import pytest

from corridor.kernel.errors import BadInput
from corridor.rooms.assessment.actions import change_decision, finalise_decisions, sign_decision
from corridor.rooms.assessment.models import SignerRole, Signing, Stance
from corridor.rooms.assessment.refusals import DecisionIsFinal, NotAppointed, NotSigned, SignedAlready
from tests.factories.assessment import DECIDED_ON, Room, all_met, make_scheme
from tests.factories.members import make_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2023, 6, 20, 4, tzinfo=UTC)


class Yard(Room):
    """A unit that all three sign, decided."""

    def __init__(self) -> None:
        super().__init__()
        self.scheme = make_scheme(self.unit, signing=Signing.WITNESS)
        self.decision = self.record(findings=all_met(self.scheme))
        self.company = make_organisation("mekong-fleet", kind="company")

    def sign(self, role: str, *, by=None, **other):
        firm = self.company if role == "witness" else None
        usual = {"decision": self.decision, "role": SignerRole(role), "name": "Somphone", "organisation": firm}
        return sign_decision(**usual | other, at=AT, by=by or self.by)

    def finalise(self):
        return finalise_decisions(decisions=[(self.decision, DECIDED_ON)], by=self.by)


def test_it_is_final_when_all_three_have_signed():
    yard = Yard()
    for role, word in (("assessor", "Assessor"), ("learner", "Learner"), ("witness", "Witness")):
        with pytest.raises(NotSigned) as refused:
            yard.finalise()
        assert word in str(refused.value)
        yard.sign(role)
    assert yard.finalise() == 1
    with pytest.raises(DecisionIsFinal):
        yard.sign("learner")


def test_a_changed_decision_is_signed_anew():
    yard = Yard()
    for role in ("assessor", "learner", "witness"):
        yard.sign(role)
    with pytest.raises(SignedAlready):
        yard.sign("learner")
    change_decision(
        decision=yard.decision,
        result="competent",
        evidence_note="Seen twice.",
        decided_on=DECIDED_ON,
        version=1,
        by=yard.by,
    )
    with pytest.raises(NotSigned):
        yard.finalise()
    assert yard.sign("learner").decision_version == 2


def test_a_learner_may_sign_that_they_do_not_agree():
    yard = Yard()
    assert yard.sign("learner", stance=Stance.CONTESTS).stance == "contests"


@pytest.mark.parametrize(
    ("role", "other", "column"),
    [
        ("learner", {"name": " "}, "name"),
        ("witness", {"organisation": None}, "organisation"),
        ("assessor", {"stance": Stance.CONTESTS}, "stance"),
    ],
    ids=["no-name", "no-company", "assessor-contests"],
)
def test_what_is_no_signature_is_refused(role, other, column):
    with pytest.raises(BadInput) as refused:
        Yard().sign(role, **other)
    assert [problem.column for problem in refused.value.problems] == [column]


def test_only_on_the_device_of_its_own_assessor():
    yard = Yard()
    _, other = yard.second()
    with pytest.raises(NotAppointed):
        yard.sign("assessor", by=other)
