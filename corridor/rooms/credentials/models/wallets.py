"""Offers of a certificate to its holder's wallet."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from corridor.kernel.identifiers import new_id

from .credentials import Credential

MOST_ATTEMPTS = 5


class WalletOffer(models.Model):
    """
    One offer, for one wallet, once: a code that is read from a screen, and a transaction code that the holder types. Neither is kept,
    only what they are known by; nor is the key of the wallet, which stands in what it was given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    # SHA-256 of the code, and of the code with the transaction code.
    code_sha256 = models.CharField(max_length=64, unique=True)
    both_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Wrong transaction codes so far.
    attempts = models.PositiveSmallIntegerField(default=0)
    # What the wallet got for the codes (SHA-256), and until when it may use it.
    access_sha256 = models.CharField(max_length=64, unique=True, null=True)
    access_ends_at = models.DateTimeField(null=True)
    # The nonce in the proof of the wallet's key (SHA-256): no proof serves twice.
    nonce_sha256 = models.CharField(max_length=64, unique=True, null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("made_at")), name="credentials_walletoffer_ends_later"),
            models.CheckConstraint(
                condition=Q(attempts__lte=MOST_ATTEMPTS), name="credentials_walletoffer_counts_attempts"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, nonce_sha256__isnull=True)
                | Q(taken_at__isnull=False, nonce_sha256__isnull=False, access_sha256__isnull=False),
                name="credentials_walletoffer_taken_with_a_proof",
            ),
        ]

    def is_open(self, *, at: datetime) -> bool:
        """Whether its codes still serve."""
        return self.access_sha256 is None and self.attempts < MOST_ATTEMPTS and at < self.ends_at
