"""A learner does not accept a decision, and others than those who judged look at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.people.models import Person

from ..lifecycle import APPEAL
from .decisions import Decision


class Appeal(Living):
    """Against one final decision, once. ``answer_by`` is the day by which the panel rules."""

    LIFE = APPEAL

    reference = models.SlugField(max_length=30, unique=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    lodged_on = models.DateField()
    answer_by = models.DateField()
    grounds = models.TextField(blank=True)
    ruling = models.TextField(blank=True)

    class Meta:
        ordering = ["-lodged_on", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__gte=models.F("lodged_on")), name="assessment_appeal_is_answered_after"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return self.decision.scopes()


class AppealChange(Change):
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="changes")


class PanelSeat(models.TextChoices):
    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member of the panel")


class Panelist(models.Model):
    """Somebody on the panel of an appeal: neither judged the learner, nor taught them, nor is close to them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=PanelSeat)

    class Meta:
        ordering = ["seat", "person__reference"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "person"], name="assessment_panelist_once"),
            models.UniqueConstraint(
                fields=["appeal"], condition=Q(seat=PanelSeat.CHAIR), name="assessment_panel_one_chair"
            ),
        ]
