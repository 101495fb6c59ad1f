"""A step that one party asks for and the others confirm; until they do, it can be taken back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from ..lifecycle import MOTION
from .agreements import Agreement


class AgreementMotion(Living):
    """
    What one side asks for. Rejecting and withdrawing hold at once, and become final when another party confirms them; everything else
    happens when all other parties have confirmed it.
    """

    LIFE = MOTION

    class Kind(models.TextChoices):
        REJECT = "reject", _("Reject the proposal")
        WITHDRAW = "withdraw", _("Withdraw the proposal")
        SUSPEND = "suspend", _("Suspend the agreement")
        RESUME = "resume", _("Resume the agreement")
        TERMINATE = "terminate", _("End the agreement early")
        LAPSE = "lapse", _("Let it end on its last day")
        SUPERSEDE = "supersede", _("Replace it by another agreement")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=10, choices=Kind)
    # The party that asks; none where the secretariat does.
    party = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    takes_effect_on = models.DateField()
    asked_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
    successor = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agreement", "asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(status="asked"), name="agreements_motion_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="agreements_motion_says_why"),
            models.CheckConstraint(
                condition=Q(kind="supersede", successor__isnull=False)
                | (~Q(kind="supersede") & Q(successor__isnull=True)),
                name="agreements_motion_replaced_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} / {self.kind}"


class AgreementMotionChange(Change):
    motion = models.ForeignKey(AgreementMotion, on_delete=models.PROTECT, related_name="changes")


class MotionAnswer(models.Model):
    """What another party says to it, once."""

    class Answer(models.TextChoices):
        CONFIRMS = "confirms", _("Confirms it")
        OBJECTS = "objects", _("Does not agree")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    motion = models.ForeignKey(AgreementMotion, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_on = models.DateField()
    answered_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["motion", "answered_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "organisation"], name="agreements_motion_answered_once")
        ]
