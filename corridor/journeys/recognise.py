"""Who is asking. Each room knows the grants it gives; this is the only file that puts them together."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from corridor.foundations.access import READING, VISITOR, Actor, Grant, Permission, Reach, Role, Scope, Source
from corridor.foundations.accounts.models import User
from corridor.foundations.grants import queries as given
from corridor.foundations.grants.giving import reaches
from corridor.foundations.grants.models import AccessGrant, Viewing
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.members import queries as members
from corridor.rooms.members.reach import members_in, records_of
from corridor.rooms.people.opening import all_records_of
from corridor.rooms.people.standing import standing_of
from corridor.rooms.sites import queries as sites
from corridor.rooms.sites.reach import sites_in
from corridor.rooms.training import queries as training
from corridor.rooms.training.reach import cohorts_of


class Recognised(NamedTuple):
    """Who asks, and as which role they look, if as another than their own."""

    actor: Actor
    viewing: Viewing | None


def recognise(user: User, *, on: date, at: datetime | None = None) -> Actor:
    """
    Return the actor this account is on that day. Doors call it once per request; nobody stores the result.

    ``at`` is the world's own instant: with it a record that oversight opened for an hour counts. A closed account is a visitor. Everyone may do
    what a visitor may.
    """
    if not user.is_active:
        return VISITOR
    person = standing_of(user=user)
    rows = given.held_grants(user=user, on=on)
    own = _offices(user, on, rows) | person.grants
    passed = [row for row in rows if row.passed_by_id]
    grants = own | _still_held(passed, on) if passed else own
    actor = Actor(
        label=user.username, user_id=user.pk, person_id=person.person_id, grants=grants | {Grant(Role.VISITOR)},
        reach=_reach(rows),
    )  # fmt: skip
    # Asked only of those who may: losing the office closes what it had opened.
    if at is not None and actor.may(Permission.OVERRIDE_BEGIN):
        opened = given.open_overrides(user=user, at=at)
        actor = replace(actor, grants=actor.grants | opened, reach={**actor.reach, **_records_opened(opened)})
    return actor


def recognise_at_a_page(user: User, *, on: date, at: datetime) -> Recognised:
    """As ``recognise``; whoever sees the product as a role is that role, and reads alone."""
    actor = recognise(user, on=on, at=at)
    viewing = given.open_viewing(user=user, at=at) if actor.may(Permission.ACCESS_SEE_AS) else None
    return Recognised(_as_role(actor, viewing) if viewing is not None else actor, viewing)


def visitor() -> Actor:
    """Return the actor of a reader who is not signed in."""
    return VISITOR


def at_the_machine() -> Actor:
    """
    Return the actor of a command: whoever starts one reaches the database as well, so they read as an auditor does.

    It signs and changes nothing.
    """
    return AT_THE_MACHINE


AT_THE_MACHINE = Actor(label="command line", grants=frozenset({Grant(Role.VISITOR), Grant(Role.AUDITOR)}))


def _as_role(actor: Actor, viewing: Viewing) -> Actor:
    """
    The role there, but only its reading, and of that only what the one who looks may read everywhere: no row about a person comes to light
    that they could not open as themself. It is nobody in particular, so nothing that is one person's own is there.
    """
    role, scope = Role(viewing.role), viewing.scope()
    return Actor(
        label=actor.label, user_id=actor.user_id, person_id=None,
        grants=frozenset({Grant(Role.VISITOR), Grant(role, scope)}),
        reach=_reach_of([(viewing.scope_kind, viewing.scope_reference, scope)] if scope is not None else []),
        only=frozenset(permission for permission in READING if actor.holds_everywhere(permission)),
    )  # fmt: skip


def _offices(user: User, on: date, rows: Iterable[AccessGrant]) -> frozenset[Grant]:
    """All but what was passed on, and what comes with being a person here."""
    return (
        members.grants_of(user=user, on=on)
        | _from(Source.POST, sites.grants_of(user=user, on=on))
        | _from(Source.COHORT, training.grants_of(user=user, on=on))
        | _from(Source.COHORT, assessment.grants_of(user=user, on=on))
        | frozenset(given.as_grant(row) for row in rows if not row.passed_by_id)
    )


def _from(source: Source, grants: Iterable[Grant]) -> frozenset[Grant]:
    return frozenset(Grant(each.role, each.scope, source) for each in grants)


def _still_held(passed: list[AccessGrant], on: date) -> frozenset[Grant]:
    """Of what was passed on, what the giver still holds by an office or a grant; asked once per giver."""
    owners: dict[UUID, tuple[frozenset[Grant], Reach]] = {}
    for row in passed:
        owner = row.passed_by
        if owner is not None and owner.pk not in owners and owner.is_active:
            rows = given.held_grants(user=owner, on=on)
            owners[owner.pk] = (_offices(owner, on, rows), _reach(rows))
    return frozenset(
        given.as_grant(row)
        for row in passed
        if row.passed_by_id in owners and _covers(*owners[row.passed_by_id], Grant(Role(row.role), row.scope()))
    )


def _covers(grants: frozenset[Grant], reach: Reach, wanted: Grant) -> bool:
    return any(each.role == wanted.role and reaches(each, wanted.scope, reach) for each in grants)


def _records_opened(opened: Iterable[Grant]) -> Reach:
    """Of a person whose records were merged, all of them. One statement a step, and none where no person is open."""
    persons = {each.scope[1] for each in opened if each.scope is not None and each.scope[0] == "person"}
    return {("person", key): {"person": same} for key, same in all_records_of(persons).items()}


def _reach(rows: Iterable[AccessGrant]) -> Reach:
    return _reach_of(
        [(row.scope_kind, row.scope_reference, scope) for row in rows if (scope := row.scope()) is not None]
    )


def _reach_of(places: Iterable[tuple[str, str, Scope]]) -> Reach:
    """
    What the wide scopes among these hold, and which other records an organisation has that was merged: in five statements at most, and none
    where there is none.
    """
    places = list(places)
    countries = {reference: scope for kind, reference, scope in places if kind == "country"}
    members = {scope[1] for kind, _reference, scope in places if kind == "member"}
    programmes = {scope[1]: scope for kind, _reference, scope in places if kind == "programme"}
    found: dict[Scope, dict[str, frozenset[UUID]]] = {}
    if countries:
        inside, there = members_in(countries), sites_in(countries)
        found |= {scope: {"member": inside[code], "site": there[code]} for code, scope in countries.items()}
    if members:
        found |= {("member", key): {"member": same} for key, same in records_of(members).items()}
    if programmes:
        taught = cohorts_of(programmes)
        found |= {scope: {"cohort": taught[key]} for key, scope in programmes.items()}
    return found
