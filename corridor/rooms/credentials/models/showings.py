"""What a holder shows to somebody: for a purpose, for a time, and only the parts that were chosen."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .credentials import Credential


class ShownPart(models.TextChoices):
    """What may be shown or kept back. What it is, who issued it, and whether it stands is always shown."""

    NAME = "name", _("My name")
    BORN_ON = "born_on", _("My day of birth")
    RESULTS = "results", _("The units in which I am competent")
    EVIDENCE = "evidence", _("The site and the programme")
    TRANSCRIPT = "transcript", _("My other certificates in force, in the same way")


class Looking(models.TextChoices):
    """Whether whoever opens it is asked for a name. Nobody has to give one, and without it nothing is kept."""

    UNASKED = "unasked", _("Nobody is asked")
    ASKED = "asked", _("Whoever opens it is asked for a name, and may go on without")


class Showing(models.Model):
    """One link: a random token, a purpose in the holder's words, and an end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    # 128 random bits, kept as that of the certificate is: its holder copies the address again.
    token = models.CharField(max_length=32, unique=True)
    # The holder's own words; empty after an erasure.
    purpose = models.CharField(max_length=120, blank=True)
    looking = models.CharField(max_length=10, choices=Looking, default=Looking.UNASKED)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="credentials_showing_ends_later"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and at < self.ends_at


class ShowingPart(models.Model):
    showing = models.ForeignKey(Showing, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12, choices=ShownPart)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["showing", "part"], name="credentials_showingpart_once")]


class ShownText(models.Model):
    """
    One certificate as it is shown: an SD-JWT with the chosen parts alone. What was kept back is not in it, and it goes when the showing ends.
    """

    showing = models.ForeignKey(Showing, on_delete=models.PROTECT, related_name="texts")
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["showing", "credential"], name="credentials_showntext_once")]


class ShowingLook(models.Model):
    """Somebody opened it and gave a name, which the holder reads."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    showing = models.ForeignKey(Showing, on_delete=models.PROTECT, related_name="looks")
    name = models.CharField(max_length=150)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["-looked_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="credentials_showinglook_has_a_name")]
