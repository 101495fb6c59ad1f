"""Which kept figures stand on the records of a person: those need what they were counted from, but no name."""

from collections.abc import Collection, Iterable
from itertools import batched
from uuid import UUID

from corridor.rooms.credentials.models import Credential
from corridor.rooms.outcomes.models import FollowUp
from corridor.rooms.training.models import Enrolment, Stay, Trainer

from .models import EditionFigure, EvidenceLine

AT_ONCE = 500


def figures_behind(persons: Collection[UUID]) -> tuple[str, ...]:
    """The references of the kept figures that count a record that is about these persons."""
    found: set[str] = set()
    for part in batched(_records(persons), AT_ONCE):
        found |= set(EvidenceLine.objects.filter(record_id__in=part).values_list("figure__reference", flat=True))
    return tuple(sorted(found))


def persons_counted(persons: Collection[UUID]) -> set[UUID]:
    """Those of these persons behind whom a kept figure stands."""
    counted: set[UUID] = set()
    for some in batched(sorted(persons), AT_ONCE):
        owner = _records(some)
        for part in batched(owner, AT_ONCE):
            lines = EvidenceLine.objects.filter(record_id__in=part).values_list("record_id", flat=True).distinct()
            counted |= {owner[record] for record in lines}
    return counted


def _records(persons: Collection[UUID]) -> dict[UUID, UUID]:
    """Every record about these persons that can stand in evidence, with its person."""
    found: dict[UUID, UUID] = {}
    found |= dict(Enrolment.objects.filter(person__in=persons).values_list("pk", "person_id"))
    for model in (Credential, FollowUp):
        rows = model._default_manager.filter(enrolment__person__in=persons)
        found |= dict(rows.values_list("pk", "enrolment__person_id"))
    for own in (Trainer, Stay):
        found |= dict(own._default_manager.filter(person__in=persons).values_list("pk", "person_id"))
    return found


def persons_behind(edition: str) -> set[UUID]:
    """The persons whom the figures of an edition (its reference) count."""
    figures = EditionFigure.objects.filter(edition__reference=edition).values("figure")
    return persons_of(EvidenceLine.objects.filter(figure__in=figures).values_list("record_id", flat=True).distinct())


def persons_of(records: Iterable[UUID]) -> set[UUID]:
    """The persons whom these records of evidence (their keys) are about."""
    found: set[UUID] = set()
    for part in batched(records, AT_ONCE):
        found |= set(Enrolment.objects.filter(pk__in=part).values_list("person_id", flat=True))
        for model in (Credential, FollowUp):
            rows = model._default_manager.filter(pk__in=part)
            found |= set(rows.values_list("enrolment__person_id", flat=True))
        for own in (Trainer, Stay):
            found |= set(own._default_manager.filter(pk__in=part).values_list("person_id", flat=True))
    return found
