"""The meetings of a cohort, as planned and as held."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Equipment, SiteRoom

from ..lifecycle import SESSION
from .cohorts import Cohort


class SessionKind(models.TextChoices):
    THEORY = "theory", _("Theory")
    PRACTICE = "practice", _("Practice")
    LANGUAGE = "language", _("Language")
    COMPANY = "company", _("In a company")
    ONLINE = "online", _("Online")


class CaptureMode(models.TextChoices):
    LIVE = "live", _("Taken in the room")
    LATE = "late", _("Taken later")
    PAPER = "paper", _("From a paper sheet")
    IMPORTED = "imported", _("From a spreadsheet")


class Session(Living):
    """One meeting of a cohort. Its day is the site's day at the instant it begins."""

    LIFE = SESSION

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    begins_at = models.DateTimeField()
    held_on = models.DateField()
    # Whole minutes, so that hours never become a float.
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SessionKind)
    topic = models.CharField(max_length=200, blank=True)
    # What its hours are of; none: of no unit.
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(SiteRoom, null=True, on_delete=models.PROTECT, related_name="+")
    # The session that was called off and is made up for by this one.
    makes_up_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="made_up_by")
    # One session for several cohorts is one row each: all others point at the first.
    joint_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined_by")
    # Counts the writes of the register, so that a stale form is noticed.
    version = models.PositiveIntegerField(default=1)
    capture_mode = models.CharField(max_length=10, choices=CaptureMode, blank=True)
    # The account that signed by locking; the office or role is in the audit.
    signed_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True)
    sheet = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["cohort", "held_on"]), models.Index(fields=["status", "held_on"])]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="training_session_number_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="training_session_lasts"),
            models.CheckConstraint(
                condition=(Q(makes_up_for__isnull=True) | ~Q(makes_up_for=F("id")))
                & (Q(joint_with__isnull=True) | ~Q(joint_with=F("id"))),
                name="training_session_not_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference}/s{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.cohort.scopes()

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.minutes)


class SessionChange(Change):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")


class SessionTrainer(models.Model):
    """Who teaches one session, where that is said; else whoever leads the cohort that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="training_sessiontrainer_once")]


class EquipmentBooking(models.Model):
    """So many of a line of the site's inventory are kept for one session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "equipment"], name="training_booking_once"),
            models.CheckConstraint(condition=Q(count__gt=0), name="training_booking_of_something"),
        ]


class SessionMove(models.Model):
    """A session was moved: from when to when, why and by whom. Both days stay to be read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="moves")
    from_at = models.DateTimeField()
    from_minutes = models.PositiveSmallIntegerField()
    to_at = models.DateTimeField()
    to_minutes = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="training_move_has_a_reason")]


class TimetableAddress(models.Model):
    """The secret address under which a person's calendar program reads their sessions. Only a hash is kept; the address is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    language = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="training_timetable_one_of_an_account"
            )
        ]
