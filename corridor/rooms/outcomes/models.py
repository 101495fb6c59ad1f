"""What became of graduates: who was asked, reached, and answered; unknown is never no."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.rooms.training.models import Cohort, Enrolment

from .lifecycle import WAVE


class Design(models.TextChoices):
    CENSUS = "census", _("Everybody is asked")


class Wave(Living):
    """One round of questions to the same people, some months after they left."""

    LIFE = WAVE

    reference = models.SlugField(max_length=40, unique=True)
    months = models.PositiveSmallIntegerField()
    design = models.CharField(max_length=10, choices=Design, default=Design.CENSUS)
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="outcomes_wave_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class WaveChange(Change):
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="changes")


class WaveCohort(models.Model):
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="cohorts")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "cohort"], name="outcomes_wavecohort_once")]


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Unknown")


class AnswerSource(models.TextChoices):
    SELF = "self", _("The person")
    PROXY = "proxy", _("Family or friend")
    EMPLOYER = "employer", _("Employer")
    REGISTER = "register", _("A register")


class FollowUp(models.Model):
    """One graduate in one wave: attempts, contact, and the answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="follow_ups")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    source = models.CharField(max_length=10, choices=AnswerSource, blank=True)
    working = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    relevant = models.CharField(max_length=10, choices=Answer, default=Answer.UNKNOWN)
    occupation_code = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "enrolment"], name="outcomes_followup_once"),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(asked_on__isnull=False),
                name="outcomes_followup_reached_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, working="unknown", relevant="unknown")
                | (Q(answered_on__isnull=False) & ~Q(source="")),
                name="outcomes_followup_answers_have_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(source="self") | Q(answered_on__isnull=True) | Q(reached_on__isnull=False),
                name="outcomes_followup_own_answer_was_reached",
            ),
        ]
