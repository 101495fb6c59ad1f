"""An organisation's place in the alliance, over time."""

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Scope
from corridor.foundations.lifecycles.models import Change, Living

from ..lifecycle import MEMBERSHIP


class Membership(Living):
    """An organisation's place in the alliance. Who leaves and comes back gets a new membership."""

    LIFE = MEMBERSHIP

    organisation = models.ForeignKey("members.Organisation", on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        indexes = [models.Index(fields=["status"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~Q(status__in=["withdrawn", "rejected"]),
                name="members_membership_one_open_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})


class MembershipChange(Change):
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        indexes = [models.Index(fields=["membership", "effective_on"])]
