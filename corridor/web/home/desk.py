"""What I owe today: each room says what waits for this reader, the desk puts it in the order of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.sentences import isolated
from corridor.journeys import answer_requests
from corridor.rooms.agreements import queries as agreements
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.conferences import queries as conferences
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.training import queries as training
from corridor.web.home.answering import answers_owed
from corridor.web.home.belonging import belonging_owed
from corridor.web.home.cascading import trainers_owed
from corridor.web.home.judging import judgements_owed
from corridor.web.home.keeping import upkeep_owed
from corridor.web.home.obliging import obligations_owed
from corridor.web.home.owed import Owed
from corridor.web.home.resolving import resolutions_owed
from corridor.web.ui.days import day_text, distance_text, number_text
from corridor.web.ui.names import agreement_title, member_called, title_in, title_of

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """Rows for ``partials/owed_row.html`` in groups (heading, rows), and the heading of the page, which is the answer."""

    groups: list[tuple[str, list[dict[str, Any]]]]
    answer: str


def desk_of(*, on: date, by: Actor) -> Desk:
    owed = sorted(_everything(on=on, by=by), key=lambda each: (each.due or on, each.title))
    late = [each for each in owed if each.due is not None and each.due < on]
    now = [each for each in owed if each.due is None or each.due == on]
    soon = [each for each in owed if each.due is not None and on < each.due <= on + SOON]
    later = [each for each in owed if each.due is not None and each.due > on + SOON]
    groups = [(_("Overdue"), late), (_("Today"), now), (_("Next seven days"), soon), (_("Later"), later)]
    first = next(iter(late or now), None)
    return Desk(
        [(heading, [_row(each, on=on, is_first=each is first) for each in rows]) for heading, rows in groups if rows],
        _answer(len(late), len(now), len(soon) + len(later)),
    )


def _everything(*, on: date, by: Actor) -> Iterator[Owed]:
    yield from _signatures(by=by)
    yield from answers_owed(by=by)
    yield from obligations_owed(on=on, by=by)
    yield from _reports(on=on, by=by)
    yield from _confirmations(by=by)
    yield from resolutions_owed(on=on, by=by)
    yield from _registers(on=on, by=by)
    yield from _decisions(by=by)
    yield from judgements_owed(on=on, by=by)
    yield from upkeep_owed(on=on, by=by)
    yield from trainers_owed(on=on, by=by)
    yield from _cohorts(on=on, by=by)
    yield from _figures(by=by)
    yield from _requests(by=by)
    yield from belonging_owed(on=on, by=by)


def _signatures(*, by: Actor) -> Iterator[Owed]:
    """What waits for one's own signature, by party and by office; then what waits for that of another signer of the same member."""
    for place in agreements.signatures_wanted(by=by):
        agreement, parties = place.party.agreement, list(place.party.agreement.parties.all())
        places = {
            "member": isolated(member_called(place.party.organisation).text), "count": number_text(len(parties)),
            "signed": number_text(sum(each.is_signed() for each in parties)), "first": isolated(place.first or ""),
            "office": isolated(place.signer.office) if place.signer else "", "title": isolated(agreement_title(agreement).text),
        }  # fmt: skip
        if place.first is not None:
            said = _("For %(member)s. It is signed in order: first %(first)s signs.") % places
        elif place.signer is not None:
            said = (
                _("For %(member)s, in the office “%(office)s”. %(signed)s of %(count)s parties have signed.") % places
            )
        else:
            said = _("For %(member)s. %(signed)s of %(count)s parties have signed.") % places
        if place.is_mine and place.first is None:
            title, url, verb = (
                _("Sign “%(title)s”"),
                reverse("agreement-sign", args=[agreement.reference]),
                _("Read and sign"),
            )
        else:
            title, url = (
                _("“%(title)s” waits for another signature"),
                reverse("agreement-signers", args=[agreement.reference]),
            )
            verb = _("See who signs")
        yield Owed(None, title % places, said, agreement.reference, url, verb)


