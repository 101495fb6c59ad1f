"""
What a programme stands on: the agreements under which it runs, the announcements that it keeps, the demand that it answers.

Of agreements and announcements the first is also written on the programme itself, and only together with these rows (standing_on.py).
"""

from django.db import models

from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.demand.models import DemandStatement

from .programmes import Programme


class ProgrammeAgreement(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements_under")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "agreement"], name="programmes_agreement_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="programmes_agreement_in_order"),
        ]


class ProgrammeAnnouncement(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="announcements_kept")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "announcement"], name="programmes_announcement_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="programmes_announcement_in_order"),
        ]


class ProgrammeDemand(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="demands_answered")
    demand = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "demand"], name="programmes_demand_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="programmes_demand_in_order"),
        ]
