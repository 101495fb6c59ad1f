"""What a person has agreed to, for each purpose; and why a fact about a person is collected at all."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .persons import Person


class PurposeBasis(models.TextChoices):
    """Why personal data may be used at all; the words of most laws on it."""

    CONSENT = "consent", _("The person agrees")
    CONTRACT = "contract", _("A contract with the person needs it")
    LEGAL_DUTY = "legal_duty", _("A law demands it")
    PUBLIC_TASK = "public_task", _("A public task needs it")
    INTEREST = "interest", _("A legitimate interest, weighed against the person's")


class Need(models.TextChoices):
    OPTIONAL = "optional", _("Free to say no")
    REQUIRED = "required", _("Without it, taking part is not possible")


class Purpose(models.Model):
    """What personal data are used for. Its sentence stands in PurposeText, in dated versions and every language it was shown in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    legal_basis = models.CharField(max_length=20, choices=PurposeBasis)
    need = models.CharField(max_length=10, choices=Need, default=Need.OPTIONAL)
    # From this day on nobody is asked for it any more; what was given stays on record.
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class PurposeText(models.Model):
    """The sentence that is shown, in one language and version. A text that somebody agreed to never changes; a new one is a version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=2_000)
    from_day = models.DateField()

    class Meta:
        ordering = ["purpose", "version", "language"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version", "language"], name="people_purposetext_once"),
            models.CheckConstraint(condition=Q(version__gt=0), name="people_purposetext_counts_from_one"),
        ]


class Taking(models.TextChoices):
    SELF = "self", _("By the person, here")
    PAPER = "paper", _("On paper")


class Consent(models.Model):
    """A receipt: this person agreed to this text then, and took it back then. Whether it holds on a day is computed from that."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    # The version and language that was shown.
    text = models.ForeignKey(PurposeText, on_delete=models.PROTECT, related_name="+")
    taking = models.CharField(max_length=10, choices=Taking)
    given_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["purpose", "given_at"]
        indexes = [models.Index(fields=["purpose", "person"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="people_consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="people_consent_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference}: {self.purpose.code}"

    def holds_at(self, at: datetime) -> bool:
        return self.given_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)
