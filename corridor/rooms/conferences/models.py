"""Conferences and what was announced on their stages. The ledger never loses a line."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import ANNOUNCEMENT, CONFERENCE, AnnouncementStatus


class Conference(Living):
    LIFE = CONFERENCE

    reference = models.SlugField(max_length=40, unique=True)
    place = models.CharField(max_length=80)
    country = models.CharField(max_length=2)
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


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, by: Actor) -> Self:
        """Anyone sees what a second person has confirmed; the rest only those who make and confirm, and the owner."""
        if by.holds_everywhere(Permission.ANNOUNCEMENT_MAKE) or by.holds_everywhere(Permission.ANNOUNCEMENT_CONFIRM):
            return self
        return self.filter(~Q(confirmed_by="") | Q(owner__in=by.ids_with(Permission.ANNOUNCEMENT_REPORT, "member")))

    def owned_by(self, by: Actor) -> Self:
        return self.filter(owner__in=by.ids_with(Permission.ANNOUNCEMENT_REPORT, "member"))

    def awaiting_confirmation_by(self, by: Actor) -> Self:
        if not by.holds_everywhere(Permission.ANNOUNCEMENT_CONFIRM):
            return self.none()
        return self.filter(confirmed_by="").exclude(made_by=by.label)


class Announcement(Living):
    """A promise made on a stage: with a number that stays, an owner, and the day of the next report."""

    LIFE = ANNOUNCEMENT

    reference = models.SlugField(max_length=20, unique=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="announcements")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    announced_on = models.DateField()
    next_report_due_on = models.DateField()
    # The second person, by label. Until then it is not on the public ledger.
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_on = models.DateField(null=True)
    made_by = models.CharField(max_length=150)
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [models.Index(fields=["status", "next_report_due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by="", confirmed_on__isnull=True)
                | (~Q(confirmed_by="") & Q(confirmed_on__isnull=False) & ~Q(confirmed_by=F("made_by"))),
                name="conferences_announcement_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def due_on(self, day: date) -> date:
        """The report day that stood on that day, from the reports written by then."""
        reports = self.reports.order_by("reported_on", "pk")
        told = reports.filter(reported_on__lte=day).last()
        if told is not None:
            return told.next_due_on
        first = reports.first()
        return first.due_on if first is not None else self.next_report_due_on

    def is_silent(self, *, on: date) -> bool:
        """The report day has passed without a report, and it is neither done nor withdrawn. For many: silence.with_silence_on."""
        ended = {AnnouncementStatus.DONE.value, AnnouncementStatus.WITHDRAWN.value}
        return self.due_on(on) < on and self.status_on(on) not in ended

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.owner_id)})


class AnnouncementChange(Change):
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="changes")


class AnnouncementTitle(models.Model):
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="titles")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "language"], name="conferences_anntitle_once")]


class AnnouncementReport(models.Model):
    """What the owner says has come of it. A report moves the next report day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="reports")
    reported_on = models.DateField()
    text = models.TextField()
    language = models.CharField(max_length=12, default="en")
    due_on = models.DateField()
    next_due_on = models.DateField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["reported_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_due_on__gt=F("reported_on")), name="conferences_report_names_a_later_day"
            ),
        ]
