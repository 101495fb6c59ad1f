"""Kept figures with the rows behind them, who signed them, the claims they answer and the editions they stand in."""

from typing import NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.refusals import Frozen

from .lifecycle import EDITION, FIGURE


class UnchangingQuerySet[M: models.Model](models.QuerySet[M]):
    """Kept rows are added and read. Of a figure only the status moves on; anything else is refused with Frozen."""

    MOVES = frozenset({"status"})

    def update(self, **values: object) -> int:
        if not values.keys() <= self.MOVES:
            raise Frozen()
        return super().update(**values)

    def delete(self) -> NoReturn:
        raise Frozen()


class Unchanging(models.Model):
    """A row that is written once. What must differ afterwards is a new row."""

    objects = UnchangingQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **options: object) -> None:
        if not self._state.adding:
            raise Frozen()
        super().save(*args, **options)  # type: ignore[arg-type]

    def delete(self, *args: object, **options: object) -> NoReturn:  # noqa: ARG002 (as Django declares it)
        raise Frozen()


class Figure(Unchanging, Living):
    """A frozen query: its value, what was asked, when it was known, and the fingerprints of its rows. It never changes once frozen."""

    LIFE = FIGURE

    reference = models.SlugField(max_length=30, unique=True)
    code = models.CharField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=30)
    # The scope as its one canonical form, e.g. "brand=bridge&kind=teacher"; empty: everything.
    scope = models.CharField(max_length=300, blank=True)
    # A day, or a half-open period.
    on_day = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    # A count, or a numerator and a denominator. Whole numbers only.
    value = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    n = models.BigIntegerField()
    missing = models.BigIntegerField(default=0)
    not_counted = models.BigIntegerField(default=0)
    known_at = models.DateTimeField()
    evidence_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    correction_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["code", "reference"]
        indexes = [models.Index(fields=["code", "scope", "on_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_day__isnull=False, starts_on__isnull=True, ends_before__isnull=True)
                | Q(on_day__isnull=True, starts_on__isnull=False, ends_before__gt=F("starts_on")),
                name="indicators_figure_has_a_day_or_a_period",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator__isnull=True, denominator__isnull=True)
                | Q(value__isnull=True, numerator__isnull=False, denominator__isnull=False),
                name="indicators_figure_is_a_count_or_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="indicators_figure_correction_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["code", "scope", "on_day", "version"],
                condition=Q(on_day__isnull=False),
                name="indicators_figure_version_once_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["code", "scope", "starts_on", "ends_before", "version"],
                condition=Q(on_day__isnull=True),
                name="indicators_figure_version_once_in_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class FigureChange(Change):
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="changes")


class EvidenceLine(Unchanging):
    """One counted record, kept as its canonical JSON line, byte for byte: the fingerprints are over these bytes (ADR 0003)."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="lines")
    record_id = models.UUIDField()
    line = models.TextField()

    class Meta:
        ordering = ["figure", "record_id", "id"]
        indexes = [models.Index(fields=["figure", "record_id"])]


class SignOff(Unchanging):
    """One of the two different persons who stand for a figure."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="sign_offs")
    user_id = models.UUIDField()
    by_label = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["figure", "user_id"], name="indicators_signoff_two_persons")]


class Claim(models.Model):
    """A number or words that somebody published, and the figure that must hold beside it."""

    class Kind(models.TextChoices):
        EXACTLY = "exactly", _("exactly")
        OVER = "over", _("over")
        AT_LEAST = "at_least", _("at least")
        ABOUT = "about", _("about")
        WORDS = "words", _("words only")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=40, unique=True)
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.BigIntegerField(null=True)
    code = models.CharField(max_length=60)
    scope = models.CharField(max_length=300, blank=True)
    on_day = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=400)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="words", number__isnull=True) | (~Q(kind="words") & Q(number__isnull=False)),
                name="indicators_claim_number_unless_words",
            ),
        ]


class ClaimEvidence(models.Model):
    """What a member answered to a data call, held beside a published claim: somebody says that it bears on it, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    answer = models.ForeignKey("members.ReturnedAnswer", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    attached_by = models.CharField(max_length=150)
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["claim", "attached_at"]
        constraints = [models.UniqueConstraint(fields=["claim", "answer"], name="indicators_claimevidence_once")]


class Edition(Living):
    """A published report: signed figures in an order, under one fingerprint."""

    LIFE = EDITION

    reference = models.SlugField(max_length=30, unique=True)
    title = models.CharField(max_length=200)
    day = models.DateField()
    fingerprint = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | (~Q(fingerprint="") & Q(published_at__isnull=False)),
                name="indicators_edition_published_has_a_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class EditionChange(Change):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="changes")


class EditionFigure(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="places")
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "figure"], name="indicators_editionfigure_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="indicators_editionfigure_position_once"),
        ]