def _reports(*, on: date, by: Actor) -> Iterator[Owed]:
    for said in conferences.announcements_owed_by(by=by, on=on):
        title = _("Report on “%(title)s”") % {"title": isolated(title_of(said).text)}
        text = (
            _("The ledger calls it silent until you do.")
            if said.silent_then
            else _("A report moves the next report day.")
        )
        url = reverse("announcement-report", args=[said.reference])
        yield Owed(said.due_then, title, text, said.reference, url, _("Report"))


def _confirmations(*, by: Actor) -> Iterator[Owed]:
    for said in conferences.announcements_to_confirm(by=by):
        title = _("Confirm “%(title)s” as the second person") % {"title": isolated(title_of(said).text)}
        text = _("Announced on %(day)s; visitors see it once you stand for it too.") % {
            "day": day_text(said.announced_on)
        }
        yield Owed(
            None, title, text, said.reference, reverse("announcement", args=[said.reference]), _("Look and confirm")
        )


def _registers(*, on: date, by: Actor) -> Iterator[Owed]:
    """Registers of earlier days not signed, one row a cohort, and the sessions of today for who teaches them."""
    late: dict[str, list[Any]] = {}
    for session in training.registers_due(on=on, by=by):
        late.setdefault(session.cohort.reference, []).append(session)
    for reference, sessions in late.items():
        count, first = len(sessions), sessions[0]
        title = ngettext("Take or sign one late register", "Take or sign %(count)s late registers", count)
        text = _("The oldest is of %(day)s. Until it is signed, nothing of that day counts.") % {
            "day": day_text(first.held_on)
        }
        yield Owed(
            first.held_on,
            title % {"count": number_text(count)},
            text,
            reference,
            _register(first),
            _("Open the oldest"),
        )
    teaches = by.ids_with(Permission.REGISTER_TAKE, "cohort")
    for session in training.sessions_of_day(on=on, by=by):
        if session.cohort_id in teaches and session.status != "locked":
            text = _("It begins at %(time)s.") % {"time": _time_there(session)}
            title = _("Take today’s register, session %(number)s") % {"number": number_text(session.number)}
            yield Owed(on, title, text, session.cohort.reference, _register(session), _("Open the register"))


def _decisions(*, by: Actor) -> Iterator[Owed]:
    """One row a cohort: the units in which somebody waits for a decision, or for one to be made final."""
    waiting: dict[str, list[Any]] = {}
    for unit in assessment.units_due(by=by):
        if unit.to_decide or unit.open:
            waiting.setdefault(unit.cohort.reference, []).append(unit)
    for reference, units in waiting.items():
        to_decide, still_open = sum(each.to_decide for each in units), sum(each.open for each in units)
        if to_decide:
            title = ngettext("Decide on one learner", "Make %(count)s decisions", to_decide) % {
                "count": number_text(to_decide)
            }
        else:
            title = ngettext("Make one decision final", "Make %(count)s decisions final", still_open)
            title = title % {"count": number_text(still_open)}
        named = _("%(code)s %(title)s") % {"code": units[0].unit.code, "title": title_in(units[0].unit).text}
        text = ngettext("In the unit %(first)s.", "In %(count)s units, the first is %(first)s.", len(units))
        text = text % {"first": named, "count": number_text(len(units))}
        yield Owed(None, title, text, reference, f"/cohorts/{reference}/decisions/", _("Decide"))


def _cohorts(*, on: date, by: Actor) -> Iterator[Owed]:
    """For who closes and awards: cohorts whose days are over, and closed ones whose learners wait for their certificates."""
    if not by.holds_everywhere(Permission.COHORT_CLOSE):
        return
    ended = [each for each in training.list_cohorts(by=by, status="running") if each.ends_before <= on]
    ended += training.list_cohorts(by=by, status="finished")
    if ended:
        title = ngettext("Close a cohort", "Close %(count)s cohorts", len(ended)) % {"count": number_text(len(ended))}
        yield _first_of(ended, title, "close", _("Close"))
    assessed = list(training.list_cohorts(by=by, status="assessed"))
    if assessed:
        title = ngettext(
            "Award the certificates of a cohort", "Award the certificates of %(count)s cohorts", len(assessed)
        ) % {"count": number_text(len(assessed))}
        yield _first_of(assessed, title, "award", pgettext("what to do", "Award"))


