"""What an assessor saw criterion by criterion, the marks of written tests, and who signed."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Enrolment

from .decisions import Decision
from .schemes import Instrument, SchemeCriterion


class Found(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")


class Finding(models.Model):
    """One criterion of one attempt. What was met at an earlier attempt under the same scheme is not looked at again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(SchemeCriterion, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=10, choices=Found)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "criterion"], name="assessment_finding_once")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.criterion_id}"


class SignerRole(models.TextChoices):
    ASSESSOR = "assessor", _("Assessor")
    LEARNER = "learner", _("Learner")
    WITNESS = "witness", _("Witness of the company")


class Stance(models.TextChoices):
    AGREES = "agrees", _("Agrees")
    CONTESTS = "contests", _("Has seen it and does not agree")


class SignOff(models.Model):
    """
    Somebody signed a decision as it stood (``decision_version``), with their name, on the assessor's device. A decision that is changed
    is signed anew.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signoffs")
    decision_version = models.PositiveIntegerField()
    role = models.CharField(max_length=10, choices=SignerRole)
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.AGREES)
    name = models.CharField(max_length=150, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "decision_version", "role"], name="assessment_signoff_once"),
            models.CheckConstraint(
                condition=Q(role=SignerRole.WITNESS, organisation__isnull=False)
                | (~Q(role=SignerRole.WITNESS) & Q(organisation__isnull=True)),
                name="assessment_signoff_witness_has_a_company",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.role}"


class WrittenMark(models.Model):
    """The mark of a written test that was taken elsewhere. Each sitting has its own; the best one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField()
    mark = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        ordering = ["enrolment__number", "instrument__position", "taken_on"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "instrument", "taken_on"], name="assessment_mark_once_a_day"),
            models.CheckConstraint(condition=Q(mark__gte=Decimal(0)), name="assessment_mark_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.instrument} {self.taken_on}"
