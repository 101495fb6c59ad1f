"""Which steps a kind of programme needs before it may run, and what was found at each."""

from django.db import models
from django.db.models import Q

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from ..kinds import ApprovalStep, ProgrammeKind, StepOutcome
from .programmes import Programme


class NeededStep(models.Model):
    """A step that programmes of a kind need, and its place in the order; a kind without rows needs none."""

    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    step = models.CharField(max_length=12, choices=ApprovalStep)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "step"], name="programmes_needed_step_once"),
            models.UniqueConstraint(fields=["kind", "position"], name="programmes_needed_step_in_order"),
        ]


class StepFinding(models.Model):
    """What was found at a step on a day, by whom, and how it ended. A returned step is looked at again; nothing is written over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="findings")
    step = models.CharField(max_length=12, choices=ApprovalStep)
    found_on = models.DateField()
    # The office or the board that looked at it; never a private name.
    found_by = models.CharField(max_length=150)
    outcome = models.CharField(max_length=8, choices=StepOutcome)
    finding = models.CharField(max_length=500)
    reason = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "found_on", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "step", "found_on"], name="programmes_step_once_a_day"),
            models.CheckConstraint(condition=~Q(finding=""), name="programmes_step_says_what_was_found"),
            models.CheckConstraint(
                condition=~Q(outcome=StepOutcome.RETURNED, reason=""), name="programmes_step_is_returned_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.step} {self.found_on}"
