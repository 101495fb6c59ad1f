"""One box for everything: what is called so, as far as the reader may know of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.search.finding import Hit, find
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import Curriculum, CurriculumVersion
from corridor.rooms.members.merging import merged_organisations
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.merging import final_person_ids
from corridor.rooms.training.models import Cohort

from .find_persons import visible_persons
from .keep_index import KINDS

# Read with a thing, so that a list of any length costs one statement more for each.
WITH = {
    "member": "names", "person": "names", "site": "names", "programme": "titles", "agreement": "texts", "announcement": "titles",
    "conference": "titles", "curriculum": "versions__titles",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """Something that was found: its kind, and the record with what names it."""

    kind: str
    record: Any


def find_anything(*, words: str, by: Actor, kinds: frozenset[str] = frozenset(), limit: int = 50) -> list[Thing]:
    """
    What is called so in any script, the best fit first; persons only where the reader may see them. ``kinds`` narrows (none: all).

    A few statements whatever is found: the index is asked for what each kind's own rule lets this reader see, so that what others may see hides
    nothing of it. A record that was merged is found as the one that stays, at once.
    """
    wanted = kinds & set(KINDS) if kinds else set(KINDS)
    rows = _visible(by)
    among = {kind: seen.values("pk") for kind, seen in rows.items()}
    hits = find(words, kinds=wanted - {"person"}, among=among, limit=limit)
    if "person" in wanted and by.holds_somewhere(Permission.PERSON_VIEW):
        whole = by.holds_everywhere(Permission.PERSON_VIEW)
        hits += find(words, kinds={"person"}, among={} if whole else among, limit=limit)
    hits.sort(key=lambda hit: hit.rank)
    return _things(_final(hits), rows)[:limit]


def _visible(by: Actor) -> dict[str, Any]:
    """What this reader may see of the kinds that not everybody sees whole."""
    versions = CurriculumVersion.objects.visible_to(by)
    return {
        "member": Organisation.objects.visible_to(by),
        "person": visible_persons(by=by),
        "agreement": Agreement.objects.visible_to(by),
        "announcement": Announcement.objects.visible_to(by),
        "curriculum": Curriculum.objects.filter(pk__in=versions.values("curriculum")),
        "cohort": Cohort.objects.visible_to(by),
    }


def _final(hits: list[Hit]) -> list[tuple[str, UUID]]:
    """The index follows a merge a moment later: until then the one that stays stands for the one that went."""
    stays: dict[str, dict[UUID, UUID]] = {
        "person": final_person_ids([hit.key for hit in hits if hit.kind == "person"]),
        "member": merged_organisations() if any(hit.kind == "member" for hit in hits) else {},
    }
    return list(dict.fromkeys((hit.kind, stays.get(hit.kind, {}).get(hit.key, hit.key)) for hit in hits))


def _things(found: list[tuple[str, UUID]], rows: dict[str, Any]) -> list[Thing]:
    seen: dict[tuple[str, UUID], Any] = {}
    for kind in {kind for kind, _key in found}:
        model: Any = KINDS[kind].model
        records = rows.get(kind, model.objects.all()).filter(pk__in=[key for of, key in found if of == kind])
        if kind in WITH:
            records = records.prefetch_related(WITH[kind])
        seen |= {(kind, record.pk): record for record in records}
    return [Thing(kind, seen[(kind, key)]) for kind, key in found if (kind, key) in seen]
