"""What members offer to say at a conference: the call, each contribution, how it was judged, and the letter that tells the decision."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.accounts.models import User
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.members.models import Organisation

from ..lifecycle import CONTRIBUTION
from .conferences import Conference


class ContributionCall(models.Model):
    """When contributions to a conference may be sent in."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="call")
    opens_on = models.DateField()
    closes_before = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_before__gt=F("opens_on")), name="conferences_call_lasts_a_day")
        ]


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, by: Actor) -> Self:
        """Who judges sees all; who speaks for a member sees its own. What is accepted is printed on the agenda, not here."""
        if by.holds_everywhere(Permission.CONTRIBUTION_VIEW):
            return self
        return self.filter(member__in=by.ids_with(Permission.CONTRIBUTION_SEND, "member"))


class Contribution(Living):
    LIFE = CONTRIBUTION

    reference = models.SlugField(max_length=20, unique=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="contributions")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=250)
    abstract = models.TextField(max_length=5000)
    language = models.CharField(max_length=12)
    sent_on = models.DateField()
    sent_by = models.CharField(max_length=150)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(abstract=""), name="conferences_contribution_says_what")
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.member_id)})


class ContributionChange(Change):
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        pass


class ContributionSpeaker(models.Model):
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="speakers")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "place"], name="conferences_contributionspeaker_in_order")
        ]


class ContributionReview(models.Model):
    """How one account judges it, from 1 (no) to 5 (certainly); judged again, the new judgement counts."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="reviews")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=1000, blank=True)
    by_label = models.CharField(max_length=150)
    reviewed_on = models.DateField()

    class Meta:
        ordering = ["reviewed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "user"], name="conferences_review_once_per_account"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="conferences_review_from_one_to_five"),
        ]


class ContributionLetter(models.Model):
    """What was written about a decision: its text never changes."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="letters")
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=5000)
    written_on = models.DateField()

    class Meta:
        ordering = ["written_on", "pk"]
