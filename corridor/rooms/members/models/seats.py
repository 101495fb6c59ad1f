"""Who speaks for a member, or for the whole alliance."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from corridor.foundations.access import Role, Scope
from corridor.kernel.identifiers import new_id

from .organisations import Organisation


class Seat(models.Model):
    """Who speaks for a member, or with no member, for the whole alliance; in one role, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    held_from = models.DateField()
    held_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_before__isnull=True) | Q(held_before__gt=F("held_from")),
                name="members_seat_ends_after_it_begins",
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

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.organisation_id)}) if self.organisation_id else frozenset()
