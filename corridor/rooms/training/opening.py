"""What must hold before a cohort may open: demand, programme, agreement, site, curriculum, brand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from corridor.foundations.lifecycles.timelines import Timelines
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import Period
from corridor.kernel.wording import N_
from corridor.rooms.agreements.lifecycle import AgreementStatus
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.curricula.lifecycle import VersionStatus
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.programmes.lifecycle import ProgrammeStatus
from corridor.rooms.programmes.models import Programme, ProgrammeAgreement, ProgrammeSite
from corridor.rooms.sites.lifecycle import SiteStatus
from corridor.rooms.sites.models import Brand, Listing, Site

from .refusals import (
    AgreementIsNotInForce,
    BrandIsNotListed,
    CurriculumIsNotPublished,
    DemandIsLate,
    NoDemand,
    NotHeldThere,
    ProgrammeIsNotRunning,
    SiteIsNotOpen,
)

MAY_TEACH = {ProgrammeStatus.APPROVED.value, ProgrammeStatus.RUNNING.value}
OPEN_SITE = {SiteStatus.OPERATING.value, SiteStatus.ACCEPTED.value}
IN_FORCE = {AgreementStatus.IN_FORCE.value, AgreementStatus.ACTIVATED.value}


class Plan(Protocol):
    """What a cohort to open says of itself."""

    @property
    def reference(self) -> str: ...
    @property
    def programme(self) -> Programme: ...
    @property
    def curriculum_version(self) -> CurriculumVersion: ...
    @property
    def site(self) -> Site: ...
    @property
    def brand(self) -> Brand | None: ...
    @property
    def demand(self) -> DemandStatement | None: ...
    @property
    def no_demand_reason(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_before(self) -> date: ...


class Ground:
    """The states of everything that cohorts stand on, read in sets."""

    def __init__(
        self, programmes: Timelines, agreements: Timelines, agreements_of: dict[UUID, list[Agreement]], sites: Timelines,
        versions: Timelines, held_at: set[tuple[UUID, UUID]], listings: list[Listing],
    ) -> None:  # fmt: skip
        self._programmes = programmes
        self._agreements = agreements
        self._agreements_of = agreements_of
        self._sites = sites
        self._versions = versions
        self._held_at = held_at
        self._listings = listings

    @classmethod
    def under(
        cls, *, programmes: Sequence[Programme], sites: Sequence[Site], versions: Sequence[CurriculumVersion]
    ) -> Ground:
        keys = {programme.pk for programme in programmes}
        under: dict[UUID, list[Agreement]] = {key: [] for key in keys}
        rows = ProgrammeAgreement.objects.filter(programme__in=keys).select_related("agreement")
        for each in rows.order_by("programme", "position"):
            under[each.programme_id].append(each.agreement)
        return cls(
            Timelines.of(Programme, keys),
            Timelines.of(Agreement, {each.pk for several in under.values() for each in several}),
            under,
            Timelines.of(Site, {site.pk for site in sites}),
            Timelines.of(CurriculumVersion, {version.pk for version in versions}),
            set(ProgrammeSite.objects.filter(programme__in=keys).values_list("programme_id", "site_id")),
            list(Listing.objects.filter(site__in={site.pk for site in sites})),
        )

    def require_room_for(self, plan: Plan) -> None:
        """:raises Refusal: the first thing that does not hold on the cohort's first day, by name."""
        if plan.ends_before <= plan.starts_on:
            raise BadInput([Problem(N_("A cohort ends on or after its first day."), column="ends_on")])
        _require_demand(plan)
        day = plan.starts_on
        if self._programmes.state(plan.programme.pk, day) not in MAY_TEACH:
            raise ProgrammeIsNotRunning(
                N_("Programme %(programme)s was neither approved nor running on %(day)s."),
                programme=plan.programme.reference, day=day,
            )  # fmt: skip
        self._require_agreement(plan)
        if self._sites.state(plan.site.pk, day) not in OPEN_SITE:
            raise SiteIsNotOpen(N_("Site %(site)s was not in operation on %(day)s."), site=plan.site.reference, day=day)
        if (plan.programme.pk, plan.site.pk) not in self._held_at:
            raise NotHeldThere(
                N_("Programme %(programme)s is not held at %(site)s. Add the site to the programme first."),
                programme=plan.programme.reference, site=plan.site.reference,
            )  # fmt: skip
        if self._versions.state(plan.curriculum_version.pk, day) == VersionStatus.DRAFT.value:
            raise CurriculumIsNotPublished(
                N_("Curriculum %(version)s was still a draft on %(day)s."),
                version=str(plan.curriculum_version),
                day=day,
            )
        self._require_listing(plan)

    def _require_agreement(self, plan: Plan) -> None:
        """Of several agreements one that is in force is enough; the refusal names the first."""
        under, day = self._agreements_of[plan.programme.pk], plan.starts_on
        if not any(
            Period(each.starts_on, each.ends_before).contains(day) and self._agreements.state(each.pk, day) in IN_FORCE
            for each in under
        ):
            raise AgreementIsNotInForce(
                N_("Agreement %(agreement)s was not in force on %(day)s; nothing is taught except under one."),
                agreement=under[0].reference, day=day,
            )  # fmt: skip

    def _require_listing(self, plan: Plan) -> None:
        brand = plan.brand
        if brand is None:
            return
        listed = (each for each in self._listings if each.site_id == plan.site.pk and each.brand_id == brand.pk)
        if not any(each.is_in_force(on=plan.starts_on) for each in listed):
            raise BrandIsNotListed(
                N_("Site %(site)s did not carry the brand %(brand)s on %(day)s."),
                site=plan.site.reference, brand=brand.name, day=plan.starts_on,
            )  # fmt: skip


def _require_demand(plan: Plan) -> None:
    if plan.demand is None:
        if not plan.no_demand_reason.strip():
            raise NoDemand(
                N_("Cohort %(cohort)s cites no demand statement. Cite one, or record why there is none."),
                cohort=plan.reference,
            )
        return
    if plan.no_demand_reason:
        raise BadInput(
            [
                Problem(
                    N_("A demand statement is cited, so there is no reason for having none."), column="no_demand_reason"
                )
            ]
        )
    if plan.demand.stated_on is None or plan.demand.stated_on > plan.starts_on:
        raise DemandIsLate(
            N_("Demand statement %(demand)s is not dated on or before %(day)s, the first day of %(cohort)s."),
            demand=plan.demand.reference, day=plan.starts_on, cohort=plan.reference,
        )  # fmt: skip
