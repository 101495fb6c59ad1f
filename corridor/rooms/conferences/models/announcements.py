"""What was announced on a stage: its words, who stands behind it, and what it promises to reach. The ledger never loses a line."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation, SourceMark

from ..kinds import Said, StandsAs
from ..lifecycle import ANNOUNCEMENT, ENDED
from .conferences import Conference


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
    # The one that stands in its place, where it was merged with another. This number keeps its line, and leads there.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
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
            models.CheckConstraint(
                condition=~Q(status="merged") | Q(merged_into__isnull=False),
                name="conferences_announcement_merged_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="conferences_announcement_is_not_merged_with_itself",
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
        """The report day has passed without a report, and it has not ended. For many: silence.with_silence_on."""
        return self.due_on(on) < on and self.status_on(on) not in ENDED

    def standing(self) -> "Announcement":
        """The one that stands today: itself, or where it was merged (again and again), the last."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

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


class AnnouncementWording(models.Model):
    """The words of an announcement in one language, as they were read out or as they were translated."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=12)
    text = models.TextField(max_length=5000)
    said = models.CharField(max_length=12, choices=Said)

    class Meta:
        ordering = ["said", "language"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "language"], name="conferences_wording_once_per_language"),
            models.CheckConstraint(condition=~Q(text=""), name="conferences_wording_says_something"),
        ]


class AnnouncementMember(models.Model):
    """A member that stands behind an announcement beside its owner."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=StandsAs)

    class Meta:
        ordering = ["role", "organisation__reference"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "organisation"], name="conferences_member_stands_once")
        ]


class AnnouncementTarget(models.Model):
    """
    What an announcement promises to reach: so many of what, by when. A new one replaces the last, which stays readable with the reason.

    What is counted is an indicator (its code) or said in ``unit``, in ``language``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="targets")
    number = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=150)
    language = models.CharField(max_length=12)
    indicator = models.CharField(max_length=80, blank=True)
    reach_by = models.DateField()
    set_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["set_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="conferences_target_is_something"),
            models.CheckConstraint(condition=~Q(unit=""), name="conferences_target_says_what_is_counted"),
        ]
