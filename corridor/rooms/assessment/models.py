"""Who may assess a cohort, and what was decided of each learner, unit by unit."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort, Enrolment

from .lifecycle import DECISION


class Appointment(models.Model):
    """An assessor for one cohort; never one of its trainers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="assessment_appointment_once")]


class Licence(models.Model):
    """A person may assess a unit, from a day until a day; who says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    granted_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="assessment_licence_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["person", "unit", "starts_on"], name="assessment_licence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference} {self.unit.code}"

    def is_in_force(self, *, on: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(on)


class CapabilityException(models.Model):
    """The secretariat lets a unit be assessed at a place for some days although something stands in the way, with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")) & ~Q(reason=""),
                name="assessment_exception_has_days_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference} {self.unit.code}"


class Result(models.TextChoices):
    COMPETENT = "competent", _("Competent")
    NOT_YET_COMPETENT = "not_yet_competent", _("Not yet competent")


class Decision(Living):
    """An assessor's judgement of one learner in one unit. A learner may try again: the latest final attempt counts."""

    LIFE = DECISION

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1)
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, choices=Result)
    decided_on = models.DateField()
    evidence_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["enrolment", "unit", "attempt"]
        indexes = [models.Index(fields=["status", "result"])]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "unit", "attempt"], name="assessment_decision_once_per_attempt"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.unit.code} ({self.attempt})"

    def scopes(self) -> frozenset[Scope]:
        return self.enrolment.scopes()


class DecisionChange(Change):
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="changes")
