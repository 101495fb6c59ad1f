"""What was found when a programme was looked at, and what follows."""

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id

from ..kinds import ReviewEnding
from .programmes import Programme


class ProgrammeReview(models.Model):
    """What was found when somebody looked at a programme after a year, and what follows: it grows, is mended, or stops."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    ending = models.CharField(max_length=5, choices=ReviewEnding)
    finding = models.CharField(max_length=500)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "reviewed_on"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "reviewed_on"], name="programmes_review_once_a_day"),
            models.CheckConstraint(condition=~Q(finding=""), name="programmes_review_says_what_was_found"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.reviewed_on}"


class ReviewFigure(models.Model):
    """A figure that a review was decided on, as it was counted then. The fingerprints say later whether the rows behind it are the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(ProgrammeReview, on_delete=models.PROTECT, related_name="figures")
    code = models.CharField(max_length=80)
    definition_version = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()
    evidence_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ["review", "code"]
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="programmes_review_figure_once")]
