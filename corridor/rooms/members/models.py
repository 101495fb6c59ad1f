"""The alliance itself, the organisations it knows, their memberships and who speaks for them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Role, Scope
from corridor.foundations.lifecycles.models import Change, Living
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from .lifecycle import MEMBERSHIP, MembershipStatus
from .naming import Called, called_in


class SourceMark(models.TextChoices):
    """Where a fact comes from: a public source names it, or we assume it and say so."""

    NAMED = "named", _("Named in a source")
    ASSUMED = "assumed", _("Assumed")


class OrganisationKind(models.TextChoices):
    SCHOOL = "school", _("School")
    COMPANY = "company", _("Company")
    ASSOCIATION = "association", _("Association")
    AUTHORITY = "authority", _("Authority")


class Alliance(models.Model):
    """The alliance's own record; one row. Everything that is true of this alliance alone stands in data like this."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    founded_on = models.DateField()
    # A founding known by its year alone is stored as 1 January and printed as the year.
    founded_precision = models.CharField(max_length=5, choices=[("year", "year"), ("day", "day")], default="year")
    home_zone = models.CharField(max_length=60)
    home_place = models.CharField(max_length=80)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """The full name for a reader of that language."""
        return called_in(self.names.all(), language, otherwise=self.code).name

    def short_name(self, language: str) -> str:
        return choose({each.language: each.short_name for each in self.names.all()}, language)[0] or self.code


class AllianceName(models.Model):
    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "language"], name="members_alliancename_once_per_language")
        ]


class FoundingPlace(models.Model):
    """A place (a city, a province) that launched the alliance, and the source that says so."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="founding_places")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alliance", "code"], name="members_foundingplace_once")]


class ListedPlace(models.Model):
    """A country or region that the alliance says it reaches, with the mark whether a source names it or it is assumed."""

    alliance = models.ForeignKey(Alliance, on_delete=models.PROTECT, related_name="listed_places")
    country = models.CharField(max_length=2)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alliance", "country"], name="members_listedplace_once")]


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


class Membership(Living):
    """An organisation's place in the alliance. Who leaves and comes back gets a new membership."""

    LIFE = MEMBERSHIP

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")

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
