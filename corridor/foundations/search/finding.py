"""
Looking in the index.

Of what was typed, the two rarest pairs lead to the candidates, and the whole is compared with each. One letter of a script that spells is in most
names: then the forms are read until enough are found.
"""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from .grams import asked, grams_of
from .models import Found, Gram

# How many rows of a pair are counted to tell the rare ones, and how many candidates are ranked.
COUNTED, RANKED = 2_000, 200
KEYS_AT_ONCE = 5_000


class Hit(NamedTuple):
    """A thing that is called so; the lower the rank the better it fits."""

    kind: str
    key: UUID
    rank: tuple[int, int]


def find(words: str, *, kinds: Collection[str], among: Collection[UUID] | None = None, limit: int = 50) -> list[Hit]:
    """
    Things of those kinds whose name holds what was typed, in any script, the best fit first: the same name, then a beginning, then a part.

    ``among`` narrows to these keys (what a reader of few records may see); whoever may see all leaves it out. Nothing typed finds nothing.
    """
    letters = asked(words)
    if not letters or not kinds or (among is not None and not among):
        return []
    rows = _candidates(letters).filter(kind__in=sorted(kinds))
    if among is not None and len(among) <= KEYS_AT_ONCE:
        rows = rows.filter(key__in=sorted(among))
    best: dict[tuple[str, UUID], tuple[int, int]] = {}
    for kind, key, form in rows.values_list("kind", "key", "plain")[
        : RANKED if among is None or len(among) <= KEYS_AT_ONCE else None
    ]:
        if among is None or key in among:
            rank = (0 if form == letters else 1 if form.startswith(letters) else 2, len(form))
            best[(kind, key)] = min(rank, best.get((kind, key), rank))
    hits = [Hit(kind, key, rank) for (kind, key), rank in best.items()]
    return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.key))[:limit]


def _candidates(letters: str) -> QuerySet[Found]:
    grams = sorted(grams_of(letters), key=len, reverse=True)
    pairs = [gram for gram in grams if len(gram) == 2] or grams
    if not pairs:
        return Found.objects.filter(plain__contains=letters)
    rare = sorted(pairs, key=_how_many)[:2]
    # The join begins at the rarest pair, row by row, and ends when enough are found.
    found = Found.objects.filter(grams__gram=rare[0])
    if len(rare) > 1:
        found = found.filter(Exists(Gram.objects.filter(found=OuterRef("pk"), gram=rare[1])))
    return found.filter(plain__contains=letters) if len(letters) > len(rare[0]) else found


def _how_many(gram: str) -> int:
    return Gram.objects.filter(gram=gram)[:COUNTED].count()
