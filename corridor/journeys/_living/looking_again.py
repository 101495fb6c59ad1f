"""Acts by which decisions are looked at again: second judgements that were drawn, and appeals."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.assessment import actions
from corridor.rooms.assessment.lifecycle import AppealStatus
from corridor.rooms.assessment.models import Appeal, Result, Sample, Settling

from .acts import ActKind
from .judged_things import DECISION, UNIT, decision_named, person_named, persons_named, unit_named
from .naming import COHORT, all_existing, cohort_named, existing

DRAW_COLUMNS = (
    COHORT,
    Column("unit", text(20), required=False, about="empty: all units"),
    Column("share", whole(1, 100), about="so many percent of each assessor’s decisions"),
    Column("least", whole(0, 100)),
    Column("seed", text(60)),
)
SECOND_COLUMNS = (
    COHORT,
    UNIT,
    Column("seats", many(whole(1, 9_999))),
    Column("second", reference(), about="the reference of the person"),
)
AGAIN_COLUMNS = (*DECISION, Column("result", choice(Result)), Column("note", text(1_000), required=False))
SETTLED_COLUMNS = (*DECISION, Column("settling", choice(Settling)), Column("reason", text(500)))
PANEL_COLUMNS = (*DECISION, Column("chair", reference()), Column("members", many(reference())))
RULING_COLUMNS = (*DECISION, Column("ruling", choice(AppealStatus)), Column("reasons", text(5_000)))


def _draw(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    cohort = cohort_named(row)
    unit = unit_named(row, cohort) if row["unit"] else None
    actions.draw_sample(
        cohort=cohort, unit=unit, share=row["share"], least=row["least"], seed=row["seed"], on=on, by=by
    )


def _name_second(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    drawn = Sample.objects.filter(
        decision__enrolment__cohort__reference=row["cohort"], decision__unit__code=row["unit"],
        decision__enrolment__number__in=row["seats"],
    ).select_related("decision__enrolment__cohort", "decision__unit")  # fmt: skip
    found = {each.decision.enrolment.number: each for each in drawn}
    all_existing(found, row, "seats")
    actions.assign_second(samples=list(found.values()), second=person_named(row, "second"), on=on, at=at, by=by)


def _judge_again(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    for row in rows:
        actions.judge_sample(sample=_sample_named(row), result=row["result"], note=row["note"], on=on, by=by)


def _settle(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    actions.settle_sample(sample=_sample_named(row), settling=row["settling"], reason=row["reason"], on=on, by=by)


def _lodge(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    actions.lodge_appeal(decision=decision_named(row), grounds=row["grounds"], on=on, at=at, by=by)


def _name_panel(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    chair, members = person_named(row, "chair"), persons_named(row, "members")
    actions.name_panel(appeal=_appeal_named(row), chair=chair, members=members, on=on, at=at, by=by)


def _rule(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:
    row = rows[0]
    actions.rule_on_appeal(appeal=_appeal_named(row), to=row["ruling"], ruling=row["reasons"], on=on, at=at, by=by)


def _withdraw(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    actions.withdraw_appeal(appeal=_appeal_named(rows[0]), on=on, by=by)


def _sample_named(row: Row) -> Sample:
    return existing(Sample.objects.filter(decision=decision_named(row)).first(), row, "seat")


def _appeal_named(row: Row) -> Appeal:
    return existing(Appeal.objects.filter(decision=decision_named(row)).first(), row, "seat")


ACTS = (
    ActKind("draws", DRAW_COLUMNS, _draw),
    ActKind("seconds_named", SECOND_COLUMNS, _name_second),
    ActKind("second_judgements", AGAIN_COLUMNS, _judge_again, together=()),
    ActKind("disagreements_settled", SETTLED_COLUMNS, _settle),
    ActKind("appeals_lodged", (*DECISION, Column("grounds", text(5_000))), _lodge),
    ActKind("panels_named", PANEL_COLUMNS, _name_panel),
    ActKind("appeals_ruled", RULING_COLUMNS, _rule),
    ActKind("appeals_withdrawn", DECISION, _withdraw),
)
