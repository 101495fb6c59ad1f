"""How a brand accepts a place: criteria, what a panel found, what must still be done; and the rooms and addresses of a place."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import Organisation

from .places import Brand, Listing, Site


class SiteRoom(models.Model):
    """A room of a place, and how many people learn in it at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="sites_room_once"),
            models.CheckConstraint(condition=Q(capacity__gt=0) & ~Q(name=""), name="sites_room_holds_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference}: {self.name}"


class SiteAddress(models.Model):
    """Where a place is, as a letter or a driver needs it, in the form of its country; once in each language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="addresses")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "language"], name="sites_address_once")]


class Criterion(models.Model):
    """What a brand looks at in a place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["brand", "position"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "code"], name="sites_criterion_once"),
            models.UniqueConstraint(fields=["brand", "position"], name="sites_criterion_position_once"),
        ]

    def __str__(self) -> str:
        return self.code


class CriterionText(models.Model):
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["criterion", "language"], name="sites_criteriontext_once")]


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    WITH_ACTIONS = "with_actions", _("Accepted, with things to put right")
    REFUSED = "refused", _("Not accepted")


class Review(models.Model):
    """A panel looked at a place for a brand, on a day; what it decided, and until when that holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    # Offices that sat in it, never persons.
    panel = models.CharField(max_length=300)
    verdict = models.CharField(max_length=12, choices=Verdict)
    valid_before = models.DateField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "held_on"], name="sites_review_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True) | Q(valid_before__gt=F("held_on")),
                name="sites_review_holds_after_it_is_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing.site.reference} {self.listing.brand.code} {self.held_on}"

    def scopes(self) -> frozenset[Scope]:
        return self.listing.site.scopes()

    def holds(self, *, on: date) -> bool:
        return self.held_on <= on and (self.valid_before is None or on < self.valid_before)


class Met(models.TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")


class Finding(models.Model):
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    met = models.CharField(max_length=10, choices=Met)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__position"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="sites_finding_once")]


class Correction(models.Model):
    """Something that must be put right after a review: by which member, by which day, and when it was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrections")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.review}: {self.what}"

    def scopes(self) -> frozenset[Scope]:
        return self.review.scopes()

    def is_late(self, *, on: date) -> bool:
        return self.due_on < on and (self.done_on is None or self.done_on > on)
