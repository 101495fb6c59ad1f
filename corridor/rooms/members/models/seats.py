"""Who speaks for a member, or for the whole alliance, and who stands in for them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Role, Scope
from corridor.kernel.identifiers import new_id

from .organisations import Organisation


class Seat(models.Model):
    """
    Who speaks for a member, or with no member, for the whole alliance; in one role, from a day until a day.

    A seat is of whole days: ``held_before`` is the first on which it is not held. One that is ended at once is not held on that very day any
    more; ``ended_at`` keeps the instant. Doors ask for the seats anew at every request, so nothing has to be called back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    held_from = models.DateField()
    held_before = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    # The seat that was handed over to become this one.
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_before__isnull=True)
                | Q(held_before__gt=F("held_from"))
                | Q(held_before=F("held_from"), ended_at__isnull=False),
                name="members_seat_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(held_before__isnull=False),
                name="members_seat_ended_at_once_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(role="coordinator", organisation__isnull=False)
                | Q(role__in=["secretariat", "council", "auditor"], organisation__isnull=True)
                | Q(role="key_holder"),
                name="members_seat_of_a_member_or_of_the_alliance",
            ),
        ]

    def is_held_on(self, day: date) -> bool:
        return self.held_from <= day and (self.held_before is None or day < self.held_before)

    def is_over_on(self, day: date) -> bool:
        return self.held_before is not None and self.held_before <= day

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)}) if self.organisation_id else frozenset()


class Substitute(models.Model):
    """
    Who acts for the holder of a seat in given days, with the rights of that seat and in their own name.

    It holds as long as the seat does: a substitute of somebody who has left may do nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="substitutes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")) | Q(ends_before=F("starts_on"), ended_at__isnull=False),
                name="members_substitute_ends_after_it_begins",
            ),
        ]

    def is_over_on(self, day: date) -> bool:
        return self.ends_before <= day

    def acts_on(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_before

    def scopes(self) -> frozenset[Scope]:
        return self.seat.scopes()
