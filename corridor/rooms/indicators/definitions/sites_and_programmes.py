"""Where it happens, under which brands, and what runs there."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.programmes.lifecycle import ProgrammeStatus
from corridor.rooms.programmes.models import Programme, ProgrammeKind, ProgrammeSite
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Listing, Site, SiteKind
from corridor.rooms.training.models import Cohort

from ..scopes import Scope
from .brands import NO_BRAND, Listings
from .definition import Definition, Form, Gathered, Time, When

OPEN = [SiteStatus.OPERATING.value, SiteStatus.ACCEPTED.value]


def _listed_places(scope: Scope, day: date) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Each open place with each of its listings that day: record kind, record, place, codes. A place without any comes once."""
    places = scope.narrow(
        with_status_on(Site.objects.all(), day).filter(status_then__in=OPEN),
        {"kind": "kind", "country": "country", "site": "reference"},
    )
    in_force = Listing.objects.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)
    listings: dict[UUID, list[Any]] = defaultdict(list)
    for site, key, brand, accepted_on in in_force.order_by("pk").values_list(
        "site_id", "pk", "brand__code", "accepted_on"
    ):
        listings[site].append((key, brand, accepted_on))
    found = places.order_by("pk").values_list(
        "pk", "reference", "country", "kind", "host__reference", "source_mark", "status_then"
    )
    stands = references_that_stand()
    for site, reference, country, kind, owner, mark, state in found:
        host = stands.get(owner, owner)
        codes = {"country": country, "kind": kind, "host": host, "site": reference, "source": mark, "state": state}
        for key, brand, accepted_on in listings[site]:
            accepted = "yes" if accepted_on is not None and accepted_on <= day else "no"
            yield "listing", str(key), str(site), codes | {"brand": brand, "accepted": accepted}
        if not listings[site]:
            yield "site", str(site), str(site), codes | {"brand": NO_BRAND, "accepted": "no"}


def _operating(scope: Scope, when: When) -> Gathered:
    return Gathered([EvidenceRow(*row[:3], codes=row[3]) for row in _listed_places(scope, when.day)])


def _site_countries(scope: Scope, when: When) -> Gathered:
    return Gathered(
        [
            EvidenceRow(kind, record, codes["country"], codes=codes)
            for kind, record, _site, codes in _listed_places(scope, when.day)
        ]
    )


def _running(scope: Scope, when: When) -> Gathered:
    running = scope.narrow(
        with_status_on(Programme.objects.all(), when.day).filter(status_then=ProgrammeStatus.RUNNING),
        {"kind": "kind", "programme": "reference"},
    )
    programmes = {
        key: (kind, reference, mark)
        for key, kind, reference, mark in running.values_list("pk", "kind", "reference", "source_mark")
    }
    brands: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    cohorts = Cohort.objects.filter(brand__isnull=False, starts_on__lte=when.day)
    for programme, site, brand in cohorts.values_list("programme_id", "site_id", "brand__code").distinct():
        brands[programme, site].add(brand)
    listings = Listings.read()
    rows = []
    places = ProgrammeSite.objects.order_by("programme_id", "site_id")
    for programme, site, site_reference, country in places.values_list(
        "programme_id", "site_id", "site__reference", "site__country"
    ):
        if programme not in programmes:
            continue
        kind, reference, mark = programmes[programme]
        codes = {"kind": kind, "programme": reference, "source": mark, "site": site_reference, "country": country}
        named = brands[programme, site] or {listings.brand_of(site, when.day)}
        for brand in sorted(named):
            rows.append(EvidenceRow("programme", str(programme), str(programme), codes=codes | {"brand": brand}))
    return Gathered(rows)


DEFINITIONS = (
    Definition(
        code="sites.operating",
        version=1,
        title=_("Sites in operation"),
        counted=_(
            "Places that operate or are accepted on the day. A place with two brands has two listings and is one site; each row "
            "is one listing."
        ),
        unit=Unit.SITES,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_operating,
        dimensions=("country", "brand", "kind", "host", "accepted", "source"),
        claimants=("brand",),
        keys=("kind", "country", "brand", "site"),
        kinds=SiteKind,
        wrong_way=_("Counting unveiled places, or one place for each of its brands."),
        follows=_("As networks of workshops list them; the rule of states is our own choice."),
    ),
    Definition(
        code="sites.countries",
        version=1,
        title=_("Countries with a site"),
        counted=_("Countries and regions with at least one site in operation on the day."),
        unit=Unit.PLACES,
        additivity=Additivity.DISTINCT,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_site_countries,
        dimensions=("country", "brand", "kind", "source"),
        claimants=("brand",),
        keys=("kind", "country", "brand", "site"),
        kinds=SiteKind,
        follows=_("As networks of workshops report it."),
    ),
    Definition(
        code="programmes.running",
        version=1,
        title=_("Programmes running"),
        counted=_(
            "Programmes in the state running on the day, each once. An announcement is not a programme. Each row is the programme "
            "at one of its sites."
        ),
        unit=Unit.PROGRAMMES,
        additivity=Additivity.ON_A_DAY,
        time=Time.ON_DAY,
        form=Form.THINGS,
        rule=Rule.COUNT_SUBJECTS,
        collect=_running,
        dimensions=("kind", "country", "brand", "site", "source"),
        keys=("kind", "country", "brand", "site", "programme"),
        kinds=ProgrammeKind,
        wrong_way=_("Counting what was announced."),
        follows=_("As alliances report it."),
    ),
)
