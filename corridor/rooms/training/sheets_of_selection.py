"""The sheets in which a folder brings how a cohort was chosen: what was judged, points, offers, who waits, and what the applicants answered."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_

from .actions.selecting import Criterion, answer_offer, offer_places, put_on_waiting_list, record_scores, set_criteria
from .models import Cohort, Enrolment


class Choice(StrEnum):
    OFFERED = "offered"
    WAITING = "waiting"


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


NEEDS_DAYS = N_("An offer has its day and its last day, and an answer its day.")
SEAT = (Column("cohort", read.reference(40)), Column("number", read.whole(1, 9_999), about="the seat"))


def seats_of(rows: Sequence[Row]) -> dict[tuple[str, int], Enrolment]:
    """The places of every cohort that the rows name, by its reference and the seat."""
    places = Enrolment.objects.filter(cohort__reference__in={row["cohort"] for row in rows})
    return {
        (each.cohort.reference, each.number): each for each in places.select_related("cohort__site", "person")
    }  # fmt: skip


def in_cohorts(rows: Sequence[Row]) -> list[tuple[Cohort, list[Row]]]:
    """The rows of each cohort, in their order. :raises BadInput: for one that is not there."""
    findings = Findings()
    cohorts = by_reference(Cohort.objects.select_related("site"), [row["cohort"] for row in rows])
    found: dict[str, tuple[Cohort, list[Row]]] = {}
    for row in rows:
        if (cohort := findings.find(row, "cohort", cohorts)) is not None:
            found.setdefault(cohort.reference, (cohort, []))[1].append(row)
    findings.refuse_if_any()
    return list(found.values())


def _take_criteria(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for cohort, told in in_cohorts(rows):
        wanted = [Criterion(title=row["title"], most=row["most"], least=row["least"] or 0) for row in told]
        with refusals_in(told):
            set_criteria(cohort=cohort, criteria=wanted, by=by)
    return len(rows)


def _take_scores(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    for cohort, told in in_cohorts(rows):
        scores = {(row["number"], row["title"]): row["points"] for row in told}
        with refusals_in(told):
            record_scores(cohort=cohort, scores=scores, at=at, by=by)
    return len(rows)


def _take_offers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Offers first, then the waiting list in the order of the rows, then the answers by their days: who declines lets the next move up."""
    findings = Findings()
    seats = seats_of(rows)
    found = [(row, findings.find(row, "number", seats, key=(row["cohort"], row["number"]))) for row in rows]
    for row in rows:
        if row["choice"] == Choice.OFFERED and (row["chosen_on"] is None or row["until"] is None):
            findings.add(row, "until", NEEDS_DAYS)
        if (row["answer"] is None) != (row["answered_on"] is None):
            findings.add(row, "answered_on", NEEDS_DAYS)
    findings.refuse_if_any()
    offered: dict[tuple[date, date], list[Enrolment]] = {}
    waiting, answers = [], []
    for row, seat in found:
        assert seat is not None  # else it was refused
        if row["choice"] == Choice.OFFERED:
            offered.setdefault((row["chosen_on"], row["until"]), []).append(seat)
        else:
            waiting.append(seat)
        if row["answer"] is not None:
            answers.append((row, seat))
    with refusals_in(rows):
        for (on, until), places in sorted(offered.items(), key=lambda each: each[0]):
            offer_places(enrolments=places, until=until, on=on, by=by)
        put_on_waiting_list(enrolments=waiting, by=by)
    for row, seat in sorted(answers, key=lambda each: each[0]["answered_on"]):
        with refusals_in([row]):
            answer_offer(enrolment=seat, accepts=row["answer"] == Answer.ACCEPTED, on=row["answered_on"], by=by)
    return len(rows)


SELECTION = (
    SheetKind(
        "selection_criteria",
        "selection_criteria.*",
        (
            Column("cohort", read.reference(40)),
            Column("title", read.text(80)),
            Column("most", read.whole(1, 1_000)),
            Column("least", read.whole(0, 1_000), required=False),
        ),
        _take_criteria,
        optional=True,
        unique=("cohort", "title"),
    ),
    SheetKind(
        "selection_scores",
        "selection_scores.*",
        (*SEAT, Column("title", read.text(80)), Column("points", read.whole(0, 1_000))),
        _take_scores,
        optional=True,
        unique=("cohort", "number", "title"),
    ),
    SheetKind(
        "offers",
        "offers.*",
        (
            *SEAT,
            Column("choice", read.choice(Choice)),
            Column("chosen_on", read.day, required=False),
            Column("until", read.day, required=False, about="the last day on which the place may be taken up"),
            Column("answer", read.choice(Answer), required=False),
            Column("answered_on", read.day, required=False),
        ),
        _take_offers,
        optional=True,
        unique=("cohort", "number"),
    ),
)
