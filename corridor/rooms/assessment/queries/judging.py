"""One learner in one unit, as an assessor needs it: the checklist, what was met before, tests, evidence, and who has signed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.training.models import Cohort, Enrolment

from ..judging import best_marks, met_before
from ..models import (
    ChecklistPlace,
    Decision,
    Evidence,
    Finding,
    Found,
    Instrument,
    InstrumentKind,
    Sample,
    Scheme,
    SchemeCriterion,
    SignerRole,
    SignOff,
    WrittenMark,
)
from ..readiness import obstacles_of, signers_missing
from ..schemes import criteria_of, schemes_on, whole
from ..sight import places_left, require_sight


@dataclass(frozen=True)
class Line:
    """One criterion of a checklist: what was found at this attempt, or that it was met before."""

    criterion: SchemeCriterion
    found: str
    note: str
    was_met: bool


@dataclass(frozen=True)
class Test:
    """A written test, and the best mark of the learner."""

    instrument: Instrument
    mark: Decimal | None

    @property
    def is_passed(self) -> bool:
        wanted = self.instrument.pass_mark
        return self.mark is not None and wanted is not None and self.mark >= wanted


@dataclass(frozen=True)
class Judging:
    """``decision`` None: nothing is decided at this attempt yet. ``scheme`` None: the unit has none that day."""

    enrolment: Enrolment
    unit: Unit
    attempt: int
    decision: Decision | None
    scheme: Scheme | None
    lines: tuple[Line, ...]
    tests: tuple[Test, ...]
    evidence: tuple[Evidence, ...]
    signoffs: tuple[SignOff, ...]
    missing: tuple[SignerRole, ...]
    obstacle: Refusal | None

    @property
    def is_on_paper(self) -> bool:
        return self.decision is not None and self.decision.checklist == ChecklistPlace.PAPER


def judging_of(
    *, enrolment: Enrolment, unit: Unit, decision: Decision | None, attempt: int, on: date, by: Actor
) -> Judging:
    """The attempt of that decision, or the one that comes next, under the scheme of the day."""
    require_sight(enrolment.cohort, by=by)
    return _read(enrolment=enrolment, unit=unit, decision=decision, attempt=attempt, on=on)


def judging_of_sample(*, sample: Sample, by: Actor) -> Judging:
    """What was drawn, as who judges it a second time sees it: the criteria and the evidence, and nothing of the first judgement."""
    if (
        sample.second_id is None
        or by.person_id is None
        or sample.second_id not in same_person_ids({by.person_id})[by.person_id]
    ):
        raise NotFound(N_("Nothing of that address waits for your judgement."))
    held = sample.decision
    return _read(enrolment=held.enrolment, unit=held.unit, decision=None, attempt=held.attempt, on=held.decided_on)


def list_evidence(*, by: Actor) -> QuerySet[Evidence]:
    """
    Evidence of learners whose decisions the reader sees, also from before they were moved, of their own, and of what they are to judge a second
    time (the evidence shows nothing of the first judgement).
    """
    rows = Evidence.objects.select_related("enrolment__cohort", "unit", "document").prefetch_related(
        "shows__criterion__instrument"
    )
    if by.holds_everywhere(Permission.DECISION_VIEW):
        return rows
    seen = Enrolment.objects.none()
    for kind, path in (("cohort", "cohort__in"), ("site", "cohort__site__in"), ("person", "person__in")):
        seen = seen | Enrolment.objects.filter(**{path: by.ids_with(Permission.DECISION_VIEW, kind)})
    return rows.filter(Q(enrolment__in=seen.values("pk")) | Q(enrolment__in=places_left(by=by)))


def get_evidence(*, key: UUID, by: Actor) -> Evidence:
    """:raises NotFound: if there is none, or none that the reader may see."""
    found = list_evidence(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such evidence that you may see."))
    return found


def taken_documents(*, documents: Collection[UUID], by: Actor) -> dict[UUID, list[str]]:
    """Of these documents those that are evidence now, each with the codes of the units; as far as the reader may see it."""
    found: dict[UUID, list[str]] = {}
    rows = list_evidence(by=by).filter(document__in=list(documents)).order_by("unit__position", "attempt")
    for each in rows:
        if each.document_id is not None and each.unit.code not in found.setdefault(each.document_id, []):
            found[each.document_id].append(each.unit.code)
    return found


def open_evidence(*, key: UUID, by: Actor) -> tuple[Evidence, bytes]:
    """The file. :raises NotFound: also while it is on its way."""
    found = get_evidence(key=key, by=by)
    if found.document is None:
        raise NotFound(N_("This file is still on its way from a device."))
    return found, bytes_of(found.document)


def list_marks(*, cohort: Cohort, by: Actor) -> QuerySet[WrittenMark]:
    """Marks of written tests in a cohort, by seat and test."""
    require_sight(cohort, by=by)
    rows = WrittenMark.objects.filter(enrolment__cohort=cohort)
    return rows.select_related(
        "enrolment__cohort", "enrolment__person", "instrument__scheme__unit__version__curriculum"
    )


def _read(*, enrolment: Enrolment, unit: Unit, decision: Decision | None, attempt: int, on: date) -> Judging:
    scheme: Scheme | None = None
    if decision is None:
        scheme = schemes_on([(unit.pk, on)]).get((unit.pk, on))
    elif decision.scheme_id is not None:
        (scheme,) = whole([decision.scheme_id])
    case = (enrolment.pk, unit.pk)
    met = met_before([case], than={case: attempt}).get((case, scheme.pk), set()) if scheme else set()
    findings: Mapping[UUID, Finding] = {}
    if decision is not None:
        findings = {each.criterion_id: each for each in decision.findings.all()}
    lines = [_line(each, findings.get(each.pk), each.pk in met) for each in (criteria_of(scheme) if scheme else ())]
    marks = best_marks([case], until=on) if scheme else {}
    tests = [
        Test(each, marks.get((enrolment.pk, each.pk)))
        for each in (scheme.instruments.all() if scheme else ())
        if each.kind == InstrumentKind.WRITTEN
    ]
    held = Evidence.objects.filter(enrolment=enrolment, unit=unit, attempt=attempt)
    evidence = held.select_related("document").prefetch_related("shows__criterion__instrument")
    signoffs = [] if decision is None else list(decision.signoffs.select_related("organisation"))
    is_open = decision is not None and decision.status == "assessed"
    return Judging(
        enrolment, unit, attempt, decision, scheme, tuple(lines), tuple(tests), tuple(evidence),
        tuple(each for each in signoffs if decision is not None and each.decision_version == decision.version),
        tuple(signers_missing(decision, scheme)) if decision is not None and scheme is not None else (),
        next(iter(obstacles_of([decision])), None) if decision is not None and is_open else None,
    )  # fmt: skip


def _line(criterion: SchemeCriterion, finding: Finding | None, was_met: bool) -> Line:
    if finding is not None:
        return Line(criterion, finding.found, finding.note, was_met)
    return Line(criterion, Found.MET.value if was_met else "", "", was_met)
