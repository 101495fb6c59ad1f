"""What a member signs outside of a cohort: that somebody trains or assesses, and what it thinks of something."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..lifecycle import ATTESTATION
from .credentials import Credential
from .entitlements import Entitlement
from .keys import SigningKey
from .lists import StatusList


class AttestationKind(models.TextChoices):
    TRAINER = "trainer", _("Trainer")
    ASSESSOR = "assessor", _("Assessor’s licence")
    ENDORSEMENT = "endorsement", _("Endorsement")


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def visible_to(self, by: Actor) -> Self:
        """Endorsements of what is taught and of members are for everybody; of a certificate and of a person, for who may see those."""
        if by.holds_everywhere(Permission.CREDENTIAL_VIEW):
            return self
        persons = by.ids_with(Permission.CREDENTIAL_VIEW, "person")
        seen = Credential.objects.visible_to(by).values("pk")
        about_nobody = Q(person__isnull=True, credential__isnull=True)
        return self.filter(about_nobody | Q(person__in=persons) | Q(credential__in=seen))


class Attestation(Living):
    """A signed document of one member about exactly one thing: a person, a certificate, what is taught, or another member."""

    LIFE = ATTESTATION

    reference = models.SlugField(max_length=20, unique=True)
    # 128 random bits; the address under which its subject shows it.
    token = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12, choices=AttestationKind)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # For what and where somebody trains or assesses; an endorsement needs none.
    entitlement = models.ForeignKey(Entitlement, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, null=True, on_delete=models.PROTECT, related_name="endorsements")
    version = models.ForeignKey(CurriculumVersion, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField()
    expires_before = models.DateField(null=True)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="+")
    status_index = models.PositiveIntegerField()
    signing_key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    # The signed document as text, byte for byte. Empty after the person it names was erased.
    document = models.TextField(blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credentials_attestation_index_once"),
            models.CheckConstraint(
                condition=Q(
                    kind="endorsement", person__isnull=True, credential__isnull=False, version__isnull=True, member__isnull=True
                )
                | Q(kind="endorsement", person__isnull=True, credential__isnull=True, version__isnull=False, member__isnull=True)
                | Q(kind="endorsement", person__isnull=True, credential__isnull=True, version__isnull=True, member__isnull=False)
                | Q(
                    kind__in=["trainer", "assessor"], person__isnull=False, credential__isnull=True, member__isnull=True,
                    version__isnull=False, entitlement__isnull=False,
                ),
                name="credentials_attestation_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=(Q(forgotten_at__isnull=True) & ~Q(document=""))
                | (Q(forgotten_at__isnull=False, document="") & ~Q(document_sha256="")),
                name="credentials_attestation_is_signed",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        own: frozenset[Scope] = frozenset({("member", self.issuer_id)})
        return own | {("person", self.person_id)} if self.person_id else own


class AttestationChange(Change):
    attestation = models.ForeignKey(Attestation, on_delete=models.PROTECT, related_name="changes")


class EndorsementText(models.Model):
    """What an endorsement says in one language, as its member wrote it. It was signed so, and never changes."""

    attestation = models.ForeignKey(Attestation, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        ordering = ["attestation", "language"]
        constraints = [
            models.UniqueConstraint(fields=["attestation", "language"], name="credentials_endorsementtext_once")
        ]
