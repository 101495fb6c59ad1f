"""Frameworks, curricula in versions, their units, and claims how a unit compares with another country's."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import CURRICULUM_VERSION, VersionStatus
from .written import Text


class FrameworkEdition(models.Model):
    """A qualifications framework in one edition. Levels are never computed across frameworks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=30)
    edition = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=300)
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "edition"], name="curricula_frameworkedition_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.edition}"


class FrameworkName(Text):
    """What a framework is called in a further language."""

    framework = models.ForeignKey(FrameworkEdition, on_delete=models.PROTECT, related_name="names")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "language"], name="curricula_frameworkname_once")]


class Level(models.Model):
    """A level as its framework names it; ``rank`` runs from low to high whatever the names do (some count downwards)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    framework = models.ForeignKey(FrameworkEdition, on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["framework", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="curricula_level_code_once"),
            models.UniqueConstraint(fields=["framework", "rank"], name="curricula_level_rank_once"),
        ]


class Curriculum(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=60, unique=True)
    developer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    def __str__(self) -> str:
        return self.reference


class VersionQuerySet(models.QuerySet["CurriculumVersion"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.CURRICULUM_EDIT):
            return self
        return self.exclude(status=VersionStatus.DRAFT)


class CurriculumVersion(Living):
    """What is taught: units, hours, a level in a named framework and edition (or none)."""

    LIFE = CURRICULUM_VERSION

    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20)
    level = models.ForeignKey(Level, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["curriculum", "version"], name="curricula_version_once")]

    def __str__(self) -> str:
        return f"{self.curriculum.reference} {self.version}"


class CurriculumVersionChange(Change):
    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="changes")


class VersionTitle(Text):
    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="titles")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="curricula_versiontitle_once")]


class Unit(models.Model):
    """A unit of competency in one version of a curriculum."""

    class Requirement(models.TextChoices):
        REQUIRED = "required", _("Required")
        ELECTIVE = "elective", _("Elective")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(CurriculumVersion, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    requirement = models.CharField(max_length=10, choices=Requirement, default=Requirement.REQUIRED)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="curricula_unit_code_once"),
            models.UniqueConstraint(fields=["version", "position"], name="curricula_unit_position_once"),
        ]

    def __str__(self) -> str:
        return self.code


class UnitTitle(Text):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="titles")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "language"], name="curricula_unittitle_once")]


class HoursKind(models.TextChoices):
    THEORY = "theory", _("Theory")
    PRACTICE = "practice", _("Practice")
    COMPANY = "company", _("In a company")
    LANGUAGE = "language", _("Language")


class UnitHours(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hours")
    kind = models.CharField(max_length=10, choices=HoursKind)
    hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="curricula_unithours_once_per_kind")]


class Element(models.Model):
    """What a competent person does, step by step."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="elements")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["unit", "position"]
        constraints = [models.UniqueConstraint(fields=["unit", "position"], name="curricula_element_position_once")]


class ElementText(Text):
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["element", "language"], name="curricula_elementtext_once")]


class Criterion(models.Model):
    """How one sees that an element is done well."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["element", "position"]
        constraints = [
            models.UniqueConstraint(fields=["element", "position"], name="curricula_criterion_position_once")
        ]


class CriterionText(Text):
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "language"], name="curricula_criteriontext_once")]


class LearningOutcome(models.Model):
    """What a learner knows and can explain after the unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="learning_outcomes")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["unit", "position"]
        constraints = [models.UniqueConstraint(fields=["unit", "position"], name="curricula_outcome_position_once")]


class LearningOutcomeText(Text):
    learning_outcome = models.ForeignKey(LearningOutcome, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learning_outcome", "language"], name="curricula_outcometext_once")
        ]


class ForeignUnit(models.Model):
    """A unit of another country's published standard, by its own code and title, with where it was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    country = models.CharField(max_length=2)
    body = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    qualification = models.CharField(max_length=60, blank=True)
    source_url = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "body", "qualification", "code", "title"], name="curricula_foreignunit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.code}"


class Relation(models.TextChoices):
    EXACT = "exact", _("Covers the same")
    BROADER = "broader", _("Ours is broader")
    NARROWER = "narrower", _("Ours is narrower")
    OVERLAPPING = "overlapping", _("Overlaps")
    NONE = "none", _("No equivalent")


class MappingClaim(models.Model):
    """Someone claims how a unit compares with a foreign unit, or that none compares; it holds for a time, with evidence and a reviewer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mapping_claims")
    foreign_unit = models.ForeignKey(ForeignUnit, null=True, on_delete=models.PROTECT, related_name="claims")
    # For "none": the country whose standards were searched without finding an equivalent.
    searched_country = models.CharField(max_length=2, blank=True)
    relation = models.CharField(max_length=12, choices=Relation)
    coverage = models.TextField(blank=True)
    claimant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    claimed_on = models.DateField()
    expires_before = models.DateField(null=True)
    # By office, never by name. Blank: nobody has reviewed it yet.
    reviewed_by = models.CharField(max_length=150, blank=True)
    reviewed_on = models.DateField(null=True)
    evidence = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation="none", foreign_unit__isnull=True) & ~Q(searched_country="")
                | ~Q(relation="none") & Q(foreign_unit__isnull=False, searched_country=""),
                name="curricula_mappingclaim_names_a_unit_or_none",
            ),
            models.CheckConstraint(
                condition=Q(expires_before__isnull=True) | Q(expires_before__gt=F("claimed_on")),
                name="curricula_mappingclaim_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by="", reviewed_on__isnull=True)
                | (~Q(reviewed_by="") & Q(reviewed_on__isnull=False)),
                name="curricula_mappingclaim_review_has_a_day",
            ),
            models.UniqueConstraint(
                fields=["unit", "foreign_unit"],
                condition=Q(foreign_unit__isnull=False),
                name="curricula_mappingclaim_once",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether it counts on that day: made, not expired, reviewed, with evidence."""
        is_in_time = self.claimed_on <= day and (self.expires_before is None or day < self.expires_before)
        is_reviewed = self.reviewed_on is not None and self.reviewed_on <= day
        return is_in_time and is_reviewed and self.evidence_id is not None
