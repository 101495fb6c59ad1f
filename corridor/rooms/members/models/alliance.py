"""The alliance itself: its names, its founding, and the places that it lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id

from ..naming import called_in


class SourceMark(models.TextChoices):
    """Where a fact comes from: a public source names it, or we assume it and say so."""

    NAMED = "named", _("Named in a source")
    ASSUMED = "assumed", _("Assumed")


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
