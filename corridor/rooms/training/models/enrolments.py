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
