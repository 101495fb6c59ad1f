"""Organisations that the alliance knows, and their names."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.kernel.identifiers import new_id

from ..lifecycle import MembershipStatus
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
    version = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [models.Index(fields=["country", "reference"])]
        constraints = [
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

    def called(self, language: str) -> Called:
        """The official name for a reader of that language, and which language it is in. Prefetch ``names`` for many."""
        official = [each for each in self.names.all() if each.kind == NameKind.OFFICIAL]
        return called_in(official, language, otherwise=self.reference)

    def display_name(self, language: str) -> str:
        return self.called(language).name


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Official name")
    ALIAS = "alias", _("Also known as")


class OrganisationName(models.Model):
    """One name of an organisation in one language (BCP 47, with the script where it is not the usual one)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.OFFICIAL)

    class Meta:
        indexes = [models.Index(fields=["name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"],
                condition=Q(kind="official"),
                name="members_organisationname_one_official_per_language",
            ),
            models.UniqueConstraint(
                fields=["organisation", "language", "name"], name="members_organisationname_said_once"
            ),
        ]
