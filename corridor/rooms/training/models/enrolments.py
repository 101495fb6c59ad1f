"""A person's place in a cohort, and its story."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..lifecycle import ENROLMENT
from .cohorts import Cohort


class ParticipantKind(models.TextChoices):
    STUDENT = "student", _("Students")
    TEACHER = "teacher", _("Teachers")
    COMPANY_EMPLOYEE = "company_employee", _("Company employees")


class StudyMode(models.TextChoices):
    FULL_TIME = "full_time", _("Full-time")
    PART_TIME = "part_time", _("Part-time")


class ExitReason(models.TextChoices):
    """Why somebody left, or never came: what can be counted. The words beside the change tell more, and go with an erasure."""

    NOT_SELECTED = "not_selected", _("Was not selected")
    DECLINED = "declined", _("Did not take up the offer")
    OFFER_RAN_OUT = "offer_ran_out", _("Did not answer the offer in time")
    FOUND_WORK = "found_work", _("Found work")
    EMPLOYER = "employer", _("Needed by the employer")
    FAMILY = "family", _("Family")
    HEALTH = "health", _("Health")
    MONEY = "money", _("Costs")
    DISTANCE = "distance", _("Distance or moving away")
    TOO_HARD = "too_hard", _("Too hard, or too easy")
    CONDUCT = "conduct", _("Conduct")
    OTHER = "other", _("Another reason")
    UNKNOWN = "unknown", _("Not known")


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
    # Where on the waiting list, the lower moves up first; none: not on it.
    waiting = models.PositiveSmallIntegerField(null=True)
    # The last day on which an offered place may be taken up; it stays to be read.
    offer_until = models.DateField(null=True)
    # The job that waits for who was sent to learn: what the employer or the school has promised.
    job_to_return = models.CharField(max_length=150, blank=True)
    exit_reason = models.CharField(max_length=16, choices=ExitReason, blank=True)
    # The place from which the learner was moved here; that one ends as transferred, with its attendance and decisions.
    moved_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")

    class Meta:
        ordering = ["cohort", "number"]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["status"])]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="training_enrolment_once"),
            models.UniqueConstraint(fields=["cohort", "number"], name="training_enrolment_number_once"),
            models.UniqueConstraint(fields=["cohort", "waiting"], name="training_enrolment_waiting_once"),
            models.CheckConstraint(
                condition=Q(waiting__isnull=True) | Q(status="applied", waiting__gt=0),
                name="training_enrolment_waits_while_applied",
            ),
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
