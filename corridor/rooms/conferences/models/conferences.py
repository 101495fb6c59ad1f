"""Conferences: where the alliance meets and announces."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.members.models import SourceMark

from ..lifecycle import CONFERENCE


class Conference(Living):
    LIFE = CONFERENCE

    reference = models.SlugField(max_length=40, unique=True)
    place = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
    # The zone of the place (IANA): its days and the hours of its agenda are those of the clock on its wall.
    zone = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_before = models.DateField()
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")), name="conferences_conference_lasts_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ConferenceChange(Change):
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="changes")


class ConferenceTitle(models.Model):
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "language"], name="conferences_title_once")]
