"""What a checklist says about a result: nobody is competent while something critical or required was not met, or not looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .counting import places_before
from .models import (
    ChecklistPlace,
    Decision,
    Finding,
    Found,
    Instrument,
    InstrumentKind,
    Result,
    Scheme,
    Weight,
    WrittenMark,
)
from .refusals import ChecklistIncomplete, ContradictsChecklist
from .schemes import criteria_of, needed_of, whole

# (place in a cohort, unit)
Case = tuple[UUID, UUID]


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    """What was seen of one criterion (by its key)."""

    criterion: UUID
    found: Found
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One judgement to look at: under which scheme, with what was found now; ``findings`` None: the checklist is on paper."""

    case: Case
    scheme: Scheme
    result: str
    day: date
    note: str
    label: str
    findings: Mapping[UUID, Found] | None


def met_before(cases: Iterable[Case], *, than: Mapping[Case, int]) -> dict[tuple[Case, UUID], set[UUID]]:
    """
    For each case and scheme: the criteria that were met at attempts before ``than``, and are not looked at again; those at a place from which the
    learner was moved are among them.
    """
    wanted = set(cases)
    whose = _whose({enrolment for enrolment, _unit in wanted})
    rows = Finding.objects.filter(
        decision__enrolment__in=list(whose),
        decision__unit__in={unit for _enrolment, unit in wanted},
        found=Found.MET,
    ).values_list(
        "decision__enrolment", "decision__unit", "decision__attempt", "decision__scheme", "criterion"
    )  # fmt: skip
    met: dict[tuple[Case, UUID], set[UUID]] = {}
    for enrolment, unit, attempt, scheme, criterion in rows:
        for place in whose[enrolment]:
            case = (place, unit)
            if case in than and attempt < than[case]:
                met.setdefault((case, scheme), set()).add(criterion)
    return met


def _whose(places: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """By place: itself, and those of these places to which its learner was moved."""
    found: dict[UUID, list[UUID]] = {}
    for key, chain in places_before(list(places)).items():
        for place in chain:
            found.setdefault(place, []).append(key)
    return found


def best_marks(cases: Iterable[Case], *, until: date) -> dict[tuple[UUID, UUID], Decimal]:
    """The best mark by (place in a cohort, written test) until that day; a test is taken once, wherever the learner was then."""
    whose = _whose({enrolment for enrolment, _unit in cases})
    rows = WrittenMark.objects.filter(enrolment__in=list(whose), taken_on__lte=until).order_by()
    best: dict[tuple[UUID, UUID], Decimal] = {}
    for enrolment, instrument, mark in rows.values_list("enrolment", "instrument").annotate(best=Max("mark")):
        for place in whose[enrolment]:
            best[place, instrument] = max(mark, best.get((place, instrument), mark))
    return best


def tests_not_passed(scheme: Scheme, enrolment: UUID, marks: Mapping[tuple[UUID, UUID], Decimal]) -> list[Instrument]:
    return [
        each
        for each in scheme.instruments.all()
        if each.kind == InstrumentKind.WRITTEN
        and each.pass_mark is not None
        and marks.get((enrolment, each.pk), Decimal(-1)) < each.pass_mark
    ]


def require_fit(judged: Sequence[Judged], *, attempts: Mapping[Case, int]) -> None:
    """
    Refuse results that their checklists do not bear.

    :raises ContradictsChecklist: names the criterion. :raises ChecklistIncomplete: names what was not looked at.
    :raises BadInput: for "not yet" without a word for the learner, or a criterion of another scheme.
    """
    if not judged:
        return
    met = met_before([each.case for each in judged], than=attempts)
    marks: dict[date, Mapping[tuple[UUID, UUID], Decimal]] = {}
    for each in judged:
        if each.day not in marks:
            marks[each.day] = best_marks([one.case for one in judged if one.day == each.day], until=each.day)
        found = dict.fromkeys(met.get((each.case, each.scheme.pk), ()), Found.MET.value)
        if each.findings is not None:
            _require_known(each)
            found |= {key: str(value) for key, value in each.findings.items()}
        _require_fit(each, found, tests_not_passed(each.scheme, each.case[0], marks[each.day]))


def checklist_of(decision: Decision) -> Mapping[UUID, Found] | None:
    """What is written down of a decision itself; None where its checklist is on paper."""
    if decision.checklist != ChecklistPlace.HERE:
        return None
    return {key: Found(found) for key, found in decision.findings.values_list("criterion", "found")}


def _require_known(judged: Judged) -> None:
    known = {criterion.pk for criterion in criteria_of(judged.scheme)}
    if not known.issuperset(judged.findings or {}):
        text = N_("A criterion of another scheme was sent for %(decision)s. Open the page again.")
        raise BadInput([Problem(text, {"decision": judged.label}, column="findings")])


def _require_fit(judged: Judged, found: Mapping[UUID, str], failed_tests: list[Instrument]) -> None:
    named = {"decision": judged.label}
    needed = needed_of(judged.scheme)
    failed = [each for each in needed if found.get(each.pk) == Found.NOT_MET]
    is_on_paper = judged.findings is None
    if judged.result == Result.NOT_YET_COMPETENT:
        if not judged.note.strip():
            text = N_("Say to the learner of %(decision)s what is missing.")
            raise BadInput([Problem(text, named, column="evidence_note")])
        if not is_on_paper and not failed and not failed_tests and all(each.pk in found for each in needed):
            raise ContradictsChecklist(
                N_("All that %(decision)s needs is met; mark what is not, or decide “competent”."), **named
            )
        return
    if failed_tests:
        raise ContradictsChecklist(
            N_("%(decision)s has no passing mark in written test %(test)s. Marks come in by sheet; or decide “not yet competent”."),
            test=failed_tests[0].position, **named,
        )  # fmt: skip
    if is_on_paper:
        return
    critical = next((each for each in failed if each.weight == Weight.CRITICAL), None)
    if critical is not None:
        raise ContradictsChecklist(
            N_("Criterion %(criterion)s of %(decision)s is critical and was not met; nobody is competent without it."),
            criterion=critical.code, **named,
        )  # fmt: skip
    if failed:
        raise ContradictsChecklist(
            N_("Criterion %(criterion)s of %(decision)s is required and was not met. Decide “not yet competent”."),
            criterion=failed[0].code, **named,
        )  # fmt: skip
    missing = [each for each in needed if each.pk not in found]
    if missing:
        raise ChecklistIncomplete(
            N_("Criterion %(criterion)s of %(decision)s was not looked at. Mark it as met or not met."),
            criterion=missing[0].code, **named,
        )  # fmt: skip


def require_fit_of(
    decision: Decision, *, result: str, day: date, note: str, findings: Mapping[UUID, Found] | None
) -> None:
    """As ``judging.require_fit``, for a decision that stands."""
    if decision.scheme_id is None:
        return
    (scheme,) = whole([decision.scheme_id])
    case = (decision.enrolment_id, decision.unit_id)
    judged = Judged(
        case=case, scheme=scheme, result=result, day=day, note=note, label=str(decision),
        findings=findings if decision.checklist == ChecklistPlace.HERE else None,
    )  # fmt: skip
    require_fit([judged], attempts={case: decision.attempt})


def write_findings(found: Sequence[tuple[Decision, Sequence[FindingDraft]]]) -> None:
    Finding.objects.bulk_create(
        [
            Finding(decision=decision, criterion_id=each.criterion, found=each.found, note=each.note.strip()[:500])
            for decision, findings in found
            for each in findings
        ],
        batch_size=500,
    )
