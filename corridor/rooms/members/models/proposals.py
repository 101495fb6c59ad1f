"""What the secretariat asks the council to do about a member, and what counted when it was asked."""

from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id

from ..lifecycle import PROPOSAL, MembershipStatus
from .memberships import Membership


class Proposal(Living):
    """
    A step of a membership that the council is to decide on: dormant, suspended or withdrawn. The membership moves when it was agreed and the
    secretariat carries it out; nothing moves by itself.
    """

    LIFE = PROPOSAL

    reference = models.SlugField(max_length=30, unique=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="proposals")
    to_status = models.CharField(max_length=20, choices=MembershipStatus)
    reason = models.CharField(max_length=500)
    proposed_on = models.DateField()
    # What counted is what the records showed of these days.
    counted_from = models.DateField()
    minute = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-proposed_on", "-reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(status__in=["proposed", "agreed"]), name="members_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(to_status__in=["dormant", "suspended", "withdrawn"]), name="members_proposal_of_an_end"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "taken_back"]) | ~Q(minute=""), name="members_proposal_is_minuted"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_to_status_label(self) -> str:
        return str(MembershipStatus(self.to_status).label)

    def scopes(self) -> frozenset[Scope]:
        return self.membership.scopes()


class ProposalChange(Change):
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="changes")


class ProposalEvidence(models.Model):
    """One line of what counted for the member when the proposal was made, frozen: so many records of a thing, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=30)
    role = models.CharField(max_length=12)
    reference = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["-last_on", "kind", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=F("last_on"), count__gt=0), name="members_proposalevidence_has_days"
            )
        ]
