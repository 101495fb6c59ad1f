"""Teachers away from home for the alliance: posted to a site, on a trip, or away to learn."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money
from corridor.kernel.periods import Period
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site


class StayKind(models.TextChoices):
    POSTING = "posting", _("Posting")
    TRIP = "trip", _("Trip")
    LEARNING = "learning", _("Away to learn")


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, by: Actor) -> Self:
        """All for who oversees; of one's member, sent or received; at one's site; and one's own."""
        if by.holds_everywhere(Permission.TRAINER_VIEW):
            return self
        members, sites = by.ids_with(Permission.TRAINER_VIEW, "member"), by.ids_with(Permission.TRAINER_VIEW, "site")
        return self.filter(
            Q(person=by.person_id) | Q(sent_by__in=members) | Q(site__host__in=members) | Q(site__in=sites)
        )

    def with_all(self) -> Self:
        """With everything that a line shows, the latest first."""
        read = self.select_related("person", "site", "sent_by", "paid_by")
        return read.prefetch_related("sent_by__names", "paid_by__names").order_by(
            "-starts_on", "person__reference", "pk"
        )


class Stay(models.Model):
    """
    A teacher sent somewhere, to teach or to learn, from a day to the first day after; an open posting has no end yet. Its days are whole days.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=StayKind)
    sent_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Where: a site of the alliance, or a place that is none.
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    purpose = models.CharField(max_length=300)
    paid_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    # What it cost in all, in whole numbers of the smallest unit of the currency; both, or neither where nobody wrote it down.
    cost_units = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "person__reference", "pk"]
        indexes = [models.Index(fields=["person"]), models.Index(fields=["starts_on"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "starts_on"], name="training_stay_begins_once"),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="training_stay_lasts_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="posting", site__isnull=False)
                | Q(kind__in=["trip", "learning"], ends_before__isnull=False),
                name="training_posting_has_a_site_and_others_an_end",
            ),
            models.CheckConstraint(
                condition=Q(cost_units__isnull=True, currency="") | (Q(cost_units__gt=0) & ~Q(currency="")),
                name="training_stay_cost_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.reference} {self.starts_on}"

    def scopes(self) -> frozenset[Scope]:
        own: frozenset[Scope] = frozenset({("person", self.person_id), ("member", self.sent_by_id)})
        return own | {("site", self.site_id)} if self.site_id else own

    @property
    def cost(self) -> Money | None:
        return None if self.cost_units is None else Money.of_units(self.cost_units, self.currency)

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_before)

    def is_on(self, *, day: date) -> bool:
        return self.period.contains(day)
