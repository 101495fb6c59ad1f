"""Cohorts, who is enrolled, the sessions held and who was there."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site

from .lifecycle import COHORT, ENROLMENT, SESSION


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.COHORT_VIEW):
            return self
        members = by.ids_with(Permission.COHORT_VIEW, "member")
        return self.filter(
            Q(pk__in=by.ids_with(Permission.COHORT_VIEW, "cohort"))
            | Q(site__in=by.ids_with(Permission.COHORT_VIEW, "site"))
            | Q(site__host__in=members)
            | Q(pk__in=Enrolment.objects.filter(sending_organisation__in=members).values("cohort"))
            | Q(
                pk__in=Enrolment.objects.filter(person__in=by.ids_with(Permission.LEARNER_VIEW, "person")).values(
                    "cohort"
                )
            )
        )


class Cohort(Living):
    """People who learn together: one programme, one curriculum version, one site; opened on a dated demand or a recorded reason."""

    LIFE = COHORT

    reference = models.SlugField(max_length=40, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    curriculum_version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    # The brand for which its learners count; none: the site's listing decides, or nobody's.
    brand = models.ForeignKey(Brand, null=True, on_delete=models.PROTECT, related_name="+")
    demand = models.ForeignKey(DemandStatement, null=True, on_delete=models.PROTECT, related_name="+")
    no_demand_reason = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")), name="training_cohort_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(demand__isnull=False, no_demand_reason="")
                | (Q(demand__isnull=True) & ~Q(no_demand_reason="")),
                name="training_cohort_has_a_demand_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("cohort", self.pk), ("site", self.site_id)})


class CohortChange(Change):
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="changes")


class CohortTrainer(models.Model):
    """Who teaches a cohort. A trainer never assesses the same learners."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="training_trainer_once")]


class SourcedId(models.Model):
    """
    The identifier that another system gives to a cohort (the ``sourcedId`` of OneRoster), so that what it sends next finds the same record.

    ``source`` is that system, as it calls itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sourced_ids")
    source = models.CharField(max_length=150)
    value = models.CharField(max_length=255)

    class Meta:
        ordering = ["source", "value"]
        constraints = [models.UniqueConstraint(fields=["source", "value"], name="training_sourcedid_of_one_alone")]

    def __str__(self) -> str:
        return f"{self.source}: {self.value}"


class ParticipantKind(models.TextChoices):
    STUDENT = "student", _("Students")
    TEACHER = "teacher", _("Teachers")
    COMPANY_EMPLOYEE = "company_employee", _("Company employees")


class StudyMode(models.TextChoices):
    FULL_TIME = "full_time", _("Full-time")
    PART_TIME = "part_time", _("Part-time")


class Enrolment(Living):
    """A person's place in a cohort, as a student, a teacher in training or a company employee."""

    LIFE = ENROLMENT

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The seat number in the cohort, 1 and up: what a register sheet prints.
    number = models.PositiveSmallIntegerField()
    participant_kind = models.CharField(max_length=20, choices=ParticipantKind)
    sending_organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    study_mode = models.CharField(max_length=10, choices=StudyMode)
    # The place from which the learner was moved here; that one ends as transferred, with its attendance and decisions.
    moved_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")

    class Meta:
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["status"])]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="training_enrolment_once"),
            models.UniqueConstraint(fields=["cohort", "number"], name="training_enrolment_number_once"),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True) | ~Q(moved_from=F("id")),
                name="training_enrolment_not_moved_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference}/{self.number}"

    def scopes(self) -> frozenset[Scope]:
        own = self.cohort.scopes() | {("person", self.person_id)}
        return own | {("member", self.sending_organisation_id)} if self.sending_organisation_id else own


class EnrolmentChange(Change):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        indexes = [models.Index(fields=["to_status", "effective_on"])]


class SessionKind(models.TextChoices):
    THEORY = "theory", _("Theory")
    PRACTICE = "practice", _("Practice")
    LANGUAGE = "language", _("Language")
    COMPANY = "company", _("In a company")


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
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference}/s{self.number}"

    def scopes(self) -> frozenset[Scope]:
        return self.cohort.scopes()


class SessionChange(Change):
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="changes")


class Mark(models.TextChoices):
    PRESENT = "present", _("Present")
    LATE = "late", _("Late")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excused")


class Attendance(models.Model):
    """One learner's mark in one session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="marks")
    mark = models.CharField(max_length=10, choices=Mark)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="training_attendance_once")]
        indexes = [models.Index(fields=["enrolment", "mark"])]
