"""What a learner holds: the signed credential, its life, and the decisions behind it."""

from typing import Self

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.assessment.models import Decision
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort, Enrolment

from ..lifecycle import CREDENTIAL
from .entitlements import CredentialKind, Entitlement
from .keys import SigningKey
from .layouts import CertificateLayout
from .lists import StatusList


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.CREDENTIAL_VIEW):
            return self
        return self.filter(
            Q(enrolment__person__in=by.ids_with(Permission.CREDENTIAL_VIEW, "person"))
            | Q(cohort__site__in=by.ids_with(Permission.CREDENTIAL_VIEW, "site"))
        )


class Credential(Living):
    """
    What a learner holds: an award or a statement of the competent units, one per learner and cohort, and beside it others of other kinds.
    """

    LIFE = CREDENTIAL

    reference = models.SlugField(max_length=20, unique=True)
    # 128 random bits; the address of its page. Never the reference.
    token = models.CharField(max_length=32, unique=True)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=CredentialKind)
    # Of one unit or of several, their codes as they were asked for; empty for what speaks of the whole.
    part = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    expires_before = models.DateField(null=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    signing_key = models.ForeignKey(SigningKey, null=True, on_delete=models.PROTECT, related_name="+")
    # The signed credential as text, byte for byte. Empty while it is being prepared, and after its holder was erased.
    document = models.TextField(blank=True)
    # What several members are signing, as its issuer signed it; empty before the issuer and after the last of them.
    prepared = models.TextField(blank=True)
    # What its paper shows, signed for the code on it (ADR 0030), in base 41; empty for what was issued before there were such codes.
    signed_words = models.TextField(blank=True)
    layout = models.ForeignKey(CertificateLayout, null=True, on_delete=models.PROTECT, related_name="+")
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
                fields=["enrolment"],
                condition=~Q(status="replaced") & Q(kind__in=["award", "statement"]),
                name="credentials_credential_one_per_learner",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "kind", "part"],
                condition=~Q(status="replaced"),
                name="credentials_credential_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (~Q(document="") & Q(signing_key__isnull=False))
                | (Q(forgotten_at__isnull=False) & ~Q(document_sha256="")),
                name="credentials_credential_issued_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True, document_sha256="")
                | Q(forgotten_at__isnull=False, document="", signed_words=""),
                name="credentials_credential_forgotten_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

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
