"""Who might issue what, where, on which days, as the records say now. A scope lasts no longer than the membership behind it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import MembershipChange, Organisation, OrganisationName

from .addresses import did_of, programme_url, site_url
from .models import Entitlement, SigningKey
from .proofs.registers import Days, Listed


def listed_issuers() -> list[Listed]:
    """Every organisation that has or had a key or an entitlement, by reference. Five statements, however many there are."""
    keys = set(SigningKey.objects.values_list("organisation", flat=True).distinct())
    keys |= set(Entitlement.objects.values_list("issuer", flat=True).distinct())
    found = list(Organisation.objects.filter(pk__in=keys).order_by("reference"))
    names = dict(
        OrganisationName.objects.filter(organisation__in=keys, kind="official", language="en").values_list(
            "organisation", "name"
        )
    )
    active = active_days(keys)
    scopes: dict[UUID, list[tuple[str, str, Days]]] = {}
    rows = Entitlement.objects.filter(issuer__in=keys).select_related("programme", "site")
    for row in rows.order_by("programme__reference", "site__reference", "starts_on"):
        for days in _within((row.starts_on, row.ends_before), active.get(row.issuer_id, [])):
            where = (programme_url(row.programme.reference), site_url(row.site.reference), days)
            scopes.setdefault(row.issuer_id, []).append(where)
    return [
        Listed(
            did=did_of(each.reference), reference=each.reference, name=names.get(each.pk, each.reference), country=each.country,
            memberships=tuple(active.get(each.pk, [])), scopes=tuple(scopes.get(each.pk, [])),
        )
        for each in found
    ]  # fmt: skip


def active_days(organisations: Collection[UUID]) -> dict[UUID, list[Days]]:
    """The days on which each organisation was an active member, in their order. One statement."""
    changes = MembershipChange.objects.filter(membership__organisation__in=organisations)
    rows = changes.order_by("membership__organisation", "effective_on", "recorded_at", "pk")
    found: dict[UUID, list[Days]] = {}
    open_since: dict[UUID, date] = {}
    for key, membership, to, day in rows.values_list(
        "membership__organisation", "membership", "to_status", "effective_on"
    ):
        if to == MembershipStatus.ACTIVE:
            open_since.setdefault(membership, day)
        elif membership in open_since:
            begun = open_since.pop(membership)
            if begun < day:
                found.setdefault(key, []).append((begun, day))
    still = MembershipChange.objects.filter(membership__in=open_since).values_list(
        "membership", "membership__organisation"
    )
    for membership, key in dict(still).items():
        found.setdefault(key, []).append((open_since[membership], None))
    return {key: sorted(days, key=lambda each: each[0]) for key, days in found.items()}


def is_active(organisation: UUID, *, on: date) -> bool:
    """Whether it was an active member on that day."""
    days = active_days([organisation]).get(organisation, [])
    return any(begin <= on and (end is None or on < end) for begin, end in days)


def _within(days: Days, spans: Collection[Days]) -> list[Days]:
    """The days that lie inside one of the spans."""
    found = []
    for begin, end in spans:
        first = max(begin, days[0])
        ends = [each for each in (end, days[1]) if each is not None]
        last = min(ends) if ends else None
        if last is None or first < last:
            found.append((first, last))
    return found
