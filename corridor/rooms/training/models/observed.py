"""Sessions that somebody watched: by which rubric, what was seen, and what both agreed to do."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.kernel.identifiers import new_id
from corridor.rooms.people.models import Person

from .sessions import Session
from .trainers import Trainer


class Rubric(models.Model):
    """What is looked at in a session, in one version. A session that was watched keeps the version by which it was watched."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="training_rubric_version_once"),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="training_rubric_holds_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def is_in_use(self, *, on: date) -> bool:
        return self.starts_on <= on and (self.ends_before is None or on < self.ends_before)


class RubricPart(models.TextChoices):
    CRITERION = "criterion", _("Criterion")
    LEVEL = "level", _("Level")


class RubricLine(models.Model):
    """One criterion, or one level of the scale; levels count up from 1, the lowest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="lines")
    part = models.CharField(max_length=10, choices=RubricPart)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rubric", "part", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "part", "position"], name="training_rubric_line_once"),
            models.CheckConstraint(condition=Q(position__gt=0), name="training_rubric_line_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rubric} {self.part} {self.position}"


class RubricText(models.Model):
    """The words of a line in one language."""

    line = models.ForeignKey(RubricLine, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["line", "language"], name="training_rubric_text_once")]


class ObservedSession(models.Model):
    """A session watched by somebody who did not teach it: how it stood in each criterion, and what was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="observed")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    observer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="+")
    remarks = models.CharField(max_length=1000, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-session__held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["trainer", "session", "observer"], name="training_session_watched_once")
        ]

    def __str__(self) -> str:
        return f"{self.trainer.person.reference} {self.session}"

    def scopes(self) -> frozenset[Scope]:
        return self.trainer.scopes() | self.session.scopes()


class ObservedScore(models.Model):
    """The level that the session reached in one criterion."""

    observed = models.ForeignKey(ObservedSession, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(RubricLine, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(RubricLine, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["observed", "criterion"], name="training_observed_score_once")]


class AgreedAction(models.Model):
    """Something that both agreed to do after the session, by which day, and when it was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    observed = models.ForeignKey(ObservedSession, on_delete=models.PROTECT, related_name="agreed")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    def scopes(self) -> frozenset[Scope]:
        return self.observed.scopes()

    def is_late(self, *, on: date) -> bool:
        return self.due_on < on and (self.done_on is None or self.done_on > on)
