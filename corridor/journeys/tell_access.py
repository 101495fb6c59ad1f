"""Who can see this, who can change it, and through which office, grant, delegation or override."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Role, country_scope
from corridor.foundations.access.roles import PERMISSIONS_OF
from corridor.foundations.grants import holding
from corridor.foundations.grants.holding import Holder
from corridor.rooms.assessment import reach as assessment
from corridor.rooms.members import reach as members
from corridor.rooms.people.fields import FIELD_RULES
from corridor.rooms.people.opening import account_of
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
    holders = [each for each in _holders(found, on, at) if PERMISSIONS_OF[each.role] & (sees | changes)]
    accounts = [AccountAccess(each, bool(PERMISSIONS_OF[each.role] & changes)) for each in holders]
    return Access(
        found=found, is_public=found.kind.open is not None, roles=[each for each in roles if each.sees],
        accounts=sorted(accounts, key=lambda each: (each.holder.role, each.holder.username)),
        fields=list(_fields()) if kind == "person" else [],
    )  # fmt: skip


def _holders(found: Found, on: date, at: datetime) -> Iterable[Holder]:
    own_members, own_sites, own_cohorts = found.keys("member"), found.keys("site"), found.keys("cohort")
    yield from members.holders(own_members, on=on)
    if own_sites:
        yield from sites.holders(own_sites, on=on)
    if own_cohorts:
        yield from training.holders(own_cohorts)
        yield from assessment.holders(own_cohorts, on=on)
    countries = members.countries_of(own_members) | sites.countries_of(own_sites)
    wide = {country_scope(code) for code in countries}
    wide |= {("programme", key) for key in training.programmes_of(own_cohorts)}
    yield from holding.grants_over(found.scopes | wide, on=on)
    if found.person_id is not None:
        yield from holding.open_over(found.person_id, at=at)
        own = account_of(found.person_id)
        if own is not None:
            yield own


def _fields() -> Iterable[FieldAccess]:
    for field, rule in FIELD_RULES.items():
        see, edit = ([role for role in Role if role in part and role != Role.SYSTEM] for part in (rule.see, rule.edit))
        yield FieldAccess(field.value, tuple(see), tuple(edit))
