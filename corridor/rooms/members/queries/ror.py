"""Which records of ROR may be an organisation: by name, across scripts."""

from dataclasses import dataclass

from corridor.foundations.access import Actor, Permission
from corridor.foundations.likeness.scoring import Clue, score_of

from ..comparing import AT_ONCE, keys_of_names, rarity_for, seen_of
from ..doubles import Rarity, Seen, clues_between, counted
from ..models import Organisation, RorKey, RorRecord

MOST_LOOKED_AT, OFFERED, WORTH_A_LOOK = 300, 8, 35


@dataclass(frozen=True)
class RorMatch:
    """A record with its names, how likely it is this organisation (0 to 100), and why."""

    record: RorRecord
    score: int
    clues: list[Clue]


def is_ror_read(*, by: Actor) -> bool:  # noqa: ARG001 (no secret)
    """Whether the file of ROR was ever read in."""
    return RorRecord.objects.exists()


def ror_matches(*, organisation: Organisation, by: Actor, words: str = "") -> list[RorMatch]:
    """The likeliest records for it, the best first; ``words`` are looked for beside its own names. Five statements or so."""
    by.require(Permission.MEMBER_EDIT, on=organisation)
    own = next(iter(seen_of([organisation.pk])), None)
    names = (*(own.names if own else ()), *((words,) if words else ()))
    if own is None or not names:
        return []
    own = Seen(own.key, names, own.country, own.city, own.kind, own.place, own.identifiers)
    found = RorRecord.objects.filter(pk__in=_candidates(names)).prefetch_related("names")
    matches = []
    seen = {record.pk: _seen(record, own) for record in found}
    rarity = _rarity(own, list(seen.values()))
    for record in found:
        clues = clues_between(own, seen[record.pk], rarity)
        score = score_of(clues)
        if clues and score >= WORTH_A_LOOK:
            matches.append(RorMatch(record, score, clues))
    return sorted(matches, key=lambda match: (-match.score, match.record.pk))[:OFFERED]


def _candidates(names: tuple[str, ...]) -> list[str]:
    """Those that share a key, the ones that share most of them first."""
    shared: dict[str, int] = {}
    keys = sorted(keys_of_names(names, aside=()))
    for start in range(0, len(keys), AT_ONCE):
        rows = RorKey.objects.filter(key__in=keys[start : start + AT_ONCE]).values_list("record_id", flat=True)
        for record in rows[: MOST_LOOKED_AT * 20]:
            shared[record] = shared.get(record, 0) + 1
    return sorted(shared, key=lambda record: (-shared[record], record))[:MOST_LOOKED_AT]


def _seen(record: RorRecord, own: Seen) -> Seen:
    here = None if record.latitude is None or record.longitude is None else (record.latitude, record.longitude)
    names = tuple(dict.fromkeys(each.name for each in record.names.all()))
    # ROR keeps research organisations of every kind: theirs says nothing about ours.
    return Seen(own.key, names, record.country, record.city, own.kind, here, frozenset())


def _rarity(own: Seen, others: list[Seen]) -> Rarity:
    """Among those that were found by a common word, that word is common; the alliance's own names tell the rest."""
    return rarity_for([own]) if not others else Rarity(counted([own, *others]), of=len(others) + 1)
