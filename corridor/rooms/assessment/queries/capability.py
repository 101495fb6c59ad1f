"""What may be assessed where, and who is licensed to assess."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.sites.capability import Stretch
from corridor.rooms.sites.models import Site

from ..capability import Capability, Ground
from ..models import CapabilityException, Licence


def capability_at(*, site: Site, versions: Collection[UUID], on: date, by: Actor) -> list[Capability]:
    """Each unit of these curriculum versions (by their keys) on that day, in their order, for whoever is signed in."""
    _require_signed_in(by)
    units = Unit.objects.filter(version__in=versions).select_related("version__curriculum").prefetch_related("titles")
    rows = list(units.order_by("version__curriculum__reference", "version__version", "position"))
    return _each(rows, site, on)


def capability_of(*, site: Site, unit: Unit, on: date, by: Actor) -> Capability:
    """One unit on that day."""
    _require_signed_in(by)
    return _each([unit], site, on)[0]


def capability_history(*, site: Site, unit: Unit, first: date, last: date, by: Actor) -> list[Stretch]:
    """What stood in the way from day to day, both inside, equal answers put together."""
    _require_signed_in(by)
    return Ground(sites=[site], units=[unit]).history(site=site, unit=unit, first=first, last=last)


def get_unit_by_key(*, key: UUID, by: Actor) -> Unit:
    """:raises NotFound: if there is none, or it is of a draft."""
    _require_signed_in(by)
    units = Unit.objects.select_related("version__curriculum").prefetch_related("titles")
    found = units.exclude(version__status="draft").filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such unit."))
    return found


def exceptions_at(*, site: Site, by: Actor, unit: Unit | None = None) -> QuerySet[CapabilityException]:
    """What the secretariat let pass there, the latest first."""
    _require_signed_in(by)
    found = CapabilityException.objects.filter(site=site).select_related("unit")
    return found.filter(unit=unit) if unit is not None else found


def list_licences(*, by: Actor, on: date | None = None, person: str = "", unit: str = "") -> QuerySet[Licence]:
    """Licences by person and unit; ``on``: in force that day; ``person`` is a reference, ``unit`` a code. Others see their own alone."""
    found = Licence.objects.select_related("person", "unit__version__curriculum")
    if not by.holds_everywhere(Permission.LICENCE_VIEW):
        found = found.filter(person=by.person_id) if by.person_id else found.none()
    if on is not None:
        found = found.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=on), starts_on__lte=on)
    if person:
        found = found.filter(person__reference=person)
    if unit:
        found = found.filter(unit__code=unit)
    return found.order_by("person__reference", "unit__code", "starts_on", "pk")


def get_licence(*, key: UUID, by: Actor) -> Licence:
    """:raises NotFound: if there is none of that key that this actor may see."""
    found = list_licences(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such licence."))
    return found


def _each(units: Iterable[Unit], site: Site, on: date) -> list[Capability]:
    units = list(units)
    ground = Ground(sites=[site], units=units)
    return [ground.on(on, site=site, unit=unit) for unit in units]


def _require_signed_in(by: Actor) -> None:
    if by.user_id is None and not by.holds_everywhere(Permission.DECISION_VIEW):
        raise AccessDenied(N_("Sign in to see what may be assessed here, and why not."))
