"""Organisations that the alliance knows, and their names."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.kernel.identifiers import new_id

from ..lifecycle import MembershipStatus, Standing
from ..naming import Called, called_in
from .alliance import SourceMark
from .memberships import Membership


class OrganisationKind(models.TextChoices):
    SCHOOL = "school", _("School")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association")
    AUTHORITY = "authority", _("Authority")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, by: Actor) -> Self:
        """Anyone sees organisations that are or once were members; applications only those who may."""
        if by.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE):
            return self
        been = Membership.objects.filter(organisation=models.OuterRef("pk"), changes__to_status=MembershipStatus.ACTIVE)
        return self.filter(Q(models.Exists(been)) | Q(pk__in=by.ids_with(Permission.MEMBER_EDIT, "member")))


class Organisation(models.Model):
    """A school, company, association or authority that the alliance knows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    country = models.CharField(max_length=2)
    # The part of the country where it sits (a code of ISO 3166-2), where that is known.
    region = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    # Set where the alliance's own record names it among those that founded it.
    founding_mark = models.CharField(max_length=10, choices=SourceMark, blank=True)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)
    # Typed by somebody else than the secretariat, it waits for confirmation and is in no figure.
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.CONFIRMED)
    proposed_by = models.CharField(max_length=150, blank=True)
    settled_because = models.CharField(max_length=300, blank=True)
    # Another record of the same organisation stands for this one; rows of other rooms stay here, who asks resolves (merging.py).
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["country", "reference"]),
            # Partial: almost none is merged, and a list that leaves those few out is read by its own order.
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="members_organisation_merged"
            ),
            models.Index(fields=["standing"], condition=~Q(standing="confirmed"), name="members_organisation_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="members_organisation_not_its_own_double",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="members_organisation_coordinates_are_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.pk)})

    def called(self, language: str, *, on: date | None = None) -> Called:
        """
        The official name of that day for a reader of that language, and which language it is in; without a day, the name that has no end.

        Where no official name was in use then, one without dates or the latest stands in. Prefetch ``names`` for many.
        """
        official = [each for each in self.names.all() if each.kind == NameKind.OFFICIAL]
        then = [each for each in official if each.is_used(on=on)]
        return called_in(then or official, language, otherwise=self.reference)

    def display_name(self, language: str) -> str:
        return self.called(language).name

    def surviving(self) -> "Organisation":
        """The record that stands for it now: itself, unless it was merged into another."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    def is_confirmed(self) -> bool:
        return self.standing == Standing.CONFIRMED


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Official name")
    SHORT = "short", _("Short name")
    ALIAS = "alias", _("Also known as")
    FORMER = "former", _("Formerly known as")


class OrganisationName(models.Model):
    """One name of an organisation in one language (BCP 47, with the script where it is not the usual one)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.OFFICIAL)
    # The first day on which it was in use, and the day after the last; unknown and open where empty.
    valid_from = models.DateField(null=True)
    valid_before = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["name"])]
        constraints = [
            # Of two periods an action sees to it (naming.py, under a lock); of open ends the table itself.
            models.UniqueConstraint(
                fields=["organisation", "language"],
                condition=Q(kind="official", valid_before__isnull=True),
                name="members_organisationname_one_official_per_language",
            ),
            models.UniqueConstraint(
                fields=["organisation", "language", "name"],
                condition=Q(valid_before__isnull=True),
                name="members_organisationname_said_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_before__isnull=True)
                | Q(valid_before__gt=F("valid_from")),
                name="members_organisationname_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_used(self, *, on: date | None) -> bool:
        """Whether it was in use on that day; without a day, whether it is in use without end."""
        if on is None:
            return self.valid_before is None
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_before is None or on < self.valid_before
        )


class NameCorrection(models.Model):
    """A name as it was written before somebody corrected it, and why."""

    name = models.ForeignKey(OrganisationName, on_delete=models.PROTECT, related_name="corrections")
    was = models.CharField(max_length=250)
    was_from = models.DateField(null=True)
    was_before = models.DateField(null=True)
    corrected_at = models.DateTimeField()
    by_label = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
