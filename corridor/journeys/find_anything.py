"""One box for everything: what is called so, as far as the reader may know of it."""

from dataclasses import dataclass
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.search.finding import Hit, find
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort

from .keep_index import KINDS

# Read with a thing, so that a list of any length costs one statement more for each.
WITH = {
    "member": "names", "person": "names", "site": "names", "programme": "titles", "agreement": "texts", "announcement": "titles",
    "conference": "titles", "curriculum": "versions__titles",
}  # fmt: skip
SCOPED: dict[str, Any] = {
    "member": Organisation,
    "person": Person,
    "agreement": Agreement,
    "announcement": Announcement,
    "cohort": Cohort,
}


@dataclass(frozen=True)
class Thing:
    """Something that was found: its kind, and the record with what names it."""

    kind: str
    record: Any


def find_anything(*, words: str, by: Actor, kinds: frozenset[str] = frozenset(), limit: int = 50) -> list[Thing]:
    """
    What is called so in any script, the best fit first; persons only where the reader may see them. ``kinds`` narrows (none: all).

    A few statements whatever is found: candidates from the index, then each kind through its own rule of who sees what.
    """
    wanted = kinds & set(KINDS) if kinds else set(KINDS)
    hits = find(words, kinds=wanted - {"person"}, limit=limit * 2)
    if "person" in wanted and by.holds_somewhere(Permission.PERSON_VIEW):
        among = None if by.holds_everywhere(Permission.PERSON_VIEW) else by.ids_with(Permission.PERSON_VIEW, "person")
        hits += find(words, kinds={"person"}, among=among, limit=limit)
    hits.sort(key=lambda hit: hit.rank)
    return _visible(hits, by)[:limit]


def _visible(hits: list[Hit], by: Actor) -> list[Thing]:
    seen: dict[tuple[str, Any], Any] = {}
    for kind in {hit.kind for hit in hits}:
        model: Any = KINDS[kind].model
        rows = SCOPED[kind].objects.visible_to(by) if kind in SCOPED else model.objects.all()
        rows = rows.filter(pk__in=[hit.key for hit in hits if hit.kind == kind])
        if kind in WITH:
            rows = rows.prefetch_related(WITH[kind])
        seen |= {(kind, row.pk): row for row in rows}
    return [Thing(hit.kind, seen[(hit.kind, hit.key)]) for hit in hits if (hit.kind, hit.key) in seen]
