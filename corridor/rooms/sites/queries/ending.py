"""Accreditations that have run out, or soon will, and that none in force follows."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from corridor.foundations.access import Actor, Permission

from ..models import Accreditation


def accreditations_ended(*, on: date, by: Actor, own: bool = False, host: str = "") -> QuerySet[Accreditation]:
    """Of which no day is left by then, and of which the site has no later one for the same; ``own``: of sites that the own members host."""
    later = Accreditation.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=OuterRef("ends_before")),
        site=OuterRef("site"), accredited_for=OuterRef("accredited_for"),
    )  # fmt: skip
    found: QuerySet[Any] = Accreditation.objects.filter(~Exists(later), ends_before__lte=on)
    if own:
        found = found.filter(site__host__in=by.ids_with(Permission.MEMBER_EDIT, "member"))
    if host:
        found = found.filter(site__host__reference=host)
    return found.select_related("site__host").prefetch_related("site__names", "site__host__names")
