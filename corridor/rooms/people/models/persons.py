"""Persons: the one home of personal data."""

from typing import Self

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


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, by: Actor) -> Self:
        if by.holds_everywhere(Permission.PERSON_VIEW):
            return self
        return self.filter(pk__in=by.ids_with(Permission.PERSON_VIEW, "person"))


class Person(models.Model):
    """A human being. What they take part as (student, teacher, company employee) belongs to the enrolment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.SlugField(max_length=30, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True)
    residence_country = models.CharField(max_length=2, blank=True)
    source_mark = models.CharField(max_length=10, choices=SourceMark)
    # Two records of one human being: the later points at the one that stays.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    merged_at = models.DateTimeField(null=True)
    merged_because = models.CharField(max_length=300, blank=True)
    # What remains of an erased person is this row: its key counts in figures, and it says nothing of anybody.
    erased_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
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
                | Q(sex="unknown", born_on__isnull=True, residence_country="", merged_because="", user__isnull=True),
                name="people_person_erased_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def scopes(self) -> frozenset[Scope]:
        return frozenset({("person", self.pk)})

    def called(self, language: str) -> PersonCalled:
        """The name for a reader of that language, and the one to print beside it. Prefetch ``names`` for many."""
        if self.erased_at is not None:
            return PersonCalled(gettext("Erased person"), "")
        return called_in(self.names.all(), language, otherwise=self.reference)

    def display_name(self, language: str) -> str:
        return self.called(language).name
