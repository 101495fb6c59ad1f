"""How a holder without an account comes to the own certificates; and what they ask to be put right in one."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id
from corridor.rooms.people.models import RightsRequest

from .credentials import Credential

# So long after it was used the browser that used it may look.
OPENED_FOR = timedelta(hours=12)


class LinkWay(models.TextChoices):
    MAIL = "mail", _("By e-mail, to the address in the holder’s record")
    PAPER = "paper", _("On paper, handed over to the holder")


class HolderLink(models.Model):
    """
    A secret that opens the certificates of one holder once, in one browser. Only its hash is kept; a new one ends the one before.

    One that came by mail opens nothing alone: a code goes to the same address when it is asked for, so that a link that was passed on is no use.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=6, choices=LinkWay)
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, unique=True)
    # Where letter and codes go; forgotten when the link has ended.
    email = models.CharField(max_length=254, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    # Of the code that was sent last: to open the link, or to join what it opened to an account.
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    # When a letter could not be sent: only a new link helps.
    failed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="credentials_holderlink_expires_after_made"
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True) | Q(used_at__isnull=False), name="credentials_holderlink_joined_when_used"
            ),
            models.UniqueConstraint(
                fields=["credential"], condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="credentials_holderlink_one_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, *, at: datetime) -> bool:
        return self.used_at is None and self.ended_at is None and at < self.expires_at

    def is_looked_through(self, *, at: datetime) -> bool:
        """Whether the browser that used it may still look."""
        return self.used_at is not None and self.ended_at is None and at < self.used_at + OPENED_FOR


class AskedCorrection(models.Model):
    """Which certificate a request is about; what is asked, its answer and its states stand with the request."""

    request = models.OneToOneField(RightsRequest, on_delete=models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    # Through which it was asked; empty where its holder was signed in.
    link = models.ForeignKey(HolderLink, null=True, on_delete=models.PROTECT, related_name="+")
