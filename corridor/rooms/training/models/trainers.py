"""The register of trainers: since when, what they have learned, which languages they speak and which units they may train."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor, Permission, Scope
from corridor.foundations.documents.models import Document
from corridor.kernel.identifiers import new_id
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from .cohorts import CohortTrainer
from .stays import Stay


class TrainerQuerySet(models.QuerySet["Trainer"]):
    def visible_to(self, by: Actor) -> Self:
        """Everybody for who oversees; those of one's member, those who teach or are posted at one's site; and oneself."""
        if by.holds_everywhere(Permission.TRAINER_VIEW):
            return self
        members, sites = by.ids_with(Permission.TRAINER_VIEW, "member"), by.ids_with(Permission.TRAINER_VIEW, "site")
        teaching = CohortTrainer.objects.filter(Q(cohort__site__in=sites) | Q(cohort__site__host__in=members))
        posted = Stay.objects.filter(Q(site__in=sites) | Q(site__host__in=members) | Q(sent_by__in=members))
        return self.filter(
            Q(person=by.person_id)
            | Q(employer__in=members)
            | Q(person__in=teaching.values("person"))
            | Q(person__in=posted.values("person"))
        )


class Trainer(models.Model):
    """A person who trains for the alliance: from a day, and where that is over, until one. A person stands here once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    # None: employed by nobody, or by nobody whom the alliance knows.
    employer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    held_from = models.DateField()
    held_before = models.DateField(null=True)

    objects = TrainerQuerySet.as_manager()

    class Meta:
        ordering = ["person__reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_before__isnull=True) | Q(held_before__gt=F("held_from")),
                name="training_trainer_is_one_for_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.person.reference

    @property
    def reference(self) -> str:
        return self.person.reference

    def scopes(self) -> frozenset[Scope]:
        own: frozenset[Scope] = frozenset({("person", self.person_id)})
        return own | {("member", self.employer_id)} if self.employer_id else own

    def is_registered(self, *, on: date) -> bool:
        return self.held_from <= on and (self.held_before is None or on < self.held_before)


class TrainerQualification(models.Model):
    """What a trainer has learned or may do, who says so, since when and until when; with the paper, where there is one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="qualifications")
    what = models.CharField(max_length=200)
    awarded_by = models.CharField(max_length=200)
    awarded_on = models.DateField()
    valid_before = models.DateField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-awarded_on", "what"]
        constraints = [
            models.UniqueConstraint(
                fields=["trainer", "what", "awarded_by", "awarded_on"], name="training_qualification_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True) | Q(valid_before__gt=F("awarded_on")),
                name="training_qualification_holds_for_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def is_valid(self, *, on: date) -> bool:
        return self.awarded_on <= on and (self.valid_before is None or on < self.valid_before)


class LanguageScale(models.TextChoices):
    """In which scale a level is said. The levels of two scales are never compared."""

    FIRST = "first", _("First language")
    CEFR = "cefr", _("CEFR")
    HSK_2010 = "hsk_2010", _("HSK of 2010")
    HSK_2021 = "hsk_2021", _("HSK of 2021")


class LanguageSource(models.TextChoices):
    """Where a level comes from: it is a claim, and somebody makes it."""

    OWN_WORD = "own_word", _("Said by themself")
    CERTIFICATE = "certificate", _("By a certificate")
    TEST = "test", _("By a test here")


class TrainerLanguage(models.Model):
    """A language that a trainer says to speak, how well in the words of one scale, and by what that is known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="languages")
    language = models.CharField(max_length=12)
    scale = models.CharField(max_length=10, choices=LanguageScale)
    level = models.CharField(max_length=4, blank=True)
    source = models.CharField(max_length=12, choices=LanguageSource)
    claimed_on = models.DateField()

    class Meta:
        ordering = ["language", "scale"]
        constraints = [
            models.UniqueConstraint(fields=["trainer", "language", "scale"], name="training_language_once_in_a_scale"),
            models.CheckConstraint(
                condition=Q(scale="first", level="") | (~Q(scale="first") & ~Q(level="")),
                name="training_language_has_a_level",
            ),
        ]


class TrainerUnit(models.Model):
    """A unit that a trainer may train, from a day on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    trainer = models.ForeignKey(Trainer, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    allowed_on = models.DateField()

    class Meta:
        ordering = ["unit"]
        constraints = [models.UniqueConstraint(fields=["trainer", "unit"], name="training_trainer_unit_once")]
