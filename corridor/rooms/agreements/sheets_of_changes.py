"""The sheets of kinds of agreement, of lines, and of how agreements change: answers, amendments, and steps that are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_

from . import actions
from .canonical import clauses_of
from .drafts import AgreementDraft, ClauseDraft, KindDraft, LineDraft, MotionDraft, PaperSignature
from .models import Agreement, AgreementKind, AgreementMotion, SigningOrder
from .writing import standing_draft


def take_kinds(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """A column for the name in each language."""
    drafts = [
        KindDraft(
            row["code"], {language: name for language, name in row.family("name_").items() if name},
            signing_order=row["signing_order"], quorum=row["quorum"], position=row["position"],
        )
        for row in rows
    ]  # fmt: skip
    with refusals_in(rows):
        return len(actions.make_kinds(kinds=drafts, by=by))


def take_clauses(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    kinds = {kind.code: kind for kind in AgreementKind.objects.filter(code__in={row["kind"] for row in rows})}
    clauses = []
    for row in rows:
        kind = findings.find(row, "kind", kinds)
        if kind:
            clauses.append((kind, ClauseDraft(row["language"], row["number"], row["text"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.write_clauses(clauses=clauses, by=by)


def take_lines(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    lines = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        if agreement:
            lines.append((agreement, LineDraft(row["number"], row["language"], row["text"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.write_lines(lines=lines, by=by)


def take_counters(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Rows of one agreement and day are one answer: each says another clause, or another last day."""
    findings = Findings()
    groups = _grouped(rows, findings)
    for agreement, group in groups:
        draft = _changed(agreement, group, findings)
        findings.refuse_if_any()
        with refusals_in(group):
            actions.counter_agreement(
                agreement=agreement, draft=draft, over=agreement.canonical_hash, on=group[0]["on"], at=at,
                reason=group[0]["reason"], by=by, member=group[0]["member"],
            )  # fmt: skip
    return len(groups)


def take_amendments(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Rows of one agreement and day are one amendment, proposed on that day, and signed by all on paper on another where one is named."""
    findings = Findings()
    scans = by_reference(Document.objects.all(), (row["scan"] for row in rows))
    groups = _grouped(rows, findings)
    for agreement, group in groups:
        first = group[0]
        draft, scan = _changed(agreement, group, findings), findings.find(first, "scan", scans)
        findings.refuse_if_any()
        with refusals_in(group):
            made = actions.amend_agreement(
                agreement=agreement, draft=draft, on=first["on"], reason=first["reason"], by=by, member=first["member"]
            )
            actions.propose_agreement(agreement=made, on=first["on"], by=by)
            if first["signed_on"]:
                offices = {each.organisation_id: each.signed_as for each in agreement.parties.all()}
                signatures = [
                    PaperSignature(party, first["signed_on"], offices[party.organisation_id], scan)
                    for party in made.parties.order_by("position")
                ]
                actions.record_paper_signatures(signatures=signatures, at=at, by=by)
    return len(groups)


def take_steps(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    motions = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        if agreement:
            motion = MotionDraft(
                agreement, row["kind"], row["reason"], row["takes_effect_on"], member=row["member"]
            )  # fmt: skip
            motions.append((row, motion))
    findings.refuse_if_any()
    for row, motion in motions:
        with refusals_in([row]):
            actions.ask_step(motion=motion, on=row["asked_on"], by=by)
    return len(motions)


def _grouped(rows: Iterable[Row], findings: Findings) -> list[tuple[Agreement, list[Row]]]:
    given = list(rows)
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in given))
    groups: dict[Any, list[Row]] = {}
    for row in given:
        if findings.find(row, "agreement", agreements):
            groups.setdefault((row["agreement"], row["on"]), []).append(row)
    findings.refuse_if_any()
    return [(agreements[reference], group) for (reference, _on), group in groups.items()]


def _changed(agreement: Agreement, rows: Sequence[Row], findings: Findings) -> AgreementDraft:
    """What the agreement says now, with another last day and other clauses as the rows say."""
    draft = standing_draft(agreement)
    texts = {text.language: text for text in draft.texts}
    for row in rows:
        if row["ends_on"]:
            draft = replace(draft, ends_before=row["ends_on"] + ONE_DAY)
        if not row["language"]:
            continue
        text = texts.get(row["language"])
        clauses = clauses_of(text.body) if text else []
        if text is None or not row["clause"] or row["clause"] > len(clauses):
            findings.add(row, "clause", N_("There is no such clause in this language."))
            continue
        clauses[row["clause"] - 1] = row["text"]
        texts[row["language"]] = replace(text, body="\n\n".join(clauses))
    return replace(draft, texts=list(texts.values()))


_CHANGE = (
    Column("agreement", read.reference(20)),
    Column("member", read.reference(60), required=False, about="For which party; empty: for the secretariat."),
    Column("on", read.day),
    Column("reason", read.text(300)),
    Column("ends_on", read.day, required=False, about="Another last day."),
    Column("language", read.language, required=False),
    Column("clause", read.whole(1, 500), required=False, about="The number of the clause that says something else."),
    Column("text", read.text(20_000), required=False),
)

KINDS = (
    SheetKind(
        name="agreement_kinds",
        pattern="agreement_kinds.*",
        columns=(
            Column("code", read.reference(30)),
            Column("position", read.whole(1, 500)),
            Column("signing_order", read.choice(SigningOrder)),
            Column("quorum", read.whole(1, 20)),
        ),
        take=take_kinds,
        extra=languages("name"),
        optional=True,
        unique=("code",),
    ),
    SheetKind(
        name="agreement_clauses",
        pattern="agreement_clauses.*",
        columns=(
            Column("kind", read.reference(30)),
            Column("language", read.language),
            Column("number", read.whole(1, 500)),
            Column("text", read.text(20_000)),
        ),
        take=take_clauses,
        optional=True,
        unique=("kind", "language", "number"),
    ),
)
LINES = SheetKind(
    name="agreement_lines",
    pattern="agreement_lines.*",
    columns=(
        Column("agreement", read.reference(20)),
        Column("number", read.whole(1, 9999)),
        Column("language", read.language),
        Column("text", read.text(20_000)),
    ),
    take=take_lines,
    optional=True,
    unique=("agreement", "number", "language"),
)
COUNTERS = SheetKind(
    name="agreement_counters",
    pattern="agreement_counters.*",
    columns=_CHANGE,
    take=take_counters,
    optional=True,
)
AMENDMENTS = SheetKind(
    name="agreement_amendments",
    pattern="agreement_amendments.*",
    columns=(
        *_CHANGE,
        Column("signed_on", read.day, required=False, about="Empty: it is before its parties."),
        Column("scan", read.reference(60), required=False, about="The document that shows the signatures."),
    ),
    take=take_amendments,
    optional=True,
)
STEPS = SheetKind(
    name="agreement_steps",
    pattern="agreement_steps.*",
    columns=(
        Column("agreement", read.reference(20)),
        Column("kind", read.choice(AgreementMotion.Kind)),
        Column("member", read.reference(60), required=False),
        Column("asked_on", read.day),
        Column("takes_effect_on", read.day, required=False),
        Column("reason", read.text(300)),
    ),
    take=take_steps,
    optional=True,
)
