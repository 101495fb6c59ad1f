"""Who signs for a party, each signature as it was given, and the links by which a signer without an account signs."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from .agreements import AgreementParty


class Signer(models.Model):
    """An office that signs for a party; where it must be known, by name, and where it has no account, by an address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="signers")
    # Where signing goes in order, the lower signs first.
    position = models.PositiveSmallIntegerField(default=1)
    office = models.CharField(max_length=150)
    # The address goes when the agreement is signed by all; both go when the office signs no more, and with an erasure.
    person_name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    # In which letters to the signer and the page of the link are written.
    language = models.CharField(max_length=20, default="en")
    # Then nobody else signs in this office.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    named_by = models.CharField(max_length=150)
    named_at = models.DateTimeField()
    # From then on the office signs no more; what it signed stays.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["party", "position", "named_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(office=""), name="agreements_signer_has_an_office"),
            models.CheckConstraint(condition=Q(position__gte=1), name="agreements_signer_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} / {self.office}"

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("signer", self.pk)})


class Signature(models.Model):
    """
    One signature over one fingerprint. It counts until another text is put before the parties; after that it stays to be read.

    The columns of the party are the sum of its signatures: filled in when as many have signed as the agreement asks for.
    """

    class Proof(models.TextChoices):
        """By what it is known who signed."""

        PASSWORD = "password", _("Password")
        SECOND_FACTOR = "second_factor", _("Second factor")
        TOKEN = "token", _("Token of a machine")
        MAIL_CODE = "mail_code", _("Link and code sent by mail")
        SCAN = "scan", _("Scan of the paper")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="signatures")
    # None where the party has named no signers: whoever speaks for it signs.
    signer = models.ForeignKey(Signer, null=True, on_delete=models.PROTECT, related_name="signatures")
    way = models.CharField(max_length=12, choices=AgreementParty.Signature)
    proof = models.CharField(max_length=14, choices=Proof)
    canonical_hash = models.CharField(max_length=64)
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=150)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The office as it is printed, and the name that was typed where that is asked for.
    signed_as = models.CharField(max_length=150, blank=True)
    signed_name = models.CharField(max_length=150, blank=True)
    scan = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(way="paper") | Q(scan__isnull=False), name="agreements_signature_on_paper_has_a_scan"
            ),
            models.CheckConstraint(condition=~Q(canonical_hash=""), name="agreements_signature_is_over_a_text"),
            models.UniqueConstraint(
                fields=["signer"], condition=Q(superseded_at__isnull=True), name="agreements_signature_once_a_signer"
            ),
            models.UniqueConstraint(
                fields=["party", "account"],
                condition=Q(superseded_at__isnull=True),
                name="agreements_signature_once_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} / {self.signed_as}"


class SigningLink(models.Model):
    """
    A secret by which one signer signs one text once. Only its hash is kept; a new one ends the one before.

    The link alone signs nothing: a code goes to the signer's address when it is asked for, so that a link that was passed on is no use.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signer = models.ForeignKey(Signer, on_delete=models.PROTECT, related_name="links")
    canonical_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Of the code that was sent last.
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    # When the letter with the link, or with a code, could not be sent. Its secret is known to nobody: only a new link helps.
    failed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="agreements_signinglink_expires_after_made"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(ended_at__isnull=True), name="agreements_signinglink_ends_once"
            ),
            models.UniqueConstraint(
                fields=["signer"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="agreements_signinglink_one_open_of_a_signer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_id} / {self.made_at:%Y-%m-%d}"

    def is_open(self, *, at: datetime) -> bool:
        return self.used_at is None and self.ended_at is None and at < self.expires_at
