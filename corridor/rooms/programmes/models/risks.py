"""The log of a programme: what may go wrong, whose it is, and what was decided."""

from datetime import date

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from ..kinds import RiskLevel
from ..lifecycle import RISK, RiskStatus
from .programmes import Programme


class ProgrammeRisk(Living):
    """What may go wrong, how likely it is and how much it would do, whose it is and by when something is done."""

    LIFE = RISK

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="risks")
    # Counted within its programme, and said together with its reference.
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    likelihood = models.CharField(max_length=6, choices=RiskLevel)
    effect = models.CharField(max_length=6, choices=RiskLevel)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    noticed_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programmes_risk_number_once"),
            models.CheckConstraint(condition=~Q(what=""), name="programmes_risk_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.reference}.{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.programme.scopes()

    def is_late_on(self, day: date) -> bool:
        """Something was to be done by a day that has passed, and it is not closed."""
        return self.due_on < day and self.status_on(day) != RiskStatus.CLOSED


class RiskChange(Change):
    risk = models.ForeignKey(ProgrammeRisk, on_delete=models.PROTECT, related_name="changes")


class ProgrammeDecision(models.Model):
    """What was decided about a programme, by whom and on which day; a later one takes it back, nothing is written over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    # The office or the board that decided; never a private name.
    decided_by = models.CharField(max_length=150)
    what = models.CharField(max_length=500)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "decided_on", "recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="programmes_decision_says_what")]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.decided_on}"
