"""The sheets of what is planned and logged: intake, risks and what became of them, decisions, joint study."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from . import actions
from .actions.planning import FIRST_YEAR, LAST_YEAR
from .actions.planning_study import MOST_CREDITS, MOST_TERMS, MOST_YEARS
from .drafts import DecisionDraft, IntakeDraft, RiskDraft, RiskStep, StudyDraft, TermDraft
from .lifecycle import RiskStatus
from .models import Programme, ProgrammeRisk, RiskLevel

NO_RISK = N_("There is no risk “%(cell)s”.")


def take_intakes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        if programme:
            drafts.append(IntakeDraft(programme, row["year"], row["cohorts"], row["learners"], row["note"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.plan_intakes(plans=drafts, by=by))


def take_risks(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    owners = by_reference(Organisation.objects.all(), (row["owner"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        owner = findings.find(row, "owner", owners)
        if programme and owner:
            drafts.append(
                RiskDraft(
                    programme, row["what"], row["likelihood"], row["effect"], owner, row["noticed_on"], row["due_on"]
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.log_risks(risks=drafts, by=by))


def take_risk_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    risks = {
        (each.programme.reference, each.number): each
        for each in ProgrammeRisk.objects.select_related("programme").filter(
            programme__reference__in={row["programme"] for row in rows}
        )
    }
    steps = []
    for row in rows:
        risk = findings.find(row, "number", risks, NO_RISK, key=(row["programme"], row["number"]))
        if risk:
            steps.append(RiskStep(risk, row["to_status"], row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.move_risks(steps=steps, by=by)
    return len(steps)


def take_decisions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        if programme:
            drafts.append(DecisionDraft(programme, row["decided_on"], row["decided_by"], row["what"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.log_decisions(decisions=drafts, by=by))


def take_study(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """
    The rows of one programme and day are one plan. A row without a member says what a term needs, one without a term what a member has to
    give, one with both what it gives in that term.
    """
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    members = by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    plans: dict[tuple[str, date], _Read] = {}
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        member = findings.find(row, "organisation", members)
        term = (row["year"], row["term"]) if row["year"] and row["term"] else None
        if term is None and (row["year"] or row["term"] or member is None):
            findings.add(row, "year", N_("Name a year with its term, or a member, or both."))
        elif programme:
            plan = plans.setdefault((row["programme"], row["starts_on"]), _Read(programme))
            plan.add(term, member, row["credits"])
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.plan_study(plans=[plan.draft(day) for (_reference, day), plan in plans.items()], by=by)
    return len(rows)


class _Read:
    """The rows of one plan."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._needed: dict[tuple[int, int], Decimal] = {}
        self._given: dict[tuple[int, int], list[tuple[Organisation, Decimal]]] = {}
        self._members: list[tuple[Organisation, Decimal]] = []

    def add(self, term: tuple[int, int] | None, member: Organisation | None, credit: Decimal) -> None:
        if term is None and member is not None:
            self._members.append((member, credit))
        elif term is not None and member is None:
            self._needed[term] = credit
        elif term is not None and member is not None:
            self._given.setdefault(term, []).append((member, credit))

    def draft(self, day: date) -> StudyDraft:
        terms = sorted({*self._needed, *self._given})
        return StudyDraft(
            self._programme, day,
            [
                TermDraft(year, term, self._needed.get((year, term), Decimal(0)), self._given.get((year, term), []))
                for year, term in terms
            ],
            self._members,
        )  # fmt: skip


INTAKES = SheetKind(
    name="programme_intakes",
    pattern="programme_intakes.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("year", read.whole(FIRST_YEAR, LAST_YEAR)),
        Column("cohorts", read.whole(0, 1000)),
        Column("learners", read.whole(0, 1_000_000)),
        Column("note", read.text(300), required=False),
    ),
    take=take_intakes,
    optional=True,
    unique=("programme", "year"),
)
RISKS = SheetKind(
    name="programme_risks",
    pattern="programme_risks.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("what", read.text(300)),
        Column("likelihood", read.choice(RiskLevel)),
        Column("effect", read.choice(RiskLevel)),
        Column("owner", read.reference(60), about="A member that takes part in it."),
        Column("noticed_on", read.day),
        Column("due_on", read.day),
    ),
    take=take_risks,
    optional=True,
    unique=("programme", "what"),
)
RISK_CHANGES = SheetKind(
    name="programme_risk_changes",
    pattern="programme_risk_changes.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("number", read.whole(1, 9999), about="Counted in the order in which the risks of it stand."),
        Column("to_status", read.choice(RiskStatus)),
        Column("effective_on", read.day),
        Column("reason", read.text(300)),
    ),
    take=take_risk_changes,
    optional=True,
)
DECISIONS = SheetKind(
    name="programme_decisions",
    pattern="programme_decisions.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("decided_on", read.day),
        Column("decided_by", read.text(150), about="An office or a board, never a private name."),
        Column("what", read.text(500)),
    ),
    take=take_decisions,
    optional=True,
)
STUDY = SheetKind(
    name="study_plans",
    pattern="study_plans.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("starts_on", read.day),
        Column("year", read.whole(1, MOST_YEARS), required=False),
        Column("term", read.whole(1, MOST_TERMS), required=False),
        Column("organisation", read.reference(60), required=False),
        Column(
            "credits", read.decimal(2, 0, MOST_CREDITS),
            about="Without a member: what the term needs. Without a term: what the member has to give in all.",
        ),
    ),
    take=take_study,
    optional=True,
    unique=("programme", "starts_on", "year", "term", "organisation"),
)  # fmt: skip
