"""Who is asking: the account, the human being behind it, and every role with where it holds and through what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission, Role, Source
from corridor.foundations.grants import queries as grants
from corridor.foundations.notices.wishing import wishes_of
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort

_MODELS: dict[str, Any] = {
    "member": Organisation, "person": Person, "site": Site, "programme": Programme, "cohort": Cohort,
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A role: for the whole alliance where ``kind`` is "alliance", else for the record of that kind and reference."""

    role: Role
    source: Source
    kind: str
    reference: str


@dataclass(frozen=True)
class Me:
    """``may``: the verbs that are granted for anything at all; a record may still be another's."""

    account: str
    person: Person | None
    language: str
    zone: str
    roles: tuple[Held, ...]
    may: tuple[str, ...]


def who_am_i(*, on: date, by: Actor) -> Me:
    """About nine statements whatever is held. :raises AccessDenied: for a visitor."""
    if by.user_id is None:
        raise AccessDenied(N_("Sign in first; a visitor is nobody in particular."))
    wishes = wishes_of(by=by)
    person = Person.objects.prefetch_related("names").filter(pk=by.person_id).first() if by.person_id else None
    return Me(
        account=by.label, person=person, language=wishes.language, zone=wishes.zone,
        roles=tuple(sorted(_held(on, by), key=lambda each: (each.role, each.kind, each.reference))),
        may=tuple(sorted(permission.value for permission in Permission if by.holds_somewhere(permission))),
    )  # fmt: skip


def _held(on: date, by: Actor) -> Iterable[Held]:
    granted = [each for each in by.grants if each.role != Role.VISITOR]
    keys: dict[str, set[UUID]] = {}
    for each in granted:
        if each.scope is not None:
            keys.setdefault(each.scope[0], set()).add(each.scope[1])
    names = {key: name for kind, some in keys.items() if kind in _MODELS for key, name in _references(kind, some)}
    # A country has no record: what was given says its code.
    names |= {row.scope_key: row.scope_reference for row in grants.own_grants(on=on, by=by) if row.scope_key}
    for each in granted:
        if each.scope is None:
            yield Held(each.role, each.source, "alliance", "")
        else:
            kind, key = each.scope
            yield Held(
                each.role, Source.SELF if each.role == Role.LEARNER else each.source, kind, names.get(key, str(key))
            )


def _references(kind: str, keys: set[UUID]) -> Iterable[tuple[UUID, str]]:
    rows: Iterable[tuple[UUID, str]] = _MODELS[kind].objects.filter(pk__in=keys).values_list("pk", "reference")
    return rows
