"""What is asked of a learner at the beginning and at the end: whether they can be reached, and how well they speak."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.identifiers import new_id

from .cohorts import Cohort
from .enrolments import Enrolment
from .trainers import LanguageScale, LanguageSource


class Moment(models.TextChoices):
    ENTRY = "entry", _("At entry")
    EXIT = "exit", _("At exit")


class Reached(models.TextChoices):
    REACHED = "reached", _("Reached")
    NOT_REACHED = "not_reached", _("Not reached")
    NO_CHANNEL = "no_channel", _("No way to reach them")


class ContactCheck(models.Model):
    """Somebody tried to reach the learner by what is written down. The latest at each moment counts; the channel itself is never kept here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="contact_checks")
    moment = models.CharField(max_length=5, choices=Moment)
    checked_on = models.DateField()
    result = models.CharField(max_length=12, choices=Reached)
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["checked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "moment", "checked_on"], name="training_contactcheck_once_a_day"
            )
        ]


class LanguageLevel(models.Model):
    """A claim about a learner's level in a language, with its source. Claims stand side by side; none is computed from another scale."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="language_levels")
    moment = models.CharField(max_length=5, choices=Moment)
    language = models.CharField(max_length=12)
    scale = models.CharField(max_length=10, choices=LanguageScale)
    level = models.CharField(max_length=4)
    source = models.CharField(max_length=12, choices=LanguageSource)
    stated_on = models.DateField()
    by_label = models.CharField(max_length=150)

    class Meta:
        ordering = ["stated_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "moment", "language", "scale", "source"], name="training_languagelevel_once"
            )
        ]


class LanguageGoal(models.Model):
    """The level that a cohort is to reach in a language, and in how many hours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="language_goals")
    language = models.CharField(max_length=12)
    scale = models.CharField(max_length=10, choices=LanguageScale)
    level = models.CharField(max_length=4)
    hours = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["cohort", "language"]
        constraints = [models.UniqueConstraint(fields=["cohort", "language"], name="training_languagegoal_once")]


class PlatformLink(models.Model):
    """Where a cohort's course stands in a learning platform: an address, shown to those who learn and teach in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="platform_links")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    address = models.URLField(max_length=300)

    class Meta:
        ordering = ["cohort", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "position"], name="training_platformlink_position_once"),
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="training_platformlink_is_https"),
        ]
