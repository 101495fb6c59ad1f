"""Two records that may be of one human being, what was answered, and merges that were taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .persons import Person


class Answer(models.TextChoices):
    OPEN = "open", _("Not looked at yet")
    DIFFERENT = "different", _("Two human beings")
    MERGED = "merged", _("One human being, merged")


class LikelyDouble(models.Model):
    """A pair that a search found. Nobody is merged by that: a person answers it. ``score`` is 0 to 100; why is computed when it is shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The record with the earlier reference first, so that a pair stands once.
    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    found_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["answer", "-score"])]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="people_likelydouble_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="people_likelydouble_are_two"),
            models.CheckConstraint(
                condition=Q(answer="open", answered_at__isnull=True)
                | (~Q(answer="open") & Q(answered_at__isnull=False)),
                name="people_likelydouble_answered_at_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one.reference} {self.other.reference}"


class UndoneMerge(models.Model):
    """A merge that was taken back. Between both instants the two were known as one: figures of that time stay as they were counted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="undone_merges")
    into = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField()
    undone_because = models.CharField(max_length=300)
    undone_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["undone_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__gt=F("merged_at")), name="people_undonemerge_after_the_merge"
            ),
            models.CheckConstraint(condition=~Q(undone_because=""), name="people_undonemerge_has_a_reason"),
        ]
