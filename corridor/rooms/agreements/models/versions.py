"""What was before the parties of an agreement, each time that it was put there; never written over."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .agreements import Agreement


class AgreementVersion(models.Model):
    """One content of an agreement: its canonical form as bytes written as text, their hash, who put it, and why."""

    class Origin(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        COUNTERED = "countered", _("Proposed in answer")
        AMENDED = "amended", _("Amended")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin)
    canonical = models.TextField()
    hash = models.CharField(max_length=64)
    # The day from which it is what the agreement says.
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    put_by = models.CharField(max_length=150)
    # The party that put it; none where the secretariat did.
    party = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    amendment = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_version_once"),
            models.CheckConstraint(condition=~Q(hash="") & ~Q(canonical=""), name="agreements_version_has_its_bytes"),
            models.CheckConstraint(
                condition=Q(origin="amended", amendment__isnull=False)
                | (~Q(origin="amended") & Q(amendment__isnull=True)),
                name="agreements_version_amended_by_something",
            ),
            models.CheckConstraint(
                condition=Q(amendment__isnull=True) | ~Q(amendment=F("agreement")),
                name="agreements_version_not_amended_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference} / {self.number}"
