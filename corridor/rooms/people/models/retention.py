"""How long each kind of record is kept, as data that the secretariat sets."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id


class RecordKind(models.TextChoices):
    """A kind of record with a time of its own, and the day from which it is reckoned (see journeys/keep_no_longer)."""

    PERSON = "person", _("The record of a person, after the last thing they took part in")
    BIRTH_DAY = "birth_day", _("The day of birth, after the last thing the person took part in")
    EVIDENCE_NOTE = "evidence_note", _("The note of an assessor beside a decision, after the decision")
    REQUEST = "request", _("The words and files of a request about the own record, after its answer")


class Ending(models.TextChoices):
    """What happens when the time is over."""

    ERASE = "erase", _("The whole person is erased")
    EMPTY = "empty", _("The field is made empty")


class RetentionRule(models.Model):
    """One kind of record is kept so many months; then this happens. A kind without a rule is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=RecordKind, unique=True)
    months = models.PositiveSmallIntegerField()
    ending = models.CharField(max_length=10, choices=Ending)
    reason = models.CharField(max_length=300)
    set_on = models.DateField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(condition=Q(months__gte=1), name="people_retention_at_least_a_month"),
            models.CheckConstraint(
                condition=Q(kind="person", ending="erase") | (~Q(kind="person") & Q(ending="empty")),
                name="people_retention_ending_fits_the_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
