"""One record that is asked who sees it and what happened to it: found for who may ask that."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Scope
from corridor.foundations.access.permissions import Permission as P  # noqa: N817
from corridor.foundations.grants.holding import Holder
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .record_kinds import KINDS, Kind


@dataclass(frozen=True)
class Found:
    """A record that the reader may see, with what reaches it."""

    code: str
    kind: Kind
    record: Any
    reference: str
    scopes: frozenset[Scope]
    person_id: UUID | None
    holders: tuple[Holder, ...]

    def may_change(self, by: Actor) -> bool:
        """Whether the reader oversees, or may change it in any way."""
        return by.may(P.GRANT_VIEW) or any(_may(by, verb, self.scopes) for verb in self.kind.changes)

    def keys(self, kind: str) -> frozenset[UUID]:
        return frozenset(key for each, key in self.scopes if each == kind)


def find_record(*, kind: str, reference: str, by: Actor) -> Found:
    """
    The record, for who may change it or oversees, for the person it is about, and for who sent it or was asked to judge it.

    :raises NotFound: for a kind that is not asked this way, and for what the reader may not see. :raises AccessDenied: for others who may see it.
    """
    known = KINDS.get(kind)
    if known is None:
        raise NotFound(N_("There is no such kind of record."))
    record = known.find(reference, by)
    scopes: frozenset[Scope] = record.scopes() if hasattr(record, "scopes") else frozenset()
    person = next((key for each, key in scopes if each == "person"), None)
    found = Found(kind, known, record, reference, scopes, person, tuple(known.holders(record)))
    is_own = (person is not None and by.person_id == person) or by.user_id in {each.user_id for each in found.holders}
    if not is_own and not found.may_change(by):
        by.require(P.GRANT_VIEW)
    return found


def _may(by: Actor, verb: P, scopes: frozenset[Scope]) -> bool:
    return by.holds_everywhere(verb) or any(by.holds_for(verb, scope) for scope in scopes)


def may_ask(*, kind: str, record: Any, by: Actor) -> tuple[bool, bool]:
    """
    For the page of a record: whether this reader may ask who sees it, and what happened to it.

    A visitor may not, and nothing is read for that; nor for oversight. ``find_record`` decides again when they do ask.
    """
    if by.user_id is None:
        return False, False
    if by.may(P.GRANT_VIEW):
        return True, True
    changing = [verb for verb in KINDS[kind].changes if by.holds_somewhere(verb)]
    scopes: frozenset[Scope] = (
        record.scopes() if hasattr(record, "scopes") and (changing or by.person_id) else frozenset()
    )
    may_change = any(_may(by, verb, scopes) for verb in changing)
    is_own = ("person", by.person_id) in scopes or by.user_id in {each.user_id for each in KINDS[kind].holders(record)}
    return may_change or is_own, may_change
