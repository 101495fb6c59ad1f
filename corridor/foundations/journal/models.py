"""Devices, the events that they kept, and what is to be decided because two of them say different things."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id


class Device(models.Model):
    """
    One account on one phone or computer, with the public half of a key that was made there and never leaves it.

    Two trainers who share a phone are two devices: each chain of events is one person's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80)
    # ECDSA on P-256: SubjectPublicKeyInfo (DER) in base64. It checks files that the device wrote.
    public_key = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(null=True)
    # From then on it is given no names any more; what it kept is still taken.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["registered_at", "id"]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """
    One thing that somebody did on a device, word for word as the device told it. Never changed and never removed; only ``state`` goes on.

    ``said_at`` is what the clock of the device showed, which may be decades wrong: it is told, and nothing is ordered by it. The order is
    that of the chain (``previous``), and across devices what each had seen.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for the event before it"
        APPLIED = "applied", "applied"
        CONTESTED = "contested", "contested"
        UNREAD = "unread", "unread"

    class Route(models.TextChoices):
        NETWORK = "network", "network"
        FILE = "file", "file"

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    previous = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    # What it is about: the key of a session, of a place to be assessed.
    subject = models.UUIDField()
    content = models.TextField()
    # Over the bytes of ``content``, by the key of the device: r and s, 64 bytes in base64. Whoever carries it, it is the device's own.
    signature = models.CharField(max_length=90)
    said_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    # The account that handed it in: the device's own, or who brought the file.
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=10, choices=Route)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        ordering = ["device", "sequence", "received_at", "id"]
        indexes = [
            models.Index(fields=["device", "sequence"]),
            models.Index(fields=["subject"]),
            models.Index(fields=["device"], condition=Q(state="waiting"), name="journal_event_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id}/{self.sequence}"


class OtherContent(models.Model):
    """The same event sent again with other content: the first counts, the second is kept beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="others")
    content = models.TextField()
    signature = models.CharField(max_length=90)
    fingerprint = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "fingerprint"], name="journal_other_content_once")]


class Conflict(models.Model):
    """
    Something in an event that could not simply be taken: it waits until a named person has decided, with a reason.

    ``reason`` is a code of the room concerned, ``about`` the row in question (a place in a cohort), ``scope`` whose inbox it lies in.
    ``standing`` is what the records said when it came, ``brought`` what the event says; both as the room writes them.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "waiting"
        STANDING_KEPT = "standing", "what stood stays"
        BROUGHT_TAKEN = "brought", "what came was taken"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(max_length=30)
    about = models.UUIDField(null=True)
    scope_kind = models.CharField(max_length=20)
    scope_key = models.UUIDField()
    standing = models.CharField(max_length=300, blank=True)
    standing_by = models.CharField(max_length=150, blank=True)
    standing_at = models.DateTimeField(null=True)
    brought = models.CharField(max_length=300, blank=True)
    raised_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["raised_at", "id"]
        indexes = [
            models.Index(
                fields=["scope_kind", "scope_key"], condition=Q(outcome="waiting"), name="journal_conflict_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "about"], name="journal_conflict_once"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(about__isnull=True), name="journal_conflict_of_all_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_at__isnull=True, decided_by="", decided_because="")
                | (~Q(outcome="waiting") & Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decided_because="")),
                name="journal_conflict_decided_by_somebody",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING

    def scope(self) -> tuple[str, Any]:
        return (self.scope_kind, self.scope_key)
