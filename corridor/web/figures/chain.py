"""Where a figure stands in the chain: how much there was of everything before it on its last day."""

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training
from corridor.web.ui.days import number_text


def chain_on(*, on: date, at: datetime, by: Actor) -> Mapping[str, Mapping[str, str]]:
    """The stations of the rail with the counts of that day, for anyone; what is not there yet is left out."""
    taught = training.count_taught(by=by, on=on)
    held = sum(1 for each in conferences.list_conferences(by=by, on=on) if each.starts_on <= on)
    counts = {
        "conference": (held, ngettext("%(n)s held", "%(n)s held", held), reverse("announcements")),
        "announcement": _records(conferences.count_announcements(by=by, on=on)["all"], "announcements"),
        "agreement": _records(agreements.count_agreements(by=by, on=on)["all"], "agreements"),
        "programme": _records(programmes.count_programmes(by=by, on=on)["all"], "programmes"),
        "site": _records(sites.count_sites(by=by, on=on)["all"], "sites"),
        "cohort": (taught["cohorts"], "%(n)s", ""),
        "session": (taught["sessions"], "%(n)s", ""),
        "decision": (assessment.count_final(by=by, on=on), "%(n)s", ""),
        "credential": (_issued(on=on, at=at, by=by), "%(n)s", ""),
        "outcome": (outcomes.count_asked(by=by, on=on).answered, "%(n)s", ""),
    }
    return {name: {"word": words % {"n": number_text(n)}, "url": url} for name, (n, words, url) in counts.items() if n}


def _issued(*, on: date, at: datetime, by: Actor) -> int:
    """How many certificates were issued by that day, as this reader may know it."""
    try:
        value = indicators.show_figure(code="credentials.issued", on=on, at=at, by=by).value
    except Refusal:
        return 0
    return value if isinstance(value, int) else 0


def _records(count: int, page: str) -> tuple[int, str, str]:
    return count, ngettext("%(n)s record", "%(n)s records", count), reverse(page)
