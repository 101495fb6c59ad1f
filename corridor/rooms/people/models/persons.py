"""Persons: the one home of personal data."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.kernel.identifiers import new_id
from corridor.rooms.members.models import SourceMark

from ..naming import PersonCalled, called_in


class Sex(models.TextChoices):
    FEMALE = "female", _("Women")
    MALE = "male", _("Men")
    UNKNOWN = "unknown", _("Unknown")


class NameOrder(models.TextChoices):
    """Which part of the name is said first. Many people have one name only."""

    GIVEN_FIRST = "given_first", _("Given name first")
    FAMILY_FIRST = "family_first", _("Family name first")
    MONONYM = "mononym", _("One name only")


class BirthCalendar(models.TextChoices):
    """The calendar in which a day of birth was given; ``born_on`` is the same day as the world counts it."""

    GREGORIAN = "gregorian", _("Gregorian")
    BUDDHIST = "buddhist", _("Buddhist era (543 years more)")
    MINGUO = "minguo", _("Minguo (1911 years less)")
    CHINESE = "chinese", _("Chinese lunar calendar")
    HIJRI = "hijri", _("Islamic calendar")
    JALALI = "jalali", _("Persian calendar")


class BirthPrecision(models.TextChoices):
    DAY = "day", _("The day")
    MONTH = "month", _("The month only")
    YEAR = "year", _("The year only")


class Disability(models.TextChoices):
    """Asked only for a purpose that is written down; who was never asked has none of these."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SAID = "not_said", _("Not said")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, by: Actor, *, reached: models.QuerySet[Any, Any] | None = None) -> Self:
        """
        Persons whom this actor may see. ``reached`` are the keys of those whom the actor's grants for sites reach: a later room
        knows who learns and works where, and a journey brings its answer here (journeys/find_persons.py).
        """
        if by.holds_everywhere(Permission.PERSON_VIEW):
            return self
        own = Q(pk__in=by.ids_with(Permission.PERSON_VIEW, "person"))
        return self.filter(own if reached is None else own | Q(pk__in=reached))


class Person(models.Model):
    """A human being. What they take part as (student, teacher, company employee) belongs to the enrolment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=30, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True)
    residence_country = models.CharField(max_length=2, blank=True)
    name_order = models.CharField(max_length=12, choices=NameOrder, blank=True)
    honorific = models.CharField(max_length=40, blank=True)
    # ``born_on`` is the first day of what is known: of the month, of the year. As it was written stays beside it.
    birth_calendar = models.CharField(max_length=10, choices=BirthCalendar, default=BirthCalendar.GREGORIAN)
    birth_precision = models.CharField(max_length=5, choices=BirthPrecision, default=BirthPrecision.DAY)
    birth_written = models.CharField(max_length=40, blank=True)
    # Why the fact is collected; without a purpose nobody is asked about a disability.
    sex_because = models.ForeignKey("people.Purpose", null=True, on_delete=models.PROTECT, related_name="+")
    disability = models.CharField(max_length=10, choices=Disability, blank=True)
    disability_because = models.ForeignKey("people.Purpose", null=True, on_delete=models.PROTECT, related_name="+")
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    # Two records of one human being: the later points at the one that stays.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged", db_index=False)
    merged_at = models.DateTimeField(null=True)
    merged_because = models.CharField(max_length=300, blank=True)
    # What remains of an erased person is this row: its key counts in figures, and it says nothing of anybody.
    erased_at = models.DateTimeField(null=True)

    # The sites through which the asking actor reaches this person; filled by whoever found the person (journeys/find_persons.py).
    reached_at: frozenset[Scope] = frozenset()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["residence_country", "reference"]),
            # Partial: almost nobody is merged, and a list that leaves those few out is read by its own order.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_person_merged"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(disability="", disability_because__isnull=True)
                | (~Q(disability="") & Q(disability_because__isnull=False)),
                name="people_person_disability_has_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="people_person_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="people_person_merge_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    sex="unknown",
                    born_on__isnull=True,
                    residence_country="",
                    merged_because="",
                    user__isnull=True,
                    birth_written="",
                    honorific="",
                    disability="",
                ),
                name="people_person_erased_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("person", self.pk)}) | self.reached_at

    def called(self, language: str) -> PersonCalled:
        """The name for a reader of that language, and the one to print beside it. Prefetch ``names`` for many."""
        if self.erased_at is not None:
            return PersonCalled(gettext("Erased person"), "")
        return called_in(self.names.all(), language, otherwise=self.reference)

    def display_name(self, language: str) -> str:
        return self.called(language).name
