"""What the first page puts together: who we are, five figures, what was promised, the chain, and where the members are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.small_cells import HIDDEN, is_small
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training
from corridor.web.conferences.rows import short_row
from corridor.web.ui.languages import country_name
from corridor.web.ui.map import Place
from corridor.web.ui.names import listed

from .cards import figure_url, home_cards, latest_edition

PROMISES = 4
SHOWN_FIRST = ("agreed", "running", "silent", "in_preparation", "done", "announced")


@dataclass(frozen=True)
class Front:
    """The home page on a day, as its reader may see it. Members are counted on ``counted_on``, the day of the latest edition."""

    on: date
    counted_on: date
    alliance: Any
    places: list[Any]
    cards: list[dict[str, Any]]
    edition: Any
    promises: list[dict[str, Any]]
    promised: dict[str, int]
    next_conference: Any
    last_conference: Any
    last_counts: dict[str, int]
    programmes: list[dict[str, Any]]
    chain: list[dict[str, Any]]

    @property
    def active(self) -> int:
        return sum(place.members for place in self.places)

    @property
    def day_in_address(self) -> str:
        return self.counted_on.isoformat()

    @property
    def running(self) -> int:
        return sum(each["count"] for each in self.programmes)

    @property
    def founders(self) -> str:
        """The places that launched the alliance, one after another."""
        return listed([place.name for place in self.alliance.founding_places.all()]) if self.alliance else ""

    @property
    def assumed(self) -> str:
        """The places that no source names, one after another."""
        return listed([country_name(place.country) for place in self.places if place.source_mark == "assumed"])

    def on_the_map(self) -> list[Place]:
        return [
            Place(
                country_name(each.country), each.members, each.latitude, each.longitude, each.source_mark == "assumed"
            )
            for each in self.places
            if each.latitude is not None and each.longitude is not None
        ]


def front_page(*, on: date, at: datetime, by: Actor) -> Front:
    said = list(conferences.list_announcements(by=by, on=on, sort="newest")[:40])
    held = [each for each in conferences.list_conferences(by=by, on=on) if each.status_then == "held"]
    last = held[0] if held else None
    edition = latest_edition(by=by)
    # Members stand as in the edition, so that one number is not told in two ways; the page says of which day.
    counted_on = edition.day if edition else on
    places = members.count_by_country(on=counted_on, by=by)
    promised = conferences.count_announcements(by=by, on=on)
    running = list(programmes.list_programmes(by=by, on=on, states=["running"]))
    return Front(
        on=on,
        counted_on=counted_on,
        alliance=_alliance(by=by),
        places=places,
        cards=home_cards(edition=edition, places=places, on=on, at=at, by=by),
        edition=edition,
        promises=[short_row(each, on=on) for each in _mixed(said)],
        promised=promised,
        next_conference=conferences.next_conference(on=on, by=by),
        last_conference=last,
        last_counts=conferences.count_announcements(by=by, on=on, conference=last.reference) if last else {},
        programmes=_by_kind(running),
        chain=_chain(on=on, at=at, by=by, announced=promised["all"], running=len(running)),
    )


def _alliance(*, by: Actor) -> Any:
    try:
        return members.get_alliance(by=by)
    except NotFound:
        return None


def _mixed(said: list[Any]) -> list[Any]:
    """The newest of each state first, so that a reader sees what can become of a promise; then the newest."""
    first: dict[str, Any] = {}
    for each in said:
        first.setdefault("silent" if each.silent_then else each.status_then, each)
    chosen = [first[state] for state in SHOWN_FIRST if state in first]
    chosen += [each for each in said if each not in chosen]
    return chosen[:PROMISES]


def _by_kind(running: list[Any]) -> list[dict[str, Any]]:
    """Programmes that run, by kind, the most first, each with the countries of their sites."""
    kinds: dict[str, list[Any]] = {}
    for each in running:
        kinds.setdefault(each.kind, []).append(each)
    rows = []
    for kind, found in kinds.items():
        codes = {place.site.country for each in found for place in each.places.all()}
        rows.append(
            {"kind": kind, "word": found[0].get_kind_display(), "count": len(found),
             "places": listed(sorted(country_name(code) for code in codes))}
        )  # fmt: skip
    return sorted(rows, key=lambda row: (-row["count"], row["kind"]))


def _chain(*, on: date, at: datetime, by: Actor, announced: int, running: int) -> list[dict[str, Any]]:
    """Each kind of record with its count and the way in; a kind of which there is none yet says so."""
    taught, asked = training.count_taught(by=by, on=on), outcomes.count_asked(by=by, on=on)
    in_force = indicators.show_figure(code="credentials.in_force", on=on, at=at, by=by)
    at_work = figure_url("outcomes.employed_any", {"months": "6"}, on=on)
    steps = [
        (announced, _("announcements"), reverse("announcements")),
        (agreements.count_agreements(by=by, on=on)["running"], _("agreements in force"), reverse("agreements")),
        (running, _("programmes running"), "/programmes/?state=running"),
        (sites.count_sites(by=by, on=on)["open"], _("sites in operation"), "/sites/"),
        (taught["cohorts"], _("cohorts begun"), figure_url("training.completions", {}, on=on)),
        (taught["sessions"], _("sessions held and signed"), figure_url("training.completions", {}, on=on)),
        (assessment.count_final(by=by, on=on), _("final decisions"), figure_url("credentials.issued", {}, on=on)),
        (in_force.value, _("certificates in force"), figure_url("credentials.in_force", {}, on=on)),
        (asked.asked, _("graduates asked what became of them"), at_work),
        (HIDDEN if is_small(asked.working) else asked.working, _("of them said that they work"), at_work),
    ]
    rows = [{"count": count, "word": word, "url": url, "is_none": not count} for count, word, url in steps]
    for row, follower in zip(rows, [*rows[1:], None], strict=True):
        row["before_none"] = follower is not None and follower["is_none"]
    return rows
