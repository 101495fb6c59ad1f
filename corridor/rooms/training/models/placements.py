"""Time in a company: who mentors, what is done there and for which unit, and who says that it happened."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation

from .enrolments import Enrolment


class Placement(models.Model):
    """A learner's time in a company. Whether it runs on a day follows from its days; broken off, it ends earlier, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=40, unique=True)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="placements")
    company = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    hours = models.PositiveSmallIntegerField()
    # Who answers for the learner there: no account; both go with an erasure, and the address when the placement is over.
    mentor_name = models.CharField(max_length=150, blank=True)
    mentor_email = models.EmailField(max_length=254, blank=True)
    mentor_language = models.CharField(max_length=20, default="en")
    contract = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    # Which insurance covers the learner there, and until which day.
    insurance = models.CharField(max_length=150, blank=True)
    insured_before = models.DateField(null=True)
    broken_off_on = models.DateField(null=True)
    broken_off_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on"), hours__gt=0), name="training_placement_lasts"
            ),
            models.CheckConstraint(
                condition=Q(broken_off_on__isnull=True, broken_off_because="")
                | (Q(broken_off_on__isnull=False) & ~Q(broken_off_because="")),
                name="training_placement_breaks_off_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class PlacementTask(models.Model):
    """Something that is done there, and the unit that it is practice for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["placement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "position"], name="training_task_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="training_task_says_what"),
        ]

    def __str__(self) -> str:
        return self.text


class PlacementVisit(models.Model):
    """Somebody of the site went there and saw."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    found = models.CharField(max_length=500)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["visited_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "visited_on"], name="training_visit_once_a_day"),
            models.CheckConstraint(condition=~Q(found=""), name="training_visit_found_something"),
        ]


class LogbookEntry(models.Model):
    """What the learner did there on a day, in the learner's words. It is written over until the week is confirmed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="logbook")
    done_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    task = models.ForeignKey(PlacementTask, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["done_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "done_on"], name="training_logbook_once_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1_440), name="training_logbook_day_has_24_hours"
            ),
        ]


class PlacementWeek(models.Model):
    """The mentor's word about a week, by the link: so many minutes, or that it was otherwise than the logbook says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="weeks")
    # The Monday.
    starts_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    # What the logbook said when the mentor answered.
    logged_minutes = models.PositiveSmallIntegerField()
    remark = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "starts_on"], name="training_week_confirmed_once"),
            models.CheckConstraint(
                condition=Q(minutes=F("logged_minutes")) | ~Q(remark=""), name="training_week_differs_with_a_remark"
            ),
        ]


class MentorLink(models.Model):
    """A secret by which one mentor confirms the weeks of one placement. Only its hash is kept; a new one ends the one before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="training_mentorlink_expires_after_made"
            ),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(ended_at__isnull=True), name="training_mentorlink_one_open"
            ),
        ]

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at
