"""The visit page of a site: for everyone who is signed in, and for everybody on the days on which it is shown."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import EquipmentStatus
from ..models import Equipment, PersonsShown, SitePhoto, SiteShowing

# (code, label) of what a form offers.
PERSONS_SHOWN = PersonsShown.choices


@dataclass(frozen=True)
class KindShown:
    """How many of one kind of equipment stand at a site, and how many of these work."""

    kind: str
    working: int
    all: int


def showing_on(*, site: str, on: date, by: Actor) -> SiteShowing | None:  # noqa: ARG001 (that a page is public is public)
    """By which the visit page is public on that day; None where it is not."""
    rows = SiteShowing.objects.filter(site__reference=site, starts_on__lte=on, ends_before__gt=on)
    return rows.select_related("site").first()


def may_visit(*, site: str, on: date, by: Actor) -> bool:
    """Whether this reader may look at the visit page of a site on that day."""
    return _is_signed_in(by) or showing_on(site=site, on=on, by=by) is not None


def list_showings(*, site: str, by: Actor) -> QuerySet[SiteShowing]:
    """Every time that the page was made public, the latest first, for whoever may change that."""
    found = SiteShowing.objects.filter(site__reference=site).select_related("site")
    if not by.holds_everywhere(Permission.SITE_EDIT):
        found = found.filter(
            Q(site__in=by.ids_with(Permission.SITE_EDIT, "site"))
            | Q(site__host__in=by.ids_with(Permission.SITE_EDIT, "member"))
        )
    return found.order_by("-starts_on", "pk")


def get_showing(*, site: str, key: UUID, by: Actor) -> SiteShowing:
    """:raises NotFound: if there is none that this actor may change."""
    found = list_showings(site=site, by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("The visit page was never made public so."))
    return found


def photos_of(*, site: str, on: date, by: Actor) -> list[SitePhoto]:
    """In their order, with what stands below them; none for whoever may not look at the visit page."""
    if not may_visit(site=site, on=on, by=by):
        return []
    found = SitePhoto.objects.filter(site__reference=site).select_related("site", "document").prefetch_related("texts")
    return list(found.order_by("position", "pk"))


def get_photo(*, site: str, key: UUID, on: date, by: Actor) -> SitePhoto:
    """:raises NotFound: if there is none, or none that this reader may see."""
    found = next((each for each in photos_of(site=site, on=on, by=by) if each.pk == key), None)
    if found is None:
        raise NotFound(N_("There is no such photo."))
    return found


def open_photo(*, site: str, key: UUID, on: date, by: Actor) -> tuple[Document, bytes]:
    """:raises NotFound: as get_photo."""
    found = get_photo(site=site, key=key, on=on, by=by)
    return found.document, bytes_of(found.document)


def equipment_shown(*, site: str, on: date, by: Actor) -> list[KindShown]:
    """
    How much of each kind stands there and works, without numbers, owners and values; nothing for whoever may not look at the visit page.
    What is retired is left out.
    """
    if not may_visit(site=site, on=on, by=by):
        return []
    counts: dict[str, list[int]] = {}
    there = Equipment.objects.filter(Q(acquired_on__isnull=True) | Q(acquired_on__lte=on), site__reference=site)
    for kind, status, count in with_status_on(there, on).order_by("kind").values_list("kind", "status_then", "count"):
        if status != EquipmentStatus.RETIRED:
            held = counts.setdefault(kind, [0, 0])
            held[0] += count if status == EquipmentStatus.WORKING else 0
            held[1] += count
    return [KindShown(kind, working, whole) for kind, (working, whole) in counts.items()]


def _is_signed_in(by: Actor) -> bool:
    return by.user_id is not None or by.holds_everywhere(Permission.SITE_EDIT)
