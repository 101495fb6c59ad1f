"""What a conference decided, who carries it out and by when; and its minutes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.members.models import Organisation

from ..lifecycle import RESOLUTION, ResolutionStatus
from .conferences import Conference


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def carried_out_by(self, by: Actor) -> Self:
        """Those that this actor says are done: of the members spoken for, and of the secretariat itself."""
        if by.holds_everywhere(Permission.RESOLUTION_SETTLE):
            return self
        return self.filter(owner__in=by.ids_with(Permission.RESOLUTION_SETTLE, "member"))


class Resolution(Living):
    """A decision of a conference, with an owner (None: the secretariat) and a day. Late is computed."""

    LIFE = RESOLUTION

    reference = models.SlugField(max_length=20, unique=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="resolutions")
    owner = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_on = models.DateField()
    due_on = models.DateField()

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [models.Index(fields=["status", "due_on"], name="conferences_resolution_due")]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("resolved_on")), name="conferences_resolution_due_after")
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.owner_id)}) if self.owner_id else frozenset()

    def is_late(self, day: date) -> bool:
        return self.status == ResolutionStatus.OPEN and self.due_on < day


class ResolutionChange(Change):
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        pass


class ResolutionText(models.Model):
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "language"], name="conferences_resolutiontext_once")
        ]


class Minutes(models.Model):
    """What was said and decided, in one language. Public once somebody else than the writer has approved it; then it stays."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="minutes")
    language = models.CharField(max_length=12)
    text = models.TextField(max_length=50_000)
    written_on = models.DateField()
    written_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "language"], name="conferences_minutes_once_per_language"),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_on__isnull=True)
                | (~Q(approved_by="") & Q(approved_on__isnull=False) & ~Q(approved_by=F("written_by"))),
                name="conferences_minutes_approved_by_another",
            ),
        ]
