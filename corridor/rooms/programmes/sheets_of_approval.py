"""The sheets of approval: which steps a kind of programme needs, and what was found at them."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference

from . import actions
from .drafts import FindingDraft
from .models import ApprovalStep, Programme, ProgrammeKind, StepOutcome


def take_needed(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The rows of a kind are its steps, in the order in which they stand."""
    needed: dict[ProgrammeKind, list[ApprovalStep]] = {}
    for row in rows:
        needed.setdefault(row["kind"], []).append(row["step"])
    with refusals_in(rows):
        return len(actions.need_steps(steps=list(needed.items()), by=by))


def take_findings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["document"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        document = findings.find(row, "document", documents)
        if programme:
            drafts.append(
                FindingDraft(
                    programme, row["step"], row["found_on"], row["found_by"], row["outcome"], row["finding"], row["reason"],
                    document,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.find_at_steps(findings=drafts, at=at, by=by))


NEEDED = SheetKind(
    name="programme_steps_needed",
    pattern="programme_steps_needed.*",
    columns=(Column("kind", read.choice(ProgrammeKind)), Column("step", read.choice(ApprovalStep))),
    take=take_needed,
    optional=True,
    unique=("kind", "step"),
)
FINDINGS = SheetKind(
    name="programme_steps",
    pattern="programme_steps.*",
    columns=(
        Column("programme", read.reference(60)),
        Column("step", read.choice(ApprovalStep)),
        Column("found_on", read.day),
        Column("found_by", read.text(150), about="An office or a board, never a private name."),
        Column("outcome", read.choice(StepOutcome)),
        Column("finding", read.text(500)),
        Column("reason", read.text(300), required=False, about="Why it is returned."),
        Column("document", read.reference(60), required=False),
    ),
    take=take_findings,
    optional=True,
    unique=("programme", "step", "found_on"),
)
