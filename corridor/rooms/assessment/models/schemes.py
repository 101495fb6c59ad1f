"""How a unit is assessed: instruments, criteria, what evidence each needs, and who signs."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.curricula.written import Text

from ..lifecycle import SCHEME, SchemeStatus


class Signing(models.TextChoices):
    """Who signs a decision, on the assessor's device."""

    ASSESSOR = "assessor", _("The assessor, by making it final")
    LEARNER = "learner", _("The assessor and the learner")
    WITNESS = "witness", _("The assessor, the learner and a witness of the company")


class Judges(models.TextChoices):
    """Who may assess: whoever is appointed to the cohort and licensed for the unit; from elsewhere, or with a second one."""

    ONE = "one", _("One licensed assessor")
    OUTSIDE = "outside", _("One licensed assessor who is not of the site's host")
    TWO = "two", _("Two licensed assessors, each for themselves")


class Scheme(Living):
    """How one unit is assessed. A published one never changes: a later version takes its place, and decisions keep theirs."""

    LIFE = SCHEME

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    attempts_allowed = models.PositiveSmallIntegerField(default=3)
    signing = models.CharField(max_length=10, choices=Signing, default=Signing.ASSESSOR)
    judges = models.CharField(max_length=10, choices=Judges, default=Judges.ONE)
    # So many days after a decision is final, and the learner may see it, they may appeal.
    appeal_days = models.PositiveSmallIntegerField(default=14)
    # Counts the changes of a draft, so that a stale form is noticed.
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["unit__version__curriculum__reference", "unit__version__version", "unit__position", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="assessment_scheme_version_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(status=SchemeStatus.PUBLISHED), name="assessment_scheme_one_published"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(status=SchemeStatus.DRAFT), name="assessment_scheme_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__gte=1, attempts_allowed__lte=20), name="assessment_scheme_allows_attempts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.code} v{self.version}"


class SchemeChange(Change):
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="changes")


class InstrumentKind(models.TextChoices):
    PRACTICAL_TASK = "practical_task", _("Practical task")
    OBSERVATION = "observation", _("Observation checklist")
    ORAL = "oral", _("Oral questions")
    WRITTEN = "written", _("Written test")
    PRODUCT = "product", _("Product made")
    PORTFOLIO = "portfolio", _("Portfolio")


class Instrument(models.Model):
    """One way of looking at what a learner can do. A written test is taken elsewhere: it has a scale, and a mark from which it is passed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="instruments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=InstrumentKind)
    scale = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    pass_mark = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    class Meta:
        ordering = ["scheme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="assessment_instrument_position_once"),
            models.CheckConstraint(
                condition=Q(
                    kind=InstrumentKind.WRITTEN,
                    scale__gt=Decimal(0),
                    pass_mark__gt=Decimal(0),
                    pass_mark__lte=F("scale"),
                )
                | (~Q(kind=InstrumentKind.WRITTEN) & Q(scale__isnull=True, pass_mark__isnull=True)),
                name="assessment_instrument_marks_written_tests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.position}"


class InstrumentText(Text):
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "language"], name="assessment_instrumenttext_once")
        ]


class Weight(models.TextChoices):
    """What a criterion that is not met means for the decision."""

    CRITICAL = "critical", _("Critical")
    REQUIRED = "required", _("Required")
    OPTIONAL = "optional", _("Optional")


class EvidenceNeed(models.TextChoices):
    NONE = "none", _("No evidence needed")
    ANY = "any", _("A file of any kind")
    PHOTO = "photo", _("A photo")
    VIDEO = "video", _("A video")


class SchemeCriterion(models.Model):
    """What is looked at with an instrument, and what shows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    weight = models.CharField(max_length=10, choices=Weight, default=Weight.REQUIRED)
    evidence = models.CharField(max_length=10, choices=EvidenceNeed, default=EvidenceNeed.NONE)

    class Meta:
        ordering = ["instrument__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "position"], name="assessment_criterion_position_once")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As it is called on the checklist: 2.3 is the third of the second instrument."""
        return f"{self.instrument.position}.{self.position}"


class SchemeCriterionText(Text):
    criterion = models.ForeignKey(SchemeCriterion, on_delete=models.PROTECT, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "language"], name="assessment_criteriontext_once")]
