"""What a site shows of itself to whoever comes to look at it: photos, and the days on which its visit page is public."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.kernel.periods import Period

from .places import Site


class PersonsShown(models.TextChoices):
    """What whoever sent a photo has said of the people in it; nothing else is kept of them."""

    NOBODY = "nobody", _("Nobody can be recognised in it")
    AGREED = "agreed", _("Everybody who can be recognised agreed that it is shown")


class SitePhoto(models.Model):
    """A photo of a place, in its order. One that somebody no longer wants shown is taken down, with its file."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="photos")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    persons = models.CharField(max_length=10, choices=PersonsShown)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(position__gt=0), name="sites_photo_has_a_place"),
            models.CheckConstraint(condition=Q(persons__in=PersonsShown.values), name="sites_photo_says_of_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference}: {self.document.reference}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes()


class PhotoText(models.Model):
    """What stands below a photo, and what it shows for whoever does not see it; once in each language."""

    photo = models.ForeignKey(SitePhoto, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=12)
    caption = models.CharField(max_length=200)
    alternative = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["photo", "language"], name="sites_phototext_once"),
            models.CheckConstraint(
                condition=~Q(caption="") & ~Q(alternative=""), name="sites_phototext_says_something"
            ),
        ]


class SiteShowing(models.Model):
    """The visit page of a site is public from a day until a day, for a reason that somebody wrote down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="showings")
    starts_on = models.DateField()
    ends_before = models.DateField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gte=F("starts_on")) & ~Q(reason=""), name="sites_showing_ends_and_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site.reference} {self.starts_on}"

    def scopes(self) -> frozenset[Scope]:
        return self.site.scopes()

    def is_in_force(self, *, on: date) -> bool:
        """One that was ended before its first day never was."""
        return self.ends_before > self.starts_on and Period(self.starts_on, self.ends_before).contains(on)
