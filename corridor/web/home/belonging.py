"""What members owe the alliance, and the alliance its members: evidence before they are at risk, and proposals."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.sentences import isolated
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.web.home.owed import Owed
from corridor.web.ui.days import day_text, number_text
from corridor.web.ui.names import member_called

WARNED_BEFORE = 60
# More members of one call that nobody speaks for stand in one row.
NAMED_AT_MOST = 5


def belonging_owed(*, on: date, by: Actor) -> Iterator[Owed]:
    yield from _risks(on=on, by=by)
    yield from _proposals(by=by)
    yield from _calls(on=on, by=by)
    yield from _unspoken(on=on, by=by)
    yield from _letters(by=by)


def _risks(*, on: date, by: Actor) -> Iterator[Owed]:
    """For who speaks for a member, before it comes to that (beside.py says that it has); the secretariat has its list."""
    if by.holds_everywhere(Permission.MEMBER_EDIT) or not by.ids_with(Permission.MEMBER_EDIT, "member"):
        return
    for organisation in members.spoken_for(permission=Permission.MEMBER_EDIT, on=on, by=by):
        risk = indicators.risk_of(organisation=organisation, on=on, by=by)
        if risk is None or not 0 < risk.days_left <= WARNED_BEFORE:
            continue
        title = _("%(member)s will be at risk from %(day)s") % {
            "member": isolated(member_called(organisation).text), "day": day_text(risk.at_risk_on),
        }  # fmt: skip
        text = _("A signed register, a final decision or a demand statement in a role of yours takes the warning away.")
        url = reverse("member", args=[organisation.reference])
        yield Owed(risk.at_risk_on, title, text, organisation.reference, url, _("See what counts"))


def _proposals(*, by: Actor) -> Iterator[Owed]:
    for each in members.proposals_to_decide(by=by):
        yield _proposal(each, _("Decide on a proposal: %(member)s"), pgettext("what to do", "Decide"))
    for each in members.proposals_to_carry_out(by=by):
        yield _proposal(
            each, _("Carry out what the council agreed: %(member)s"), pgettext("what to do", "Carry it out")
        )


def _proposal(each: Any, title: str, verb: str) -> Owed:
    organisation = each.membership.organisation
    url = reverse("proposal", args=[each.reference])
    return Owed(
        None, title % {"member": isolated(member_called(organisation).text)}, each.reason, each.reference, url, verb
    )


def _calls(*, on: date, by: Actor) -> Iterator[Owed]:
    for each in members.calls_to_answer(on=on, by=by):
        title = _("Answer for %(member)s: “%(title)s”") % {
            "member": isolated(member_called(each.organisation).text),
            "title": isolated(each.call.title(get_language() or "en")),
        }  # fmt: skip
        text = _("The deadline is the end of %(day)s, where the alliance is at home.") % {
            "day": day_text(each.call.due_on)
        }
        url = reverse("data-call-answer", args=[each.call.reference, each.organisation.reference])
        yield Owed(each.call.due_on, title, text, each.call.reference, url, pgettext("what to do", "Answer"))


def _unspoken(*, on: date, by: Actor) -> Iterator[Owed]:
    """Members that a call waits for and that nobody speaks for, for the secretariat: nobody else would be told."""
    by_call = groupby(members.calls_unspoken(on=on, by=by), key=lambda each: each.call)
    for call, asked in by_call:
        waiting = list(asked)
        text = _("The data call “%(title)s” waits for an answer. Give somebody the seat.") % {
            "title": isolated(call.title(get_language() or "en"))
        }
        if len(waiting) > NAMED_AT_MOST:
            title = ngettext(
                "Nobody speaks for one member that is asked", "Nobody speaks for %(count)s members that are asked", len(waiting)
            ) % {"count": number_text(len(waiting))}  # fmt: skip
            url = reverse("data-call", args=[call.reference])
            yield Owed(call.due_on, title, text, call.reference, url, pgettext("what to do", "Look"))
            continue
        for each in waiting:
            title = _("Nobody speaks for %(member)s") % {"member": isolated(member_called(each.organisation).text)}
            url = reverse("give-seat", args=[each.organisation.reference])
            yield Owed(call.due_on, title, text, each.organisation.reference, url, _("Give a seat"))


def _letters(*, by: Actor) -> Iterator[Owed]:
    """Letters to applicants that could not be sent, for the secretariat."""
    for each in members.letters_not_sent(by=by):
        reference = each.application.reference
        title = _("A letter about %(application)s could not be sent") % {"application": isolated(reference)}
        text = _("“%(subject)s” of %(day)s.") % {"subject": isolated(each.subject), "day": day_text(each.written_on)}
        url = reverse("application-letter", args=[reference, each.pk])
        yield Owed(None, title, text, reference, url, pgettext("what to do", "Look"))
