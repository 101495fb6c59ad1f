"""Records that may be of one human being: the pairs, and one of them side by side."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.likeness.scoring import Clue
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..likening import clues_of, known_of
from ..models import Answer, LikelyDouble, Person, UndoneMerge


@dataclass(frozen=True)
class SideBySide:
    """A pair with everything that speaks for and against it, the strongest first."""

    pair: LikelyDouble
    clues: tuple[Clue, ...]


def list_doubles(*, by: Actor, answer: str = Answer.OPEN, at_most: int = 200) -> list[LikelyDouble]:
    """The likeliest pairs of that answer, with the names of both. :raises AccessDenied: for who merges nobody."""
    return list(_pairs(by).filter(answer=answer)[:at_most])


def count_doubles(*, by: Actor) -> dict[str, int]:
    """How many pairs there are of each answer."""
    by.require(Permission.PERSON_MERGE)
    rows = LikelyDouble.objects.order_by().values_list("answer").annotate(count=Count("pk"))
    return dict.fromkeys(Answer.values, 0) | dict(rows)


def get_double(*, key: UUID, by: Actor) -> SideBySide:
    """:raises NotFound: if there is no such pair (a later search may have dropped it)."""
    pair = _pairs(by).filter(pk=key).first()
    if pair is None:
        raise NotFound(N_("There is no such pair any more."))
    known = known_of(Person.objects.filter(pk__in=[pair.one_id, pair.other_id]))
    clues = clues_of(known[pair.one_id], known[pair.other_id])
    return SideBySide(pair, tuple(sorted(clues, key=lambda clue: -abs(clue.points))))


def list_undone_merges(*, person: Person, by: Actor) -> QuerySet[UndoneMerge]:
    """Merges of this record, or into it, that were taken back."""
    if not by.may(Permission.PERSON_MERGE):
        return UndoneMerge.objects.none()
    rows = UndoneMerge.objects.filter(person=person) | UndoneMerge.objects.filter(into=person)
    return rows.select_related("person", "into")


def _pairs(by: Actor) -> QuerySet[LikelyDouble]:
    by.require(Permission.PERSON_MERGE)
    return LikelyDouble.objects.select_related("one", "other").prefetch_related("one__names", "other__names")
