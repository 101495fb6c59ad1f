"""
The sheets of the agreements' room, in the order in which they load.

Two files are read twice: an agreement is drafted, gets its texts and its parties, is proposed on the day that its own row names, and then signed
with the signatures that the rows of its parties hold.
"""

from collections.abc import Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.members.models import Organisation, SourceMark

from . import actions
from .drafts import (
    AgreementDraft,
    AgreementStep,
    KeptSignature,
    PartyDraft,
    SignerDraft,
    TextDraft,
)
from .lifecycle import AgreementStatus
from .models import Agreement, AgreementKind, AgreementParty, AgreementText, Signer
from .sheets_of_changes import AMENDMENTS, COUNTERS, KINDS, LINES, STEPS
from .sheets_of_obligations import OBLIGATIONS


def take_agreements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``ends_on`` is the last day inside."""
    findings = Findings()
    announcements = by_reference(Announcement.objects.all(), (row["announcement"] for row in rows))
    kinds = {kind.code: kind for kind in AgreementKind.objects.filter(code__in={row["kind"] for row in rows})}
    there = {row["reference"] for row in rows}
    made: dict[str, Agreement] = {}
    waiting = list(rows)
    # A schedule and a follow-up come after what they stand under, wherever their rows stand.
    while waiting:
        fresh = [row for row in waiting if not ({row["parent"], row["renews"]} & there) - made.keys()] or waiting
        drafts = [
            AgreementDraft(
                reference=row["reference"], starts_on=row["starts_on"],
                ends_before=row["ends_on"] + ONE_DAY if row["ends_on"] else None,
                announcement=findings.find(row, "announcement", announcements), source_mark=row["source_mark"],
                kind=findings.find(row, "kind", kinds), parent=findings.find(row, "parent", made),
                renews=findings.find(row, "renews", made),
            )
            for row in fresh
        ]  # fmt: skip
        findings.refuse_if_any()
        with refusals_in(fresh):
            made |= {each.reference: each for each in actions.draft_agreements(agreements=drafts, by=by)}
        waiting = [row for row in waiting if row["reference"] not in made]
    return len(made)


def take_texts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    texts = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        if agreement:
            texts.append((agreement, TextDraft(row["language"], row["title"], row["body"], row["standing"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.write_texts(texts=texts, by=by)


def take_parties(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    members = by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    parties = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        member = findings.find(row, "organisation", members)
        if agreement and member:
            parties.append((agreement, PartyDraft(member, row["role"], row["position"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.name_parties(parties=parties, by=by)


def take_signers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """Offices that sign for a party. Their addresses are not kept: nobody is written to."""
    findings = Findings()
    sides = AgreementParty.objects.filter(agreement__reference__in={row["agreement"] for row in rows})
    parties = {
        (party.agreement.reference, party.organisation.reference): party
        for party in sides.select_related("agreement", "organisation")
    }
    signers = []
    for row in rows:
        party = findings.find(row, "organisation", parties, key=(row["agreement"], row["organisation"]))
        if party:
            draft = SignerDraft(row["office"], row["name"], language=row["language"], position=row["position"])
            signers.append((party, draft))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.name_signers(signers=signers, at=at, by=by))


def take_proposals(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    agreements = by_reference(Agreement.objects.all(), (row["reference"] for row in rows))
    proposals = [(agreements[row["reference"]], row["proposed_on"]) for row in rows if row["proposed_on"]]
    with refusals_in(rows):
        return len(actions.propose_agreements(proposals=proposals, by=by))


def take_signatures(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:
    """On paper, unless the row says otherwise; the scan of what is on paper is a document."""
    findings = Findings()
    signed = [row for row in rows if row["signed_on"]]
    scans = by_reference(Document.objects.all(), (row["scan"] for row in signed))
    sides = AgreementParty.objects.filter(agreement__reference__in={row["agreement"] for row in signed})
    parties = {
        (party.agreement.reference, party.organisation.reference): party
        for party in sides.select_related("agreement", "organisation")
    }
    signers = {
        (each.party_id, each.office): each
        for each in Signer.objects.filter(party__in=[party.pk for party in parties.values()], ended_at=None)
    }
    signatures = []
    for row in signed:
        way = row["signed_way"] or AgreementParty.Signature.PAPER
        party = findings.find(row, "organisation", parties, key=(row["agreement"], row["organisation"]))
        scan = findings.find(row, "scan", scans)
        if way == AgreementParty.Signature.PAPER and not row["scan"]:
            findings.add(row, "scan", N_("A signature on paper is shown by its scan; none is named."))
        if party:
            signer = signers.get((party.pk, row["signed_as"]))
            signatures.append(KeptSignature(party, row["signed_on"], row["signed_as"], scan, signer, way))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.load_signatures(signatures=signatures, at=at, by=by)
    return len(signatures)


def take_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(Agreement.objects.all(), (row["agreement"] for row in rows))
    successors = by_reference(Agreement.objects.all(), (row["successor"] for row in rows))
    steps = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        if agreement:
            successor = findings.find(row, "successor", successors)
            steps.append(AgreementStep(agreement, row["to_status"], row["effective_on"], row["reason"], successor))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.move_agreements(steps=steps, by=by)
    return len(steps)


_AGREEMENT = (
    Column("reference", read.reference(20)),
    Column("announcement", read.reference(20), required=False),
    Column("starts_on", read.day),
    Column("ends_on", read.day, required=False),
    Column("proposed_on", read.day, required=False, about="Empty: it stays a draft."),
    Column("source_mark", read.choice(SourceMark)),
    Column("kind", read.reference(30), required=False),
    Column("parent", read.reference(20), required=False, about="The agreement that it is a schedule of."),
    Column("renews", read.reference(20), required=False, about="The agreement that it follows."),
)
_PARTY = (
    Column("agreement", read.reference(20)),
    Column("organisation", read.reference(60)),
    Column("position", read.whole(1, 500)),
    Column("role", read.text(200), required=False),
    Column("signed_on", read.day, required=False),
    Column("signed_as", read.text(150), required=False, about="The office, never a name."),
    Column("scan", read.reference(60), required=False, about="The document that shows a signature on paper."),
    Column(
        "signed_way",
        read.choice(AgreementParty.Signature),
        required=False,
        about="Empty: on paper. Signed here: with a second factor. By a link: with a code sent to the signer.",
    ),
)

SHEETS: tuple[SheetKind, ...] = (
    *KINDS,
    SheetKind(
        name="agreements", pattern="agreements.*", columns=_AGREEMENT, take=take_agreements, unique=("reference",)
    ),
    SheetKind(
        name="agreement_texts",
        pattern="agreement_texts.*",
        columns=(
            Column("agreement", read.reference(20)),
            Column("language", read.language),
            Column("title", read.text(250)),
            Column("body", read.text(200_000)),
            Column("standing", read.choice(AgreementText.Standing)),
        ),
        take=take_texts,
        unique=("agreement", "language"),
    ),
    SheetKind(
        name="agreement_parties",
        pattern="agreement_parties.*",
        columns=_PARTY,
        take=take_parties,
        unique=("agreement", "organisation"),
    ),
    LINES,
    SheetKind(
        name="agreement_signers",
        pattern="agreement_signers.*",
        columns=(
            Column("agreement", read.reference(20)),
            Column("organisation", read.reference(60)),
            Column("position", read.whole(1, 500)),
            Column("office", read.text(150), about="As it stands beside the signature."),
            Column("name", read.text(150), required=False),
            Column("language", read.text(20)),
        ),
        take=take_signers,
        optional=True,
        unique=("agreement", "organisation", "office"),
    ),
    SheetKind(name="agreement_proposals", pattern="agreements.*", columns=_AGREEMENT, take=take_proposals),
    COUNTERS,
    SheetKind(name="agreement_signatures", pattern="agreement_parties.*", columns=_PARTY, take=take_signatures),
    AMENDMENTS,
    STEPS,
    SheetKind(
        name="agreement_changes",
        pattern="agreement_changes.*",
        columns=(
            Column("agreement", read.reference(20)),
            Column("to_status", read.choice(AgreementStatus)),
            Column("effective_on", read.day),
            Column("reason", read.text(300), required=False),
            Column("successor", read.reference(20), required=False, about="Where it is superseded: by which."),
        ),
        take=take_changes,
    ),
    *OBLIGATIONS,
)
