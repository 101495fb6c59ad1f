"""Acts of judging: checklists with what was found, who signed, what was made final, and from when learners see it."""

from collections.abc import Sequence
from datetime import date, datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row
from corridor.rooms.assessment import actions
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.models import Decision, Found, Result, SignerRole, Stance

from .acts import ActKind, instant
from .judged_things import ASSESSOR, DECISION, UNIT, Known, decision_named, organisation_named, unit_named
from .naming import COHORT, all_existing, cohort_named

JUDGEMENT_COLUMNS = (
    *DECISION,
    ASSESSOR,
    Column("result", choice(Result)),
    Column("note", text(5_000), required=False, about="what the learner reads"),
    Column("criterion", text(10), required=False, about="its code on the checklist, as 1.2; empty where the unit has no scheme"),
    Column("found", choice(Found), required=False),
    Column("remark", text(500), required=False, about="what was seen of this criterion"),
)  # fmt: skip
SIGNATURE_COLUMNS = (
    *DECISION,
    Column("role", choice(SignerRole)),
    Column("name", text(150)),
    Column("stance", choice(Stance), required=False, about="empty: agrees"),
    Column("company", reference(60), required=False, about="for which a witness signs"),
)
FINAL_COLUMNS = (COHORT, UNIT, Column("attempt", whole(1, 20)), Column("seats", many(whole(1, 9_999))))
RELEASE_COLUMNS = (COHORT, UNIT, Column("release_at", instant, about="from then on the learners see it"))


def _judge(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    """All that a device (or the page of a class) sends at once; the rows of one learner are the checklist."""
    checklists: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        checklists.setdefault((row["cohort"], row["seat"], row["unit"], row["attempt"]), []).append(row)
    known = Known(on=on)
    actions.record_decisions(decisions=[_judged(told, known, on=on) for told in checklists.values()], by=by)


def _judged(rows: Sequence[Row], known: Known, *, on: date) -> actions.NewDecision:
    first = rows[0]
    place = known.place(first)
    unit = known.unit(first, place.cohort)
    findings = tuple(
        FindingDraft(
            criterion=known.criterion(row, "criterion", row["criterion"], unit=unit), found=row["found"] or Found.MET,
            note=row["remark"],
        )
        for row in rows
        if row["criterion"]
    )  # fmt: skip
    return actions.NewDecision(
        enrolment=place, unit=unit, assessor=known.person(first, "assessor"), result=first["result"], decided_on=on,
        attempt=first["attempt"], evidence_note=first["note"], findings=findings,
    )  # fmt: skip


def _sign(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    for row in rows:
        actions.sign_decision(
            decision=decision_named(row), role=row["role"], name=row["name"], stance=row["stance"] or Stance.AGREES,
            organisation=organisation_named(row, "company") if row["company"] else None, at=at, by=by,
        )  # fmt: skip


def _make_final(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    wanted = Decision.objects.filter(
        enrolment__cohort__reference=row["cohort"], enrolment__number__in=row["seats"], unit__code=row["unit"],
        attempt=row["attempt"],
    ).select_related("enrolment__cohort", "unit", "assessor").order_by("enrolment__number")  # fmt: skip
    found = {each.enrolment.number: each for each in wanted}
    all_existing(found, row, "seats")
    actions.finalise_decisions(decisions=[(each, on) for each in found.values()], by=by)


def _release(rows: Sequence[Row], *, by: Actor, on: date, at: datetime) -> None:  # noqa: ARG001 (acts are told all three)
    row = rows[0]
    cohort = cohort_named(row)
    actions.set_release(cohort=cohort, unit=unit_named(row, cohort), release_at=row["release_at"], at=at, by=by)


ACTS = (
    ActKind("judgements", JUDGEMENT_COLUMNS, _judge, together=()),
    ActKind("signatures", SIGNATURE_COLUMNS, _sign, together=(), unique=("cohort", "seat", "unit", "attempt", "role")),
    ActKind("made_final", FINAL_COLUMNS, _make_final),
    ActKind("releases", RELEASE_COLUMNS, _release),
)
