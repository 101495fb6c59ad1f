"""What somebody could do before they came: claimed, looked at in an interview, and decided upon."""

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Enrolment

from ..lifecycle import PRIOR_CLAIM, PriorStatus
from .decisions import Decision

OPEN = (PriorStatus.ASKED, PriorStatus.INTERVIEWED)


class PriorClaim(Living):
    """A learner claims to be competent in a unit already. Evidence is added to the learner's unit; recognised, it is a decision."""

    LIFE = PRIOR_CLAIM

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    claimed_on = models.DateField()
    claim = models.TextField(blank=True)
    interviewer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    interviewed_on = models.DateField(null=True)
    interview_note = models.TextField(blank=True)
    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="prior_claim")

    class Meta:
        ordering = ["-claimed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit"], condition=Q(status__in=OPEN), name="assessment_priorclaim_one_open"
            ),
            models.CheckConstraint(
                condition=Q(interviewed_on__isnull=True) | Q(interviewer__isnull=False),
                name="assessment_priorclaim_interviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=PriorStatus.RECOGNISED) | Q(decision__isnull=False),
                name="assessment_priorclaim_recognised_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit.code}"

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class PriorClaimChange(Change):
    claim = models.ForeignKey(PriorClaim, on_delete=models.PROTECT, related_name="changes")
