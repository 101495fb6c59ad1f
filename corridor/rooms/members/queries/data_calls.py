"""Data calls: who was asked, who answered in time or late, and what they said."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission, Role
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..deadlines import IN_TIME, LATE, answered_state
from ..lifecycle import CallStatus
from ..models import AskedMember, CallQuestion, DataCall, Return
from ..seating import speakers_on
from ..standing import home_zone


@dataclass(frozen=True)
class Coverage:
    """Of one kind or place (or all): how many were asked, answered in time, and late. Late ones are no part of the response."""

    dimension: str
    code: str
    asked: int
    in_time: int
    late: int

    @property
    def open(self) -> int:
        return self.asked - self.in_time - self.late


def list_calls(*, by: Actor) -> QuerySet[Any]:
    """
    Calls with their titles and how many were asked and answered: all for who may see them, and for a member those that asked it.

    :raises AccessDenied: for who neither sees nor answers any.
    """
    return _seen_by(by).annotate(
        asked_count=Count("asked", distinct=True),
        answered_count=Count("asked", filter=Q(asked__answered_at__isnull=False), distinct=True),
    ).order_by("-due_on", "-reference")  # fmt: skip


def get_call(*, reference: str, by: Actor) -> DataCall:
    """With titles, questions and their choices. :raises NotFound: if there is none, or none for this reader."""
    questions = CallQuestion.objects.prefetch_related("texts", "choices").order_by("position")
    found = (
        _seen_by(by).filter(reference=reference).prefetch_related(Prefetch("questions", questions), "changes").first()
    )
    if found is None:
        raise NotFound(N_("There is no data call %(reference)s."), reference=reference)
    return found


def get_asked(*, call: str, member: str, by: Actor) -> AskedMember:
    """
    A member's place in a call, with its returns (the latest last) and their answers.

    :raises NotFound: if the call did not ask it, or this reader neither sees the call nor answers for the member.
    """
    answers = Return.objects.prefetch_related("answers__question", "answers__document").order_by("number")
    found = AskedMember.objects.filter(call__reference=call, organisation__reference=member)
    asked = found.select_related("call", "organisation").prefetch_related(
        Prefetch("returns", answers), "organisation__names", "call__titles"
    ).first()  # fmt: skip
    may = asked is not None and (by.may(Permission.DATA_CALL_VIEW) or by.may(Permission.DATA_CALL_ANSWER, on=asked))
    if asked is None or not may:
        raise NotFound(N_("%(call)s did not ask %(member)s."), call=call, member=member)
    return asked


def own_places(*, call: DataCall, by: Actor) -> QuerySet[AskedMember]:
    """The members that a call asked and for which this actor answers."""
    members = by.ids_with(Permission.DATA_CALL_ANSWER, "member")
    places = AskedMember.objects.filter(call=call, organisation__in=members)
    return places.select_related("organisation").prefetch_related("organisation__names")


def calls_to_answer(*, by: Actor, on: date) -> QuerySet[AskedMember]:
    """For a desk: open calls that the members this actor answers for have not answered yet, the nearest deadline first."""
    members = by.ids_with(Permission.DATA_CALL_ANSWER, "member")
    opened = AskedMember.objects.filter(
        organisation__in=members, answered_at__isnull=True, call__status=CallStatus.OPEN,
        call__changes__to_status=CallStatus.OPEN, call__changes__effective_on__lte=on,
    )  # fmt: skip
    return opened.select_related("call", "organisation").prefetch_related(
        "call__titles", "organisation__names"
    ).order_by("call__due_on", "organisation__reference")  # fmt: skip


def unanswered(
    *, by: Actor, on: date, until: date | None = None, member: str = "", own: bool = False, behind: tuple[date, str] | None = None
) -> QuerySet[AskedMember]:  # fmt: skip
    """
    What open calls whose deadline had passed by that day (or that end up to ``until``, inside) still wait for, by deadline, call and member; for
    long lists. ``own``: of the members this actor answers for. ``behind``: the day and the place ("DTC-2024-0001.lgtvc") of the last one read.
    """
    found = AskedMember.objects.filter(answered_at__isnull=True, call__status=CallStatus.OPEN)
    found = found.filter(call__due_on__lte=until) if until is not None else found.filter(call__due_on__lt=on)
    if own or not by.may(Permission.DATA_CALL_VIEW):
        found = found.filter(organisation__in=by.ids_with(Permission.DATA_CALL_ANSWER, "member"))
    if member:
        found = found.filter(organisation__reference=member)
    if behind is not None:
        day, place = behind
        call, _dot, last = place.partition(".")
        later = Q(call__reference__gt=call) | Q(call__reference=call, organisation__reference__gt=last)
        found = found.filter(Q(call__due_on__gt=day) | Q(call__due_on=day) & later)
    return found.select_related("call", "organisation").prefetch_related(
        "call__titles", "organisation__names"
    ).order_by("call__due_on", "call__reference", "organisation__reference")  # fmt: skip


def calls_unspoken(*, on: date, by: Actor) -> list[AskedMember]:
    """
    For the secretariat's desk: open calls that wait for members for which nobody speaks that day, the nearest deadline first. Nothing for
    others.
    """
    if not by.may(Permission.DATA_CALL_MAKE):
        return []
    waiting = AskedMember.objects.filter(answered_at__isnull=True, call__status=CallStatus.OPEN)
    rows = waiting.select_related("call", "organisation").prefetch_related("call__titles", "organisation__names")
    rows = rows.order_by("call__due_on", "call__reference", "organisation__reference")
    speakers = speakers_on(on, roles=[Role.COORDINATOR]) if rows else {}
    return [each for each in rows if not speakers.get(each.organisation_id)]


def asked_in(*, call: DataCall, by: Actor) -> list[AskedMember]:
    """Everyone a call asked, by reference, each with ``state`` (in_time, late, open). :raises AccessDenied: for who may not watch calls."""
    by.require(Permission.DATA_CALL_VIEW)
    zone = home_zone()
    rows = list(call.asked.select_related("organisation").prefetch_related("organisation__names"))
    for row in rows:
        row.state = answered_state(row.answered_at, call.due_on, zone)  # type: ignore[attr-defined]
    return rows


def coverage_of(*, asked: list[AskedMember], by: Actor) -> list[Coverage]:
    """How many answered, whole, then by country, then by kind; from rows of ``asked_in``."""
    by.require(Permission.DATA_CALL_VIEW)
    whole = [_count("", "", asked)]
    parts = []
    for dimension in ("country", "kind"):
        codes = sorted({getattr(each.organisation, dimension) for each in asked})
        parts += [
            _count(dimension, code, [each for each in asked if getattr(each.organisation, dimension) == code])
            for code in codes
        ]
    return whole + parts


def latest_answers(*, call: DataCall, by: Actor) -> dict[Any, dict[Any, Any]]:
    """The answers of each member's latest submitted return: by asked member, by question. Two statements."""
    by.require(Permission.DATA_CALL_VIEW)
    sent = Return.objects.filter(asked__call=call, submitted_at__isnull=False).prefetch_related("answers__document")
    return {
        each.asked_id: {answer.question_id: answer for answer in each.answers.all()} for each in sent.order_by("number")
    }


def _count(dimension: str, code: str, rows: list[AskedMember]) -> Coverage:
    states = [row.state for row in rows]  # type: ignore[attr-defined]
    return Coverage(dimension, code, len(rows), states.count(IN_TIME), states.count(LATE))


def _seen_by(by: Actor) -> QuerySet[DataCall]:
    calls = DataCall.objects.prefetch_related("titles")
    if by.may(Permission.DATA_CALL_VIEW):
        return calls
    members = by.ids_with(Permission.DATA_CALL_ANSWER, "member")
    if not members:
        by.require(Permission.DATA_CALL_VIEW)
    return calls.filter(pk__in=AskedMember.objects.filter(organisation__in=members).values("call"))
