"""The register of trainers: who stands in it, and everything about one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.finding import found_by
from corridor.rooms.people.merging import merged_persons, same_person_ids
from corridor.rooms.people.models import Person

from ..cascade import Node, cascade_on
from ..models import (
    AgreedAction,
    CohortTrainer,
    LanguageScale,
    LanguageSource,
    ObservedSession,
    Stay,
    Trainer,
    TrainerQualification,
)
from ..names import Name, names_of
from ..own_sessions import OwnSession, own_sessions
from ..trainer_drafts import Spoken, TrainerFacts
from .knowing import Named, named

REGISTERED, ENDED = "registered", "ended"


@dataclass(frozen=True, slots=True)
class TrainerLine:
    """One line of the list: who, what they taught (signed sessions) and what they may train."""

    trainer: Trainer
    name: Name
    cohorts: int
    sessions: int
    minutes: int

    @property
    def hours(self) -> int:
        return self.minutes // 60


@dataclass(frozen=True)
class TrainerPage:
    """``next_after`` goes into ``after`` for the next page; empty on the last one."""

    rows: list[TrainerLine]
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class CohortTaught:
    """A cohort that the trainer teaches or taught, with the signed sessions that are their own."""

    place: CohortTrainer
    sessions: int
    minutes: int

    @property
    def hours(self) -> int:
        return self.minutes // 60


@dataclass(frozen=True)
class TrainerRecord:
    """All of one trainer. ``entries`` are the rows of all records of this human being, the one that stays first."""

    trainer: Trainer
    entries: list[Trainer]
    name: Name
    on: date
    qualifications: list[TrainerQualification]
    languages: list[Any]
    units: list[Any]
    taught: list[CohortTaught]
    observed: list[ObservedSession]
    stays: list[Stay]
    node: Node | None
    trained_by: list[Named]
    trained: list[Named]
    may_keep: bool

    @property
    def is_registered(self) -> bool:
        return self.trainer.is_registered(on=self.on)

    @property
    def hours(self) -> int:
        return sum(each.minutes for each in self.taught) // 60

    @property
    def sessions(self) -> int:
        return sum(each.sessions for each in self.taught)

    @property
    def open_actions(self) -> list[AgreedAction]:
        return [action for observed in self.observed for action in observed.agreed.all() if action.done_on is None]


def trainers_on(
    *,
    by: Actor,
    on: date,
    words: str = "",
    employer: str = "",
    language: str = "",
    unit: str = "",
    site: str = "",
    state: str = "",
) -> QuerySet[Trainer]:
    """
    Trainers whom the reader may see, by reference. ``state`` is "registered" or "ended" on that day; ``unit`` is "curriculum.version.code" or the
    beginning of it; ``site`` is where they teach or are posted that day.
    """
    found = Trainer.objects.visible_to(by).filter(person__erased_at__isnull=True)
    # Of two records of one human being in the register, the one that stays is listed.
    found = found.exclude(person__merged_into__in=Trainer.objects.values("person"))
    if words:
        found = found.filter(person__in=found_by(Person.objects.all(), words))
    if employer:
        found = found.filter(employer__reference=employer)
    if language:
        found = found.filter(languages__language=language)
    if unit:
        curriculum, version, code = [*unit.split("."), "", ""][:3]
        named = {
            "unit__version__curriculum__reference": curriculum,
            "unit__version__version": version,
            "unit__code": code,
        }
        found = found.filter(**{f"units__{path}": value for path, value in named.items() if value})
    if site:
        there = Q(held_before__isnull=True) | Q(held_before__gt=on)
        teaching = CohortTrainer.objects.filter(there, cohort__site__reference=site, cohort__ends_before__gt=on)
        posted = Stay.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=on), site__reference=site, starts_on__lte=on
        )
        found = found.filter(Q(person__in=teaching.values("person")) | Q(person__in=posted.values("person")))
    is_registered = Q(held_from__lte=on) & (Q(held_before__isnull=True) | Q(held_before__gt=on))
    if state:
        found = found.filter(is_registered if state == REGISTERED else ~is_registered)
    return found.distinct().select_related("person", "employer").order_by("person__reference")


def list_trainers_on(*, by: Actor, on: date, after: str = "", limit: int = 50, **narrowed: str) -> TrainerPage:
    """A page of the list, each with what they taught; the same statements for any number of rows. Narrowed as ``trainers_on``."""
    found = trainers_on(by=by, on=on, **narrowed)
    if after:
        found = found.filter(person__reference__gt=after)
    read = found.prefetch_related("languages", "units__unit__version__curriculum", "employer__names")
    rows = list(read[: limit + 1])
    heirs = merged_persons()
    persons = [heirs.get(row.person_id, row.person_id) for row in rows[:limit]]
    taught = own_sessions(persons, on=on, heirs=heirs)
    names = names_of(persons)
    return TrainerPage(
        [_line(row, names[key], taught.get(key, [])) for row, key in zip(rows[:limit], persons, strict=True)],
        rows[limit - 1].person.reference if len(rows) > limit else "",
    )


def count_registered(*, by: Actor, on: date) -> int:
    return trainers_on(by=by, on=on, state=REGISTERED).count()


def find_trainer(*, reference: str, by: Actor) -> Trainer:
    """
    By the reference of the person, of a merged record the one that stays.

    :raises NotFound: if there is none, or none for this reader.
    """
    visible = Trainer.objects.visible_to(by).filter(person__erased_at__isnull=True).select_related("person", "employer")
    found = visible.filter(person__reference=reference).first()
    if found is None or found.person.merged_into_id is not None:
        person = Person.objects.filter(reference=reference).first()
        keys = same_person_ids([person.pk])[person.pk] if person is not None else frozenset()
        rows = sorted(visible.filter(person__in=keys), key=lambda each: each.person.merged_into_id is not None)
        found = rows[0] if rows else found
    if found is None:
        raise NotFound(N_("There is no trainer %(reference)s that you may see."), reference=reference)
    return found


def get_trainer(*, reference: str, on: date, by: Actor) -> TrainerRecord:
    """Everything about one. :raises NotFound: as ``find_trainer``."""
    trainer = find_trainer(reference=reference, by=by)
    keys = same_person_ids([trainer.person_id])[trainer.person_id]
    cascade = cascade_on(on)
    stays_key = cascade.heirs.get(trainer.person_id, trainer.person_id)
    entries = sorted(
        Trainer.objects.filter(person__in=keys).select_related("person"), key=lambda each: each.pk != trainer.pk
    )
    node = cascade.node(stays_key)
    above = {each for training in node.trainings for each in training.trainers} if node is not None else set()
    below = cascade.trained_by(stays_key)
    people = named(cascade=cascade, nodes=[cascade.nodes[key] for key in above] + below, by=by)
    return TrainerRecord(
        trainer=trainer,
        entries=entries,
        name=names_of([stays_key])[stays_key],
        on=on,
        qualifications=list(
            TrainerQualification.objects.filter(trainer__in=entries).select_related("document", "trainer__person")
        ),
        languages=[each for entry in entries for each in entry.languages.all()],
        units=[
            each
            for entry in entries
            for each in entry.units.select_related("unit__version__curriculum").prefetch_related("unit__titles")
        ],
        taught=_taught(keys, own_sessions([stays_key], on=on, heirs=cascade.heirs).get(stays_key, [])),
        observed=observed_of(entries=entries, by=by),
        stays=list(Stay.objects.filter(person__in=keys).with_all()),
        node=node,
        trained_by=[people[key] for key in sorted(above, key=str)],
        trained=sorted(
            (people[each.person] for each in below), key=lambda each: (each.node.trained_on or on, each.reference)
        ),
        may_keep=by.may(Permission.TRAINER_KEEP, on=trainer),
    )


def observed_of(*, entries: Iterable[Trainer], by: Actor) -> list[ObservedSession]:  # noqa: ARG001 (of trainers whom the reader sees)
    """Their watched sessions, the latest first, with scores and what was agreed."""
    rows = ObservedSession.objects.filter(trainer__in=list(entries))
    read = rows.select_related("session__cohort__site", "observer", "rubric", "trainer__person")
    return list(
        read.prefetch_related("scores__criterion__texts", "scores__level__texts", "agreed").order_by(
            "-session__held_on", "-pk"
        )
    )


def facts_of(*, trainer: Trainer, by: Actor) -> TrainerFacts:
    """What the register says of them but the qualifications, as it is written anew. :raises AccessDenied: for who does not keep it."""
    by.require(Permission.TRAINER_KEEP, on=trainer)
    return TrainerFacts(
        held_from=trainer.held_from,
        held_before=trainer.held_before,
        employer=trainer.employer,
        languages=tuple(
            Spoken(each.language, LanguageScale(each.scale), each.level, LanguageSource(each.source), each.claimed_on)
            for each in trainer.languages.all()
        ),
        units=tuple(each.unit for each in trainer.units.select_related("unit")),
    )


def get_qualification(*, trainer: str, key: UUID, by: Actor) -> TrainerQualification:
    """:raises NotFound: if there is none of this trainer, or none for this reader."""
    held = find_trainer(reference=trainer, by=by)
    keys = same_person_ids([held.person_id])[held.person_id]
    found = (
        TrainerQualification.objects.filter(pk=key, trainer__person__in=keys)
        .select_related("trainer__person", "document")
        .first()
    )
    if found is None:
        raise NotFound(N_("There is no such qualification of %(reference)s."), reference=trainer)
    return found


def open_qualification(*, trainer: str, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """Its paper. :raises NotFound: if there is none."""
    found = get_qualification(trainer=trainer, key=key, by=by)
    if found.document is None:
        raise NotFound(N_("This qualification has no paper here."))
    return found.document, bytes_of(found.document)


def _line(trainer: Trainer, name: Name, own: list[OwnSession]) -> TrainerLine:
    return TrainerLine(trainer, name, len({each.cohort for each in own}), len(own), sum(each.minutes for each in own))


def _taught(keys: Collection[UUID], own: list[OwnSession]) -> list[CohortTaught]:
    of_cohort: dict[UUID, list[OwnSession]] = defaultdict(list)
    for each in own:
        of_cohort[each.cohort].append(each)
    places = CohortTrainer.objects.filter(person__in=keys).select_related("cohort__site", "cohort__programme")
    found, seen = [], set()
    for place in places.order_by("-cohort__starts_on", "cohort__reference", "held_from"):
        if place.cohort_id not in seen:
            seen.add(place.cohort_id)
            own_there = of_cohort[place.cohort_id]
            found.append(CohortTaught(place, len(own_there), sum(each.minutes for each in own_there)))
    return found
