"""The sheets of what parties owe: the obligations, and each time that one which returns was settled."""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.members.models import Organisation

from . import actions
from .drafts import ObligationDraft, ObligationStep, RecordShown
from .lifecycle import ObligationStatus
from .models import LONGEST_RHYTHM, Agreement, Obligation, ObligationOccurrence, ShownBy


def take_obligations(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Obligations, and how those that are settled for good were."""
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    members = by_reference(Organisation.objects.all(), (row["member"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["evidence"] for row in rows))
    drafts = []
    for row in rows:
        agreement, member = findings.find(row, "agreement", agreements), findings.find(row, "member", members)
        findings.find(row, "evidence", documents)
        if agreement and member:
            drafts.append(
                ObligationDraft(
                    agreement, member, row["what"], row["due_on"], row["reference"], every_months=row["every_months"],
                    shown_by=row["shown_by"] or ShownBy.WORD,
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        made = actions.set_obligations(obligations=drafts, by=by)
        steps = [
            ObligationStep(
                owed, row["status"], row["settled_on"], row["reason"], documents.get(row["evidence"]), record=_record(row), whole=True
            )
            for owed, row in zip(made, rows, strict=True)
            if row["settled_on"]
        ]  # fmt: skip
        if steps:
            actions.settle_obligations(steps=steps, at=at, by=by)
    return len(made)


def take_occurrences(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Each time that one which returns was kept or let off, in the order of the sheet."""
    findings = Findings()
    obligations = by_reference(Obligation.objects.all(), (row["obligation"] for row in rows))
    documents = by_reference(Document.objects.all(), (row["evidence"] for row in rows))
    steps = []
    for row in rows:
        owed = findings.find(row, "obligation", obligations)
        findings.find(row, "evidence", documents)
        if owed:
            to = ObligationStatus(row["settled_as"])
            steps.append(
                ObligationStep(
                    owed, to, row["settled_on"], row["reason"], documents.get(row["evidence"]), record=_record(row)
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.settle_obligations(steps=steps, at=at, by=by)
    return len(steps)


def _record(row: Row) -> RecordShown | None:
    return RecordShown(row["record_kind"], row["record"]) if row["record_kind"] and row["record"] else None


_SHOWN = (
    Column("reason", read.text(300), required=False),
    Column("evidence", read.reference(60), required=False, about="The document that shows it."),
    Column("record_kind", read.choice(ShownBy), required=False, about="Of the record that shows it."),
    Column("record", read.text(130), required=False, about="The record of another room that shows it."),
)
OBLIGATIONS: tuple[SheetKind, ...] = (
    SheetKind(
        name="obligations",
        pattern="obligations.*",
        columns=(
            Column("reference", read.reference(20)),
            Column("agreement", read.reference(20)),
            Column("member", read.reference(60)),
            Column("what", read.text(300)),
            Column("due_on", read.day),
            Column("every_months", read.whole(1, LONGEST_RHYTHM), required=False, about="Empty: it is owed once."),
            Column("shown_by", read.choice(ShownBy), required=False, about="Empty: what the member says."),
            Column("status", read.choice(ObligationStatus)),
            Column("settled_on", read.day, required=False),
            *_SHOWN,
        ),
        take=take_obligations,
        optional=True,
        unique=("reference",),
    ),
    SheetKind(
        name="obligation_occurrences",
        pattern="obligation_occurrences.*",
        columns=(
            Column("obligation", read.reference(20)),
            Column("settled_as", read.choice(ObligationOccurrence.Settled)),
            Column("settled_on", read.day),
            *_SHOWN,
        ),
        take=take_occurrences,
        optional=True,
    ),
)
