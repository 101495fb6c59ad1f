"""Who may issue what where, what a credential counts as in each country, keys and their history, and the signed credentials."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.assessment.models import Decision
from corridor.rooms.members.models import Organisation
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort, Enrolment

from .lifecycle import CREDENTIAL


class Entitlement(models.Model):
    """A member may issue for a programme at a site, from a day until a day. Checked when awarding, named when verifying."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "site", "programme", "starts_on"], name="credentials_entitlement_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="credentials_entitlement_ends_after_it_starts",
            ),
        ]

    def covers(self, day: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(day)


class CredentialKind(models.TextChoices):
    AWARD = "award", _("Award")
    STATEMENT = "statement", _("Statement of units")


class RecognitionKind(models.TextChoices):
    """How far a credential counts in a country. A reference framework is not recognition."""

    ATTENDANCE = "attendance", _("Proof of attendance")
    INSTITUTION = "institution", _("Certificate of an institution")
    NATIONAL = "national", _("National qualification")
    REFERENCED = "referenced", _("Referenced to the national framework")
    BILATERAL = "bilateral", _("Recognised by an agreement between countries")


class RecognitionStatement(models.Model):
    """What a programme's credential of one kind counts as in one country, who decided, by which document, for which days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    credential_kind = models.CharField(max_length=10, choices=CredentialKind)
    country = models.CharField(max_length=2)
    recognition = models.CharField(max_length=12, choices=RecognitionKind)
    level = models.CharField(max_length=80, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "credential_kind", "country", "starts_on"], name="credentials_recognition_once"
            ),
            models.CheckConstraint(
                condition=Q(recognition__in=["attendance", "institution"])
                | (Q(document__isnull=False) & ~Q(authority="")),
                name="credentials_recognition_beyond_the_house_has_a_document",
            ),
        ]


class SigningKey(models.Model):
    """A member's key pair for a period. The public half stays published for ever; the private half is encrypted at rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The part after # in the verification method, e.g. key-2023.
    fragment = models.SlugField(max_length=40)
    public_multibase = models.CharField(max_length=80)
    sealed_private = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_before = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fragment"], name="credentials_key_fragment_once"),
            models.UniqueConstraint(fields=["public_multibase"], name="credentials_key_public_once"),
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True) | Q(valid_before__gt=F("valid_from")),
                name="credentials_key_ends_after_it_begins",
            ),
        ]


class StatusList(models.Model):
    """One member's bit string of at least 131,072 entries, signed again on every change, with its companion document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    length = models.PositiveIntegerField(default=131_072)
    bits = models.BinaryField()
    # The signed documents as text, byte for byte as they are served.
    signed_list = models.TextField(blank=True)
    signed_companion = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="credentials_statuslist_once"),
            models.CheckConstraint(condition=Q(length__gte=131_072), name="credentials_statuslist_is_long_enough"),
        ]


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.CREDENTIAL_VIEW):
            return self
        return self.filter(
            Q(enrolment__person__in=by.ids_with(Permission.CREDENTIAL_VIEW, "person"))
            | Q(cohort__site__in=by.ids_with(Permission.CREDENTIAL_VIEW, "site"))
        )


class Credential(Living):
    """What a learner holds: one per learner and cohort, an award or a statement of the competent units."""

    LIFE = CREDENTIAL

    reference = models.SlugField(max_length=20, unique=True)
    # 128 random bits; the address of its page. Never the reference.
    token = models.CharField(max_length=32, unique=True)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CredentialKind)
    issued_on = models.DateField()
    expires_before = models.DateField(null=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    signing_key = models.ForeignKey(SigningKey, null=True, on_delete=models.PROTECT, related_name="+")
    # The signed credential as text, byte for byte. Empty while it is being prepared, and after its holder was erased.
    document = models.TextField(blank=True)
    # What is kept of a signed text whose holder was erased: its fingerprint (SHA-256, hexadecimal), and since when (ADR 0013).
    document_sha256 = models.CharField(max_length=64, blank=True)
    forgotten_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    objects = CredentialQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [models.Index(fields=["cohort", "status"]), models.Index(fields=["issued_on"])]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credentials_credential_index_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=~Q(status="replaced"), name="credentials_credential_one_per_learner"
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (~Q(document="") & Q(signing_key__isnull=False))
                | (Q(forgotten_at__isnull=False) & ~Q(document_sha256="")),
                name="credentials_credential_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True, document_sha256="") | Q(forgotten_at__isnull=False, document=""),
                name="credentials_credential_forgotten_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_expired(self, *, on: date) -> bool:
        return self.expires_before is not None and on >= self.expires_before

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class CredentialChange(Change):
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="changes")


class CredentialUnit(models.Model):
    """The final decision behind one unit of a credential."""

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="units")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "decision"], name="credentials_unit_once")]
