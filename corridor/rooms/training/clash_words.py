"""Clashes in words: what is wanted twice, and both sides, as far as the reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Equipment, SiteRoom

from .clashes import Clash, ClashKind, Slot, find_clashes
from .models import Cohort
from .refusals import SessionsClash

MOST_TOLD = 12
_SENTENCES = {
    ClashKind.TRAINER: N_("%(ours)s (%(our_time)s) and %(theirs)s (%(their_time)s) both need the trainer %(what)s."),
    ClashKind.ROOM: N_("%(ours)s (%(our_time)s) and %(theirs)s (%(their_time)s) both need the room %(what)s."),
    ClashKind.EQUIPMENT: N_(
        "%(ours)s (%(our_time)s) and %(theirs)s (%(their_time)s) need more of %(what)s than there is."
    ),
    ClashKind.LEARNER: N_("%(ours)s (%(our_time)s) and %(theirs)s (%(their_time)s) share learners: %(count)s."),
    ClashKind.COHORT: N_("%(ours)s (%(our_time)s) and %(theirs)s (%(their_time)s) are at the same time."),
}
_UNSEEN = N_("%(ours)s (%(our_time)s): %(kind)s is wanted by a cohort that you may not see at the same time.")
_UNSEEN_LEARNERS = N_("%(ours)s (%(our_time)s) shares learners with a cohort that you may not see: %(count)s.")


@dataclass(frozen=True)
class Told:
    """A clash with its sentence."""

    clash: Clash
    message: str
    places: dict[str, object]


def tell_clashes(clashes: Iterable[Clash], *, by: Actor) -> list[Told]:
    """Each clash as a sentence; the other side is not named to who may not see that cohort. Four statements."""
    found = list(clashes)
    keys = {clash.theirs.cohort.pk for clash in found} | {clash.ours.cohort.pk for clash in found}
    seen = set(Cohort.objects.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))
    words = _words(found)
    told = []
    for clash in found:
        what = words.get(clash.what, "") if clash.what else ""
        places = {
            "ours": str(clash.ours), "our_time": _time(clash.ours), "theirs": str(clash.theirs),
            "their_time": _time(clash.theirs), "what": what, "count": clash.count,
        }  # fmt: skip
        if clash.theirs.cohort.pk in seen:
            told.append(Told(clash, _SENTENCES[clash.kind], places))
        else:
            sentence = _UNSEEN_LEARNERS if clash.kind == ClashKind.LEARNER else _UNSEEN
            places = {name: places[name] for name in ("ours", "our_time", "count")} | {"kind": what}
            told.append(Told(clash, sentence, places))
    return told


def require_no_clash(slots: Sequence[Slot], *, by: Actor) -> None:
    """:raises SessionsClash: with a problem for each clash, the first ones where there are many."""
    clashes = find_clashes(slots)
    if clashes:
        told = tell_clashes(clashes[:MOST_TOLD], by=by)
        raise SessionsClash([Problem(each.message, each.places, column="clashing") for each in told])


def _time(slot: Slot) -> str:
    zone = ZoneInfo(slot.cohort.site.zone)
    return f"{slot.begins_at.astimezone(zone):%Y-%m-%d %H:%M}–{slot.ends_at.astimezone(zone):%H:%M} {slot.cohort.site.city}"


def _words(clashes: Sequence[Clash]) -> dict[UUID, str]:
    def keys(kind: ClashKind) -> set[UUID]:
        return {clash.what for clash in clashes if clash.kind == kind and clash.what}

    found: dict[UUID, str] = {}
    found |= dict(SiteRoom.objects.filter(pk__in=keys(ClashKind.ROOM)).values_list("pk", "name"))
    found |= dict(Equipment.objects.filter(pk__in=keys(ClashKind.EQUIPMENT)).values_list("pk", "inventory_number"))
    found |= dict(Person.objects.filter(pk__in=keys(ClashKind.TRAINER)).values_list("pk", "reference"))
    return found
