"""Cohorts, who teaches them and in which languages, and what another system calls them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site

from ..lifecycle import COHORT


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.COHORT_VIEW):
            return self
        members = by.ids_with(Permission.COHORT_VIEW, "member")
        persons = by.ids_with(Permission.LEARNER_VIEW, "person")
        return self.filter(
            Q(pk__in=by.ids_with(Permission.COHORT_VIEW, "cohort"))
            | Q(site__in=by.ids_with(Permission.COHORT_VIEW, "site"))
            | Q(site__host__in=members)
            | Q(pk__in=Cohort.objects.filter(enrolments__sending_organisation__in=members).values("pk"))
            | Q(pk__in=Cohort.objects.filter(enrolments__person__in=persons).values("pk"))
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
    # How many places there are; none: as many as come.
    capacity = models.PositiveSmallIntegerField(null=True)
    # Of a unit's hours so many percent must have been attended before it is assessed; none: nobody asks.
    required_share = models.PositiveSmallIntegerField(null=True)

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
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="training_cohort_has_room_for_somebody"
            ),
            models.CheckConstraint(
                condition=Q(required_share__isnull=True) | Q(required_share__gte=1, required_share__lte=100),
                name="training_cohort_share_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("cohort", self.pk), ("site", self.site_id)})


class CohortChange(Change):
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="changes")


class CohortLanguage(models.Model):
    """A language in which a cohort is taught, by its tag; the first is the main one."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="languages")
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12)

    class Meta:
        ordering = ["cohort", "position"]
        constraints = [models.UniqueConstraint(fields=["cohort", "language"], name="training_cohortlanguage_once")]

    def __str__(self) -> str:
        return self.language


class TrainerRole(models.TextChoices):
    LEAD = "lead", _("Leads the teaching")
    TRAINER = "trainer", _("Teaches")
    ASSISTANT = "assistant", _("Assists")


class CohortTrainer(models.Model):
    """Who teaches a cohort, in which role and in which days. A trainer never assesses the same learners, not even after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=TrainerRole, default=TrainerRole.TRAINER)
    # None: since the cohort began, or nobody wrote the day down.
    held_from = models.DateField(null=True)
    held_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(held_before__isnull=True),
                name="training_trainer_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(held_from__isnull=True) | Q(held_before__isnull=True) | Q(held_before__gte=F("held_from")),
                name="training_trainer_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort.reference} {self.person.reference}"

    def teaches(self, *, on: date) -> bool:
        return (self.held_from is None or self.held_from <= on) and (self.held_before is None or on < self.held_before)


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
