"""
Looking in the index.

Of what was typed, the two rarest pairs lead to the candidates, and the whole is compared with each. One letter of a script that spells is in most
names: then the forms are read until enough are found. Whatever is called exactly so is looked up first, however many names hold it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from .grams import asked, grams_of
from .models import Found, Gram

# How many rows of a pair are counted to tell the rare ones, and how many candidates are ranked.
COUNTED, RANKED = 2_000, 200


class Hit(NamedTuple):
    """A thing that is called so; the lower the rank the better it fits."""

    kind: str
    key: UUID
    rank: tuple[int, int]


def find(
    words: str, *, kinds: Collection[str], among: Mapping[str, QuerySet[Any, Any] | Collection[UUID]], limit: int = 50
) -> list[Hit]:
    """
    Things of those kinds whose name holds what was typed, in any script, the best fit first: the same name, then a beginning, then a part.

    ``among`` narrows a kind to the keys that the reader may see (a query of them, or a few); a kind that it does not name is found whole.
    Nothing typed finds nothing.
    """
    letters = asked(words)
    if not letters or not kinds:
        return []
    seen = Q(sort__in=sorted(set(kinds) - set(among)))
    for kind in sorted(set(kinds) & set(among)):
        seen |= Q(sort=kind, key__in=among[kind])
    best: dict[tuple[str, UUID], tuple[int, int]] = {}
    for rows in (Found.objects.filter(plain=letters), _candidates(letters)):
        # The kind as an expression, so that SQLite begins at the rare pair and not at the index of kinds, which leads to every name.
        for kind, key, form in (
            rows.alias(sort=Concat("kind", Value(""))).filter(seen).values_list("kind", "key", "plain")[:RANKED]
        ):
            rank = (0 if form == letters else 1 if form.startswith(letters) else 2, len(form))
            best[(kind, key)] = min(rank, best.get((kind, key), rank))
    hits = [Hit(kind, key, rank) for (kind, key), rank in best.items()]
    return sorted(hits, key=lambda hit: (hit.rank, hit.kind, hit.key))[:limit]


def _candidates(letters: str) -> QuerySet[Found]:
    grams = sorted(grams_of(letters), key=len, reverse=True)
    pairs = [gram for gram in grams if len(gram) == 2] or grams
    if not pairs:
        return Found.objects.filter(plain__contains=letters)
    often = _how_often(pairs)
    rare = sorted(pairs, key=lambda pair: often[pair])[:2]
    # The join begins at the rarest pair, row by row, and ends when enough are found.
    found = Found.objects.filter(grams__gram=rare[0])
    if len(rare) > 1:
        found = found.filter(Exists(Gram.objects.filter(found=OuterRef("pk"), gram=rare[1])))
    return found.filter(plain__contains=letters) if len(letters) > len(rare[0]) else found


def _how_often(pairs: Sequence[str]) -> dict[str, int]:
    """How many forms hold each, counted up to the bound, in one statement: most of a search was spent in asking for each pair."""
    if len(pairs) == 1:
        return {pairs[0]: 0}
    table = connection.ops.quote_name(Gram._meta.db_table)
    one = f"(SELECT COUNT(*) FROM (SELECT 1 AS held FROM {table} WHERE gram = %s LIMIT {COUNTED}) AS few)"  # noqa: S608 (our own table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(pairs))}", list(pairs))
        return dict(zip(pairs, cursor.fetchone(), strict=True))
