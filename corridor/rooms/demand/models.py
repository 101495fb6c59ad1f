"""What employers say they need, by when, and how firmly; and what occupations are called."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.foundations.lifecycles.models import Change, Living
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import Money
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import DEMAND, DemandStatus


class Strength(models.TextChoices):
    SPOKEN = "spoken", _("Said, not written")
    LETTER = "letter", _("Letter")
    CONTRACT = "contract", _("Contract")


class WagePeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class DemandQuerySet(models.QuerySet["DemandStatement"]):
    def visible_to(self, by: Actor) -> Self:
        """Anyone sees what is stated; a draft only those who may state it."""
        if by.holds_everywhere(Permission.DEMAND_STATE):
            return self
        return self.filter(
            ~Q(status=DemandStatus.DRAFT) | Q(employer__in=by.ids_with(Permission.DEMAND_STATE, "member"))
        )

    def stated_by(self, by: Actor) -> Self:
        return self.filter(employer__in=by.ids_with(Permission.DEMAND_STATE, "member"))


class DemandStatement(Living):
    """An employer wants so many people for an occupation, able to do these units, by a day."""

    LIFE = DEMAND

    reference = models.SlugField(max_length=20, unique=True)
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # ISCO-08, with the title as the statement words it.
    occupation_code = models.CharField(max_length=4)
    occupation_title = models.CharField(max_length=150)
    posts = models.PositiveIntegerField()
    country = models.CharField(max_length=2)
    place = models.CharField(max_length=100, blank=True)
    stated_on = models.DateField(null=True)
    needed_by = models.DateField()
    # Whole numbers of the smallest unit of the currency; both ends, or none.
    wage_from_units = models.BigIntegerField(null=True)
    wage_to_units = models.BigIntegerField(null=True)
    wage_currency = models.CharField(max_length=3, blank=True)
    wage_period = models.CharField(max_length=5, choices=WagePeriod, blank=True)
    strength = models.CharField(max_length=10, choices=Strength)
    # Which letter or contract it is, and where it is kept; older statements may lack it. The scan is for the employer and oversight.
    paper = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    source_mark = models.CharField(max_length=10, choices=SourceMark)

    objects = DemandQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=Q(posts__gt=0), name="demand_statement_wants_somebody"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(stated_on__isnull=False), name="demand_statement_stated_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(wage_from_units__isnull=True, wage_to_units__isnull=True, wage_currency="", wage_period="")
                | (Q(wage_from_units__gt=0, wage_to_units__gte=F("wage_from_units")) & ~Q(wage_currency="") & ~Q(wage_period="")),
                name="demand_statement_wage_is_a_band",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def wage_from(self) -> Money | None:
        return None if self.wage_from_units is None else Money.of_units(self.wage_from_units, self.wage_currency)

    @property
    def wage_to(self) -> Money | None:
        return None if self.wage_to_units is None else Money.of_units(self.wage_to_units, self.wage_currency)

    @property
    def orders_cohorts(self) -> bool:
        """Whether a cohort that answers it is an ordered cohort: the employer has signed for its people."""
        return self.strength == Strength.CONTRACT

    def is_expired(self, *, on: date) -> bool:
        """Its by-when day has passed, and it was not met by then."""
        return self.needed_by < on and self.status_on(on) in {DemandStatus.STATED.value, DemandStatus.PARTLY_MET.value}

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("member", self.employer_id)})


class DemandStatementChange(Change):
    statement = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="changes")


class DemandUnit(models.Model):
    statement = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "unit"], name="demand_unit_once")]


class LanguageScheme(models.TextChoices):
    HSK = "hsk", "HSK"
    CEFR = "cefr", "CEFR"


class DemandLanguage(models.Model):
    """How well people must know a language, as a level of a scheme. Levels of two schemes are never compared."""

    statement = models.ForeignKey(DemandStatement, on_delete=models.PROTECT, related_name="languages")
    scheme = models.CharField(max_length=4, choices=LanguageScheme)
    language = models.CharField(max_length=12)
    level = models.CharField(max_length=2)

    class Meta:
        ordering = ["statement", "language"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="demand_language_once"),
            models.CheckConstraint(condition=~Q(scheme="hsk") | Q(language="zh"), name="demand_language_hsk_is_chinese"),
        ]  # fmt: skip


class Occupation(models.Model):
    """An occupation of ISCO-08, at any of its four levels. The product holds none of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=4, unique=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def titled(self, language: str) -> tuple[str, str]:
        """Its title for a reader of that language, and the language it is in; ("", "") where it has none. Prefetch ``words``."""
        titles = {each.language: each.text for each in self.words.all() if each.kind == OccupationWord.Kind.TITLE}
        return choose(titles, language)


class OccupationWord(models.Model):
    """What an occupation is called in a language: its one title, and other words by which people look for it."""

    class Kind(models.TextChoices):
        TITLE = "title", _("Title")
        ALIAS = "alias", _("Another word")

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="words")
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=5, choices=Kind)
    text = models.CharField(max_length=200)
    # As it is looked for: without case, width or accents of compatibility.
    folded = models.CharField(max_length=220)

    class Meta:
        ordering = ["occupation", "language", "-kind", "text"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "language", "folded"], name="demand_occupationword_once"),
            models.UniqueConstraint(
                fields=["occupation", "language"], condition=Q(kind="title"), name="demand_occupationword_one_title"
            ),
        ]