def _first_of(cohorts: list[Any], title: str, step: str, verb: str) -> Owed:
    """One row for all of them: it leads to the one that ended first."""
    first = min(cohorts, key=lambda each: (each.ends_before, each.reference))
    text = _("The first ended on %(day)s, with %(count)s learners.") % {
        "day": day_text(first.ends_before - timedelta(days=1)),
        "count": number_text(first.learners),
    }
    return Owed(None, title, text, first.reference, f"/cohorts/{first.reference}/{step}/", verb)


def _figures(*, by: Actor) -> Iterator[Owed]:
    for figure in indicators.figures_to_sign(by=by):
        title = _("Sign the figure %(code)s: %(value)s") % {
            "code": figure.code, "value": number_text(figure.numerator or 0 if figure.value is None else figure.value),
        }  # fmt: skip
        text = _("Two different persons stand for a figure before it is published.")
        yield Owed(
            None,
            title,
            text,
            figure.reference,
            f"/figures/{figure.code}/versions/{figure.reference}/",
            _("Look and sign"),
        )


def _requests(*, by: Actor) -> Iterator[Owed]:
    for asked in answer_requests.requests_due(by=by):
        erasure, wrong = (
            _("Answer a person who asks to be erased"),
            _("Answer a person who says that a record is wrong"),
        )
        title = erasure if asked.kind == "erasure" else wrong
        text = _("Asked on %(day)s. The law gives a time for it.") % {"day": day_text(asked.asked_on)}
        yield Owed(asked.due_on, title, text, asked.reference, f"/requests/{asked.reference}/", _("Look and answer"))


def _time_there(session: Any) -> str:
    """When it begins, on the clock of its site."""
    return str(session.begins_at.astimezone(ZoneInfo(session.cohort.site.zone)).strftime("%H:%M"))


def _register(session: Any) -> str:
    return f"/cohorts/{session.cohort.reference}/sessions/{session.number}/"


def _row(owed: Owed, *, on: date, is_first: bool) -> dict[str, Any]:
    is_late = False
    if owed.due is not None and owed.due < on:
        is_late = True
        days = (on - owed.due).days
        word = ngettext("one day late", "%(days)s days late", days) % {"days": number_text(days)}
        since = _("since %(day)s") % {"day": day_text(owed.due)}
    elif owed.due is None:
        word, since = _("Waits for you"), ""
    else:
        word, since = day_text(owed.due, "medium"), distance_text(owed.due, on)
    return {
        "word": word, "since": since, "title": owed.title, "text": owed.text, "reference": owed.reference, "url": owed.url,
        "verb": owed.verb, "is_overdue": is_late, "is_first": is_first,
    }  # fmt: skip


def _answer(late: int, now: int, later: int) -> str:
    """The heading: whole sentences, one for each case."""
    places = {"late": number_text(late), "now": number_text(now), "later": number_text(later)}
    if late and now == 1:
        return (
            ngettext("One thing is overdue, one is for today", "%(late)s things are overdue, one is for today", late)
            % places
        )
    if late and now:
        return (
            ngettext(
                "One thing is overdue, %(now)s are for today",
                "%(late)s things are overdue, %(now)s are for today",
                late,
            )
            % places
        )
    if late:
        return ngettext("One thing is overdue", "%(late)s things are overdue", late) % places
    if now:
        return ngettext("One thing is for today", "%(now)s things are for today", now) % places
    if later:
        return (
            ngettext(
                "Nothing for today; one thing comes later", "Nothing for today; %(later)s things come later", later
            )
            % places
        )
    return _("You owe nothing today")
