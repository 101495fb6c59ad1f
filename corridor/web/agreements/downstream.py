"""How far the chain has come under some programmes: the stations after them, for the rail of an agreement or an announcement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.credentials.queries.counts import issuing_of
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.training import queries as training
from corridor.web.ui.days import number_text
from corridor.web.ui.sentences import count_or_few

Stations = dict[str, dict[str, str]]


def stations_after(programmes: Sequence[Any], *, on: date, by: Actor) -> Stations:
    """
    From the programmes on to the follow-up, each station with its count; one that was not reached is left out.

    Programmes come with their places and sites read. The same few statements for any number of them, none for none.
    """
    if not programmes:
        return {}
    keys, group = [each.pk for each in programmes], training.BY_PROGRAMME
    first = f"/programmes/{programmes[0].reference}/"
    taught = list(training.teaching_of(group=group, keys=keys, on=on, by=by).values())
    decided = _sum(each.decisions for each in assessment.deciding_of(group=group, keys=keys, by=by).values())
    issued = _sum(each.issued for each in issuing_of(group=group, keys=keys, by=by).values())
    asked = _sum(each.asked for each in outcomes.following_up_of(group=group, keys=keys, by=by).values())
    cohorts, locked = sum(each.cohorts for each in taught), sum(each.locked for each in taught)
    sites = {place.site.reference for each in programmes for place in each.places.all()}
    found: Stations = {
        "programme": {"word": _counted(len(programmes), ngettext("%(count)s programme", "%(count)s programmes", len(programmes))), "url": first}
    }  # fmt: skip
    if sites:
        word = ngettext("%(count)s site", "%(count)s sites", len(sites))
        found["site"] = {"word": _counted(len(sites), word), "url": f"/sites/{min(sites)}/"}
    if cohorts:
        found["cohort"] = {
            "word": _counted(cohorts, ngettext("%(count)s cohort", "%(count)s cohorts", cohorts)),
            "url": first,
        }
    if locked:
        found["session"] = {"word": _counted(locked, _("%(count)s signed")), "url": first}
    for name, count in (("decision", decided), ("credential", issued), ("outcome", asked)):
        if count != 0:
            found[name] = {"word": str(count_or_few(count)), "url": first}
    return found


def _counted(count: int, words: str) -> str:
    return words % {"count": number_text(count)}


def _sum(counts: Any) -> int | None:
    """None where a part is hidden: the rest would tell it."""
    given = list(counts)
    return None if None in given else sum(given)
