"""Joint study: who gives how many credits in which term of a degree, from a day on."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .programmes import Programme

# Credits are kept as whole hundredths: exact on every database.
HUNDREDTHS = 100


def credits_of(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


class StudyPlan(models.Model):
    """The plan of credits from a day on, until the day of the next one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="study_plans")
    starts_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "starts_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "starts_on"], name="programmes_study_once_a_day")]

    def __str__(self) -> str:
        return f"{self.programme.reference} {self.starts_on}"


class StudyTerm(models.Model):
    """A term of a year of study, and the credits that its learners need in it, from whichever member."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(StudyPlan, on_delete=models.PROTECT, related_name="terms")
    year = models.PositiveSmallIntegerField()
    term = models.PositiveSmallIntegerField()
    required = models.PositiveIntegerField()

    class Meta:
        ordering = ["plan", "year", "term"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "term"], name="programmes_term_once"),
            models.CheckConstraint(condition=Q(year__gt=0, term__gt=0), name="programmes_term_is_numbered"),
        ]


class StudyMember(models.Model):
    """The credits that a member has to give over the whole study."""

    plan = models.ForeignKey(StudyPlan, on_delete=models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    required = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "organisation"], name="programmes_study_member_once")]


class StudyCredit(models.Model):
    """What a member gives in a term."""

    term = models.ForeignKey(StudyTerm, on_delete=models.PROTECT, related_name="given")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    hundredths = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "organisation"], name="programmes_credit_once_a_term"),
            models.CheckConstraint(condition=Q(hundredths__gt=0), name="programmes_credit_is_some"),
        ]

    @property
    def credits(self) -> Decimal:
        return credits_of(self.hundredths)
