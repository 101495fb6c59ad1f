"""Places where teaching happens. One physical place may carry several brands, each by a listing with its own days."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.members.models import Organisation, SourceMark

from ..lifecycle import SITE, SiteStatus

# So long before its end an accreditation is said to expire.
EXPIRES_SOON = timedelta(days=90)


class SiteKind(models.TextChoices):
    WORKSHOP = "workshop", _("Workshop")
    COLLEGE = "college", _("College")
    TECHNOLOGY_SCHOOL = "technology_school", _("Technology school")


class Site(Living):
    """A physical place with a host, a time zone and a life."""

    LIFE = SITE

    reference = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=SiteKind)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # In which agreement it was agreed that there is such a place; none where that is not written down.
    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=80)
    zone = models.CharField(max_length=60)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="sites_site_is_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def is_open(self, *, on: date) -> bool:
        return self.status_on(on) in {SiteStatus.OPERATING.value, SiteStatus.ACCEPTED.value}

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("site", self.pk), ("member", self.host_id)})


class SiteChange(Change):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="changes")


class SiteName(models.Model):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "language"], name="sites_name_once")]


class Brand(models.Model):
    """A name under which sites are run and learners are counted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """A brand at a place, from a day until a day; acceptance is of the listing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="listings")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="listings")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    accepted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="sites_listing_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["site", "brand", "starts_on"], name="sites_listing_once"),
        ]

    def is_in_force(self, *, on: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(on)


class SitePost(models.Model):
    """Who manages a site, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="posts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_from = models.DateField()
    held_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_before__isnull=True) | Q(held_before__gt=F("held_from")),
                name="sites_post_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["site", "user", "held_from"], name="sites_post_once"),
        ]


class Accreditation(models.Model):
    """What an authority has accredited a place for, under which number, from a day until a day; the paper that says so where it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="accreditations")
    accredited_by = models.CharField(max_length=200)
    accredited_for = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="sites_accreditation_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["site", "accredited_by", "accredited_for", "starts_on"], name="sites_accreditation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site}: {self.accredited_for}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes()

    def is_in_force(self, *, on: date) -> bool:
        return Period(self.starts_on, self.ends_before).contains(on)

    def is_expiring(self, *, on: date) -> bool:
        """In force on that day, and no longer within the 90 days after it."""
        return self.is_in_force(on=on) and self.ends_before is not None and self.ends_before <= on + EXPIRES_SOON
