"""Schemes, marks, sittings, second judgements, appeals and claims of prior learning as the files of an alliance."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.sheets.columns import choice, day, decimal, many, reference, text, whole
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort, Enrolment

from .actions import (
    MarkDraft,
    assign_second,
    claim_prior_learning,
    draw_sample,
    judge_sample,
    lodge_appeal,
    name_panel,
    plan_sitting,
    publish_schemes,
    record_marks,
    rule_on_appeal,
    write_schemes,
)
from .lifecycle import AppealStatus
from .models import Decision, EvidenceNeed, Instrument, InstrumentKind, Judges, Result, Sample, Signing, Weight
from .schemes import CriterionDraft, InstrumentDraft, SchemeDraft, schemes_on

LANGUAGES = ("en", "zh-Hans", "lo")


def _take_schemes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A row for a criterion; a written test is a row without one. Rows of one unit stand together, and tell its instruments in their order."""
    findings = Findings()
    units = _units([row["curriculum"] for row in rows])
    of: dict[object, list[Row]] = {}
    for row in rows:
        unit = findings.find(row, "unit", units, key=(row["curriculum"], row["version"], row["unit"]))
        if unit is not None:
            of.setdefault(unit, []).append(row)
    findings.refuse_if_any()
    drafts = [_scheme(unit, mine) for unit, mine in of.items()]
    made = write_schemes(schemes=drafts, by=by)
    published = {unit: mine[0]["published_on"] for unit, mine in of.items()}
    for scheme in made:
        if (on := published[scheme.unit]) is not None:
            publish_schemes(schemes=[scheme], on=on, by=by)
    return len(rows)


def _scheme(unit: object, rows: list[Row]) -> SchemeDraft:
    first = rows[0]
    instruments = []
    for position in sorted({row["instrument"] for row in rows}):
        mine = [row for row in rows if row["instrument"] == position]
        criteria = tuple(
            CriterionDraft(
                texts=_texts(row, "text"), weight=row["weight"], evidence=row["evidence"] or EvidenceNeed.NONE
            )
            for row in mine
            if row["weight"]
        )
        instruments.append(
            InstrumentDraft(
                kind=mine[0]["kind"], titles=_texts(mine[0], "title"), scale=mine[0]["scale"],
                pass_mark=mine[0]["pass_mark"], criteria=criteria,
            )
        )  # fmt: skip
    return SchemeDraft(
        unit=unit, instruments=tuple(instruments), attempts_allowed=first["attempts_allowed"],  # type: ignore[arg-type]
        signing=first["signing"], judges=first["judges"], appeal_days=first["appeal_days"],
    )  # fmt: skip


def _texts(row: Row, name: str) -> dict[str, str]:
    return {language: said for language in LANGUAGES if (said := row[f"{name}_{language}"])}


