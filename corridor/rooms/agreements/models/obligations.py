"""What a party owes under an agreement, and by when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.rooms.members.models import Organisation

from ..lifecycle import OBLIGATION, ObligationStatus
from .agreements import Agreement, AgreementParty


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def visible_to(self, by: Actor) -> Self:
        """Obligations stand in the text of an agreement: whoever may read it sees them."""
        if by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT):
            return self
        own = AgreementParty.objects.filter(organisation__in=by.ids_with(Permission.AGREEMENT_VIEW_TEXT, "member"))
        return self.filter(agreement__in=own.values("agreement"))


class Obligation(Living):
    """What a party owes under an agreement, by a day. Whoever speaks for the party keeps it; overdue is computed."""

    LIFE = OBLIGATION

    reference = models.SlugField(max_length=20, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    # What shows that it was kept.
    evidence = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "reference"]
        indexes = [models.Index(fields=["due_on", "reference"])]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="agreements_obligation_says_what")]

    def __str__(self) -> str:
        return self.reference

    def is_overdue(self, *, on: date) -> bool:
        return self.due_on < on and self.status_on(on) == ObligationStatus.OPEN.value

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)})


class ObligationChange(Change):
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="changes")
