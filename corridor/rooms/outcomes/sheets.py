"""Follow-up waves and answers as spreadsheets."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.training.models import Cohort, Enrolment

from .actions import FollowUpReport, WavePlan, close_wave, open_wave, plan_waves, record_follow_ups
from .lifecycle import WaveStatus
from .models import Answer, AnswerSource, Wave


def _take_waves(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    cohorts = by_reference(Cohort.objects, [name for row in rows for name in row["cohorts"]])
    plans = [
        WavePlan(
            reference=row["reference"],
            months=row["months"],
            opens_on=row["opens_on"],
            closes_on=row["closes_on"],
            cohorts=findings.find_each(row, "cohorts", cohorts),
        )
        for row in rows
    ]
    findings.refuse_if_any()
    for wave, row in zip(plan_waves(plans=plans, by=by), rows, strict=True):
        if row["status"] != WaveStatus.PLANNED:
            open_wave(wave=wave, on=row["opens_on"], by=by)
    return len(rows)


def _take_closings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    closed = [row for row in rows if row["status"] == WaveStatus.CLOSED]
    waves = by_reference(Wave.objects, [row["reference"] for row in closed])
    for row in closed:
        close_wave(wave=waves[row["reference"]], on=row["closes_on"], by=by)
    return len(closed)


def _take_follow_ups(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    waves = by_reference(Wave.objects, [row["wave"] for row in rows])
    seats = {
        (each.cohort.reference, each.number): each
        for each in Enrolment.objects.filter(cohort__reference__in={row["cohort"] for row in rows}).select_related(
            "cohort"
        )
    }
    reports: dict[Wave, list[FollowUpReport]] = {}
    for row in rows:
        wave = findings.find(row, "wave", waves)
        seat = findings.find(row, "number", seats, key=(row["cohort"], row["number"]))
        if wave and seat:
            reports.setdefault(wave, []).append(
                FollowUpReport(
                    enrolment=seat,
                    attempts=row["attempts"],
                    asked_on=row["asked_on"],
                    reached_on=row["reached_on"],
                    answered_on=row["answered_on"],
                    source=row["source"],
                    working=row["working"] or Answer.UNKNOWN,
                    relevant=row["relevant"] or Answer.UNKNOWN,
                    occupation_code=row["occupation_code"],
                )
            )
    findings.refuse_if_any()
    return sum(record_follow_ups(wave=wave, reports=said, by=by) for wave, said in reports.items())


WAVE_COLUMNS = (
    Column("reference", reference(40)),
    Column("months", whole(1, 120)),
    Column("opens_on", day),
    Column("closes_on", day),
    Column("status", choice(WaveStatus)),
    Column("cohorts", many(reference(40))),
)
FOLLOW_UP_COLUMNS = (
    Column("wave", reference(40)),
    Column("cohort", reference(40)),
    Column("number", whole(1, 9_999), about="the seat, as on the register sheet"),
    Column("attempts", whole(0, 99)),
    Column("asked_on", day, required=False),
    Column("reached_on", day, required=False),
    Column("answered_on", day, required=False),
    Column("source", choice(AnswerSource), required=False),
    Column("working", choice(Answer), required=False, about="empty: unknown, which is never no"),
    Column("relevant", choice(Answer), required=False),
    Column("occupation_code", text(4), required=False, about="ISCO-08"),
)

SHEETS = (
    SheetKind("waves", "waves.csv", WAVE_COLUMNS, _take_waves, unique=("reference",)),
    SheetKind("follow_ups", "follow_ups.csv", FOLLOW_UP_COLUMNS, _take_follow_ups, unique=("wave", "cohort", "number")),
    SheetKind("wave_closings", "waves.csv", WAVE_COLUMNS, _take_closings, unique=("reference",)),
)
