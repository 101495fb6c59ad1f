"""How an application is judged: reviewers with a sheet each, the council's vote, and the decision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id

from ..application_kinds import Outcome
from .application_forms import FormPart
from .applications import Application

MOST_POINTS = 5


class Reviewer(models.Model):
    """An account that was asked to judge one application. Handed in, its sheet is closed; with an interest it steps aside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True)
    stepped_aside_at = models.DateTimeField(null=True)
    interest = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="members_reviewer_asked_once"),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True) | Q(stepped_aside_at__isnull=True),
                name="members_reviewer_judges_or_steps_aside",
            ),
            models.CheckConstraint(
                condition=Q(stepped_aside_at__isnull=True, interest="")
                | (Q(stepped_aside_at__isnull=False) & ~Q(interest="")),
                name="members_reviewer_says_which_interest",
            ),
        ]


class Score(models.Model):
    """What one reviewer gives for one criterion, from 0 to 5, and why."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(FormPart, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "criterion"], name="members_score_once_per_criterion"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=MOST_POINTS), name="members_score_up_to_five"
            ),
        ]


class CouncilVote(models.Model):
    """The vote as it stands in the minutes. Who declared an interest is present and does not vote."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="vote")
    held_on = models.DateField()
    present = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    with_interest = models.PositiveSmallIntegerField()
    minutes = models.TextField(max_length=5000, blank=True)
    minutes_document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(present=F("in_favour") + F("against") + F("abstained") + F("with_interest")),
                name="members_councilvote_adds_up",
            ),
            models.CheckConstraint(
                condition=~Q(minutes="") | Q(minutes_document__isnull=False), name="members_councilvote_is_minuted"
            ),
        ]


class DeclaredInterest(models.Model):
    """Who of the council declared an interest (by office), and which."""

    vote = models.ForeignKey(CouncilVote, on_delete=models.PROTECT, related_name="interests")
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "who"], name="members_declaredinterest_once")]


class Decision(models.Model):
    """What was decided on an application, when, by which vote, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    vote = models.OneToOneField(CouncilVote, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome)
    decided_on = models.DateField()
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="rejected") | ~Q(reason=""), name="members_decision_says_why_not"
            )
        ]