def _take_marks(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    seats, units = _seats(rows), _units_of_cohorts(rows)
    tests = {
        (each.scheme_id, each.position): each
        for each in Instrument.objects.filter(kind=InstrumentKind.WRITTEN).select_related("scheme__unit")
    }
    drafts = []
    for row in rows:
        seat = findings.find(row, "number", seats, key=(row["cohort"], row["number"]))
        unit = findings.find(row, "unit", units, key=(row["cohort"], row["unit"]))
        if seat is None or unit is None:
            continue
        scheme = schemes_on([(unit.pk, row["taken_on"])]).get((unit.pk, row["taken_on"]))
        test = findings.find(row, "test", tests, key=(scheme.pk if scheme else None, row["test"]))
        if test is not None:
            drafts.append(MarkDraft(enrolment=seat, instrument=test, taken_on=row["taken_on"], mark=row["mark"]))
    findings.refuse_if_any()
    return len(record_marks(marks=drafts, by=by))


def _take_sittings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    units, people = _units_of_cohorts(rows), by_reference(Person.objects, [row["assessor"] for row in rows])
    cohorts = by_reference(Cohort.objects.select_related("site"), [row["cohort"] for row in rows])
    found = [
        (row, findings.find(row, "cohort", cohorts), findings.find(row, "unit", units, key=(row["cohort"], row["unit"])),
         findings.find(row, "assessor", people))
        for row in rows
    ]  # fmt: skip
    findings.refuse_if_any()
    for row, cohort, unit, assessor in found:
        called = list(Enrolment.objects.filter(cohort=cohort, number__in=row["seats"]).select_related("cohort"))
        plan_sitting(cohort=cohort, unit=unit, held_on=row["held_on"], assessor=assessor, called=called, by=by)  # type: ignore[arg-type]
    return len(found)


def _take_samplings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A draw, and how it was judged again: as before, but what is named in ``otherwise`` (seat/unit)."""
    findings = Findings()
    people = by_reference(Person.objects, [row["second"] for row in rows])
    cohorts = by_reference(Cohort.objects, [row["cohort"] for row in rows])
    found = [(row, findings.find(row, "cohort", cohorts), findings.find(row, "second", people)) for row in rows]
    findings.refuse_if_any()
    for row, cohort, second in found:
        plan = draw_sample(
            cohort=cohort, share=row["share"], least=row["least"], seed=row["seed"], on=row["drawn_on"], by=by  # type: ignore[arg-type]
        )  # fmt: skip
        samples = list(Sample.objects.filter(plan=plan).select_related("decision__enrolment", "decision__unit"))
        assign_second(samples=samples, second=second, on=row["drawn_on"], by=by)  # type: ignore[arg-type]
        for each in samples:
            result, note = Result(each.decision.result), ""
            if f"{each.decision.enrolment.number}/{each.decision.unit.code}" in row["otherwise"]:
                note = row["note"]
                result = next(other for other in Result if other != result)
            note = note or (row["note"] if result == Result.NOT_YET_COMPETENT else "")
            judge_sample(sample=each, result=result, note=note, on=row["judged_on"], by=by)
    return len(found)


def _take_appeals(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    people = by_reference(Person.objects, [name for row in rows for name in (row["chair"], *row["members"])])
    decisions = {
        (each.enrolment.cohort.reference, each.enrolment.number, each.unit.code, each.attempt): each
        for each in Decision.objects.filter(
            enrolment__cohort__reference__in={row["cohort"] for row in rows}
        ).select_related("enrolment__cohort", "unit")
    }
    found = []
    for row in rows:
        key = (row["cohort"], row["number"], row["unit"], row["attempt"])
        decision = findings.find(row, "attempt", decisions, key=key)
        found.append((row, decision, findings.find(row, "chair", people), findings.find_each(row, "members", people)))
    findings.refuse_if_any()
    for row, decision, chair, members in found:
        appeal = lodge_appeal(decision=decision, grounds=row["grounds"], on=row["lodged_on"], by=by)  # type: ignore[arg-type]
        name_panel(appeal=appeal, chair=chair, members=members, on=row["panel_on"], by=by)  # type: ignore[arg-type]
        if row["ruling"] is not None:
            rule_on_appeal(appeal=appeal, to=row["ruling"], ruling=row["reasons"], on=row["ruled_on"], by=by)
    return len(found)


def _take_prior_claims(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    seats, units = _seats(rows), _units_of_cohorts(rows)
    found = [
        (row, findings.find(row, "number", seats, key=(row["cohort"], row["number"])),
         findings.find(row, "unit", units, key=(row["cohort"], row["unit"])))
        for row in rows
    ]  # fmt: skip
    findings.refuse_if_any()
    for row, seat, unit in found:
        claim_prior_learning(enrolment=seat, unit=unit, claim=row["claim"], on=row["claimed_on"], by=by)  # type: ignore[arg-type]
    return len(found)


def _units(curricula: Sequence[str]) -> dict[object, Unit]:
    rows = Unit.objects.filter(version__curriculum__reference__in=set(curricula)).select_related("version__curriculum")
    return {(each.version.curriculum.reference, each.version.version, each.code): each for each in rows}


def _seats(rows: Sequence[Row]) -> dict[object, Enrolment]:
    found = Enrolment.objects.filter(cohort__reference__in={row["cohort"] for row in rows}).select_related(
        "cohort__site"
    )
    return {(each.cohort.reference, each.number): each for each in found}


def _units_of_cohorts(rows: Sequence[Row]) -> dict[object, Unit]:
    cohorts = dict(
        Cohort.objects.filter(reference__in={row["cohort"] for row in rows}).values_list(
            "reference", "curriculum_version"
        )
    )
    units = Unit.objects.filter(version__in=set(cohorts.values())).select_related("version__curriculum")
    of = {(each.version_id, each.code): each for each in units}
    return {
        (name, code): unit
        for name, version in cohorts.items()
        for (owner, code), unit in of.items()
        if owner == version
    }


SEAT = (Column("cohort", reference(40)), Column("number", whole(1, 9_999), about="the seat"), Column("unit", text(20)))
SCHEMES = SheetKind(
    "schemes",
    "schemes.csv",
    (
        Column("curriculum", reference(60)),
        Column("version", text(20)),
        Column("unit", text(20)),
        Column("published_on", day, required=False, about="empty: a draft"),
        Column("attempts_allowed", whole(1, 20)),
        Column("signing", choice(Signing)),
        Column("judges", choice(Judges)),
        Column("appeal_days", whole(1, 365)),
        Column("instrument", whole(1, 40)),
        Column("kind", choice(InstrumentKind)),
        Column("scale", decimal(2, 0), required=False),
        Column("pass_mark", decimal(2, 0), required=False),
        *(Column(f"title_{language}", text(500), required=False) for language in LANGUAGES),
        Column("weight", choice(Weight), required=False, about="empty: a written test, which has no criteria"),
        Column("evidence", choice(EvidenceNeed), required=False),
        *(Column(f"text_{language}", text(1_000), required=False) for language in LANGUAGES),
    ),
    _take_schemes,
    optional=True,
)
SHEETS_OF_JUDGING = (
    SheetKind(
        "marks",
        "marks.csv",
        (*SEAT, Column("test", whole(1, 40)), Column("taken_on", day), Column("mark", decimal(2, 0))),
        _take_marks,
        optional=True,
    ),
    SheetKind(
        "sittings",
        "sittings.csv",
        (
            Column("cohort", reference(40)),
            Column("unit", text(20)),
            Column("held_on", day),
            Column("assessor", reference()),
            Column("seats", many(whole(1, 9_999))),
        ),
        _take_sittings,
        optional=True,
    ),
    SheetKind(
        "samplings",
        "samplings.csv",
        (
            Column("cohort", reference(40)),
            Column("share", whole(1, 100)),
            Column("least", whole(0, 100)),
            Column("seed", text(60)),
            Column("drawn_on", day),
            Column("second", reference()),
            Column("judged_on", day),
            Column("otherwise", many(text(40)), required=False, about="seat/unit of what the second judged otherwise"),
            Column("note", text(500), required=False),
        ),
        _take_samplings,
        optional=True,
    ),
    SheetKind(
        "appeals",
        "appeals.csv",
        (
            *SEAT,
            Column("attempt", whole(1, 20)),
            Column("lodged_on", day),
            Column("grounds", text(5_000)),
            Column("chair", reference()),
            Column("members", many(reference())),
            Column("panel_on", day),
            Column("ruling", choice(AppealStatus), required=False),
            Column("reasons", text(5_000), required=False),
            Column("ruled_on", day, required=False),
        ),
        _take_appeals,
        optional=True,
    ),
    SheetKind(
        "prior_claims",
        "prior_claims.csv",
        (*SEAT, Column("claimed_on", day), Column("claim", text(5_000))),
        _take_prior_claims,
        optional=True,
    ),
)
