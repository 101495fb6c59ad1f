"""What somebody could do before: claimed, shown, talked about, and decided by the rules of every decision."""

from datetime import UTC, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import (
    add_evidence,
    claim_prior_learning,
    decline_prior_learning,
    interview,
    recognise_prior_learning,
    withdraw_prior_learning,
)
from corridor.rooms.assessment.models import Decision
from corridor.rooms.assessment.refusals import AssessorIsTrainer, ClaimedAlready, ContradictsChecklist, EvidenceMissing
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON as DAY
from tests.factories.assessment import Room, all_met, make_scheme
from tests.factories.site_years import picture
from tests.rooms.assessment.test_evidence import draft_for

pytestmark = pytest.mark.django_db
AT = datetime(2023, 6, 20, 4, tzinfo=UTC)


class Claimed(Room):
    def __init__(self) -> None:
        super().__init__()
        self.claim = self.ask()

    def ask(self, *, by=None, claim="Three years in a garage."):
        return claim_prior_learning(enrolment=self.seat(), unit=self.unit, claim=claim, on=DAY, by=by or self.learner())

    def shown(self):
        photo = picture()
        add_evidence(draft=draft_for(self, photo, "garage.jpg"), content=photo, at=AT, by=self.learner())

    def talked(self, **other):
        usual = {"claim": self.claim, "interviewer": self.assessor, "note": "Knows the pads.", "on": DAY, "by": self.by}
        self.claim = interview(**usual | other)

    def recognise(self, **other):
        return recognise_prior_learning(**{"claim": self.claim, "note": "As shown.", "on": DAY, "by": self.by} | other)


def test_with_evidence_and_an_interview_it_becomes_a_decision():
    room = Claimed()
    room.shown()
    room.talked()
    claim = room.recognise()
    decision = Decision.objects.get()
    assert (claim.status, claim.decision) == ("recognised", decision)
    assert (decision.way, decision.result, decision.assessor) == ("prior_learning", "competent", room.assessor)


def test_words_alone_show_nothing_and_the_interview_comes_first():
    room = Claimed()
    with pytest.raises(EvidenceMissing):
        room.recognise()
    room.shown()
    with pytest.raises(WrongMoment):
        room.recognise()
    with pytest.raises(BadInput):
        room.talked(note=" ")


def test_the_checklist_of_the_unit_binds_here_too():
    room = Claimed()
    scheme = make_scheme(room.unit)
    room.shown()
    room.talked()
    with pytest.raises(ContradictsChecklist):
        room.recognise(findings=all_met(scheme, c11="not_met"))
    assert room.recognise(findings=all_met(scheme)).decision.findings.count() == 3


def test_a_trainer_of_the_learner_does_not_interview():
    room = Claimed()
    CohortTrainer.objects.create(cohort=room.cohort, person=room.assessor)
    with pytest.raises(AssessorIsTrainer):
        room.talked()


def test_a_unit_is_claimed_once_at_a_time_and_not_after_it_is_decided():
    room = Claimed()
    with pytest.raises(ClaimedAlready):
        room.ask()
    withdraw_prior_learning(claim=room.claim, on=DAY, by=room.learner())
    room.claim = room.ask()
    decline_prior_learning(claim=room.claim, reason="Not shown.", on=DAY, by=room.by)
    room.record()
    with pytest.raises(ClaimedAlready):
        room.ask()


def test_others_neither_claim_for_a_learner_nor_see_the_claim():
    room = Claimed()
    with pytest.raises(AccessDenied):
        room.ask(by=room.learner(2))
    with pytest.raises(BadInput):
        room.ask(claim=" ")
    assert list(queries.list_prior_claims(by=room.learner(2))) == []
    for reader in (
        room.learner(),
        room.by,
        make_actor("auditor"),
        make_actor("site_manager", ("site", room.cohort.site_id)),
    ):
        assert list(queries.list_prior_claims(by=reader)) == [room.claim]


def test_a_claim_is_declined_with_a_reason():
    room = Claimed()
    with pytest.raises(BadInput):
        decline_prior_learning(claim=room.claim, reason="", on=DAY, by=room.by)
    claim = decline_prior_learning(claim=room.claim, reason="Not shown.", on=DAY, by=room.by)
    assert (claim.status, claim.changes.last().reason) == ("declined", "Not shown.")
