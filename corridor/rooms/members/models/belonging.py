"""To whom an organisation belongs, and its places. A branch or a campus is no member."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from .organisations import Organisation


def _ends_after(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True) | Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")), name=name
    )


class OrganisationParent(models.Model):
    """``parent`` is above ``organisation``, from a day until a day; one at a time, and never in a ring."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(organisation=F("parent")), name="members_parent_is_another"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ends_before__isnull=True), name="members_parent_one_open"
            ),
            _ends_after("members_parent_ends_after_it_begins"),
        ]

    def stands(self, *, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_before is None or on < self.ends_before)


class Campus(models.Model):
    """A place of an organisation with a name of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campuses")
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=80)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    starts_on = models.DateField(null=True)
    ends_before = models.DateField(null=True)

    class Meta:
        ordering = ["country", "city", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="members_campus_coordinates_are_on_earth",
            ),
            _ends_after("members_campus_ends_after_it_begins"),
        ]

    def called(self, language: str) -> tuple[str, str]:
        """Its name for a reader of that language, and the language it is in. Prefetch ``names``."""
        return choose({each.language: each.text for each in self.names.all()}, language)

    def stands(self, *, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_before is None or on < self.ends_before)


class CampusName(models.Model):
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campus", "language"], name="members_campusname_once")]
