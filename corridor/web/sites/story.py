"""A site's page, put together from every room that knows something of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.assessment.queries import Deciding
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.credentials.queries.counts import Issuing, issuing_of
from corridor.rooms.indicators import queries as figures
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.outcomes.queries import FollowingUp
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import Teaching

from .lines import Line, draw_lines

COMPLETED = "training.persons_completed"
HIDDEN = "·"


@dataclass(frozen=True)
class MayIssue:
    """A programme held here, and who may issue its certificates here today (none: ``entitlements`` is empty)."""

    programme: Any
    entitlements: list[Any]


@dataclass(frozen=True)
class SiteStory:
    """Everything that a site's page says, as this reader may know it on the day. ``completed`` is a figure, None before the alliance began."""

    site: Any
    on: date
    at: datetime
    programmes: list[Any]
    teaching: Teaching
    deciding: Deciding
    issuing: Issuing
    following_up: FollowingUp
    completed: FigureAnswer
    may_issue: list[MayIssue]
    sessions: list[Any]
    cohorts: list[Any]
    managers: list[Any]
    accreditations: list[Any]

    @property
    def operating_since(self) -> date | None:
        return next((each.effective_on for each in self.site.changes.all() if each.to_status == "operating"), None)

    @property
    def running(self) -> list[Any]:
        return [each for each in self.programmes if each.status_then == "running"]

    def completed_by_kind(self) -> dict[str, object]:
        """Distinct persons who completed here: a count, or "·"."""
        return dict(self.completed.breakdown.get("kind", {}))

    def brands(self) -> dict[str, Any] | None:
        """The three numbers of the brands that claim learners here, where there are two or more; None where one is hidden."""
        three = self.completed.numbers.get("three_numbers", {}).get("brand")  # type: ignore[attr-defined]
        claimed = {
            code: count for code, count in self.completed.breakdown.get("brand", {}).items() if code != "unknown"
        }
        if not three or len(claimed) < 2 or HIDDEN in [*three.values(), *claimed.values()]:
            return None
        names = {each.brand.code: each.brand.name for each in self.site.listings.all()}
        return {
            "parts": list(claimed.values()), "claims": [(names.get(code, code), count) for code, count in claimed.items()],
            "sum": three["sum"], "overlap": three["overlap"], "distinct": three["distinct"],
        }  # fmt: skip

    def lines(self) -> list[Line]:
        return draw_lines(self.site.listings.all(), today=self.on)

    def steps(self) -> list[dict[str, Any]]:
        """What happened to the place, for the tag ``changes``, the latest first."""
        return [
            {"day": each.effective_on, "status": each.to_status, "by": "", "reason": each.reason}
            for each in reversed(self.site.changes.all())
        ]


@dataclass(frozen=True)
class Accredited:
    """An accreditation as it stands on a day: "in_force", "expiring", "ended" or "to_come"."""

    row: Any
    standing: str


def accreditations_then(rows: Iterable[Any], on: date) -> list[Accredited]:
    """Each with how it stands on that day; nothing of this is stored."""
    return [Accredited(each, _standing(each, on)) for each in rows]


def _standing(row: Any, on: date) -> str:
    if row.is_expiring(on=on):
        return "expiring"
    if row.is_in_force(on=on):
        return "in_force"
    return "to_come" if row.starts_on > on else "ended"


def site_story(*, reference: str, on: date, at: datetime, by: Actor) -> SiteStory:
    """:raises NotFound: if there is no such site."""
    site = queries.get_site(reference=reference, by=by, on=on)
    key, group = site.pk, training.BY_SITE
    found = programmes.list_programmes(by=by, on=on, site=reference)
    held = list(found.prefetch_related("agreements_under", "announcements_kept"))
    entitled: dict[Any, list[Any]] = {}
    for each in credentials.list_entitlements(by=by, site=key).prefetch_related("issuer__names"):
        if each.covers(on):
            entitled.setdefault(each.programme_id, []).append(each)
    today = training.sessions_of_day(on=on, by=by)
    manages = by.may(queries.SEES_STAFF) or by.may(queries.IS_STAFF, on=site)
    return SiteStory(
        site=site,
        on=on,
        at=at,
        programmes=held,
        teaching=training.teaching_of(group=group, keys=[key], on=on, by=by)[key],
        deciding=assessment.deciding_of(group=group, keys=[key], by=by)[key],
        issuing=issuing_of(group=group, keys=[key], by=by)[key],
        following_up=outcomes.following_up_of(group=group, keys=[key], by=by)[key],
        completed=figures.show_figure(code=COMPLETED, scope={"site": reference}, on=on, at=at, by=by),
        may_issue=[MayIssue(each, entitled.get(each.pk, [])) for each in held],
        sessions=[each for each in today if each.cohort.site_id == key],
        cohorts=list(training.list_cohorts(by=by, site=key)),
        managers=list(queries.list_managers(site=site, on=on, by=by)) if manages else [],
        accreditations=accreditations_then(queries.accreditations_of(by=by, site=reference), on),
    )
