"""Who can see this, who can change it, and through which office, grant, delegation or override."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from corridor.foundations.access import Actor, Permission, Role, Source, country_scope
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.grants import holding
from corridor.foundations.grants.holding import Holder
from corridor.foundations.grants.models import RecordKind
from corridor.rooms.assessment import reach as assessment
from corridor.rooms.members import reach as members
from corridor.rooms.people.fields import FIELD_RULES
from corridor.rooms.people.opening import account_of, all_records_of
from corridor.rooms.sites import reach as sites
from corridor.rooms.training import reach as training

from .records import Found, find_record

# Everybody is a visitor, and the nightly work is nobody: neither stands in a list of accounts.
NOT_ACCOUNTS = {Role.VISITOR, Role.SYSTEM, Role.OVERRIDE}


@dataclass(frozen=True)
class RoleAccess:
    role: Role
    sees: bool
    changes: bool


@dataclass(frozen=True)
class AccountAccess:
    holder: Holder
    changes: bool


@dataclass(frozen=True)
class FieldAccess:
    field: str
    see: tuple[Role, ...]
    edit: tuple[Role, ...]


@dataclass(frozen=True)
class Access:
    """``is_public``: everybody sees that it exists, and its public part."""

    found: Found
    is_public: bool
    roles: list[RoleAccess]
    accounts: list[AccountAccess]
    fields: list[FieldAccess]


def tell_access(*, kind: str, reference: str, on: date, at: datetime, by: Actor) -> Access:
    """
    Roles and accounts that may see and change a record that day; ``at`` decides which overrides are open. About a dozen statements for any record.

    Readable by who may change it, by oversight, and by the person it is about. Refuses as ``find_record``.
    """
    found = find_record(kind=kind, reference=reference, by=by)
    sees, changes = set(found.kind.sees), set(found.kind.changes)
    roles = [
        RoleAccess(role, bool(PERMISSIONS_OF[role] & (sees | changes)), bool(PERMISSIONS_OF[role] & changes))
        for role in Role
        if role not in NOT_ACCOUNTS
    ]
    holders = [each for each in _holders(found, on, at) if _verbs(each) & (sees | changes)]
    accounts = [AccountAccess(each, bool(_verbs(each) & changes)) for each in holders]
    # What one sent or was asked for is seen by no office; whoever sent a sheet changes what becomes of it.
    accounts += [AccountAccess(each, each.source == Source.SENT) for each in found.holders]
    return Access(
        found=found, is_public=found.kind.open is not None, roles=[each for each in roles if each.sees],
        accounts=sorted(accounts, key=lambda each: (each.holder.role or "", each.holder.username)),
        fields=list(_fields()) if kind == "person" else [],
    )  # fmt: skip


def _holders(found: Found, on: date, at: datetime) -> Iterable[Holder]:
    own_sites, own_cohorts = found.keys("site"), found.keys("cohort")
    # Who speaks for one record of an organisation speaks for all that were merged.
    own_members = frozenset().union(*members.records_of(found.keys("member")).values())
    yield from members.holders(own_members, on=on)
    if own_sites:
        yield from sites.holders(own_sites, on=on)
    if own_cohorts:
        yield from training.holders(own_cohorts, on=on)
        yield from assessment.holders(own_cohorts, on=on)
    countries = members.countries_of(own_members) | sites.countries_of(own_sites)
    wide = {country_scope(code) for code in countries}
    wide |= {("programme", key) for key in training.programmes_of(own_cohorts)}
    same = {("member", key) for key in own_members}
    yield from holding.grants_over(found.scopes | wide | same, on=on)
    if found.code in RecordKind.values or found.person_id is not None:
        yield from holding.open_over(_records(found), at=at)
    if found.person_id is not None:
        own = account_of(found.person_id)
        if own is not None:
            yield own


def _verbs(holder: Holder) -> frozenset[Permission]:
    return PERMISSIONS_OF[holder.role] if holder.role is not None else frozenset()


def _records(found: Found) -> frozenset[UUID]:
    """The keys under which it may have been opened: those of all records of a person, or its own."""
    if found.person_id is None:
        return frozenset({found.record.pk})
    return all_records_of({found.person_id})[found.person_id]


def _fields() -> Iterable[FieldAccess]:
    for field, rule in FIELD_RULES.items():
        see, edit = ([role for role in Role if role in part and role != Role.SYSTEM] for part in (rule.see, rule.edit))
        yield FieldAccess(field.value, tuple(see), tuple(edit))
