"""The sheets of the programmes' room, in the order in which they load."""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind, languages
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.errors import BadInput
from corridor.kernel.shares import read_share
from corridor.kernel.wording import N_
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.conferences.models import Announcement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.funding.models import Commitment
from corridor.rooms.members.models import Organisation, SourceMark
from corridor.rooms.sites.models import Site

from . import actions
from .drafts import ProgrammeDraft, ProgrammeStep, ReviewDraft, SplitDraft
from .lifecycle import ProgrammeStatus
from .models import MemberRole, Programme, ProgrammeKind, ReviewEnding
from .sheets_of_approval import FINDINGS, NEEDED
from .sheets_of_plans import DECISIONS, INTAKES, RISK_CHANGES, RISKS, STUDY


def take_programmes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    agreements = by_reference(
        Agreement.objects.all(), (each for row in rows for each in [row["agreement"], *row["more_agreements"]])
    )
    announcements = by_reference(
        Announcement.objects.all(), (each for row in rows for each in [row["announcement"], *row["more_announcements"]])
    )
    demands = by_reference(DemandStatement.objects.all(), (each for row in rows for each in row["demand"]))
    sites = by_reference(Site.objects.all(), (site for row in rows for site in row["sites"]))
    versions = {
        (version.curriculum.reference, version.version): version
        for version in CurriculumVersion.objects.select_related("curriculum").filter(
            curriculum__reference__in={row["curriculum"] for row in rows}
        )
    }
    drafts = []
    for row in rows:
        agreement = findings.find(row, "agreement", agreements)
        announcement = findings.find(row, "announcement", announcements)
        more_agreements = findings.find_each(row, "more_agreements", agreements)
        more_announcements = findings.find_each(row, "more_announcements", announcements)
        wanted = findings.find_each(row, "demand", demands)
        places = findings.find_each(row, "sites", sites)
        version = None
        if row["curriculum"] or row["version"]:
            key = (row["curriculum"], row["version"])
            version = findings.find(row, "curriculum", versions, N_("There is no curriculum “%(cell)s”."), key=key)
        if agreement:
            drafts.append(
                ProgrammeDraft(
                    reference=row["reference"], kind=row["kind"], agreement=agreement, titles=row.family("title_"),
                    sites=places, announcement=announcement, more_agreements=more_agreements,
                    more_announcements=more_announcements, demands=wanted, languages=row["languages"],
                    curriculum_version=version,
                    source_mark=row["source_mark"], source=row["source"],
                )
            )  # fmt: skip
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.propose_programmes(programmes=drafts, by=by))


def take_members(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    members = by_reference(Organisation.objects.all(), (row["organisation"] for row in rows))
    taking_part = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        member = findings.find(row, "organisation", members)
        if programme and member:
            taking_part.append((programme, member, row["role"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.add_members(members=taking_part, by=by)


def take_changes(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    steps = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        if programme:
            steps.append(ProgrammeStep(programme, row["to_status"], row["effective_on"], row["reason"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.move_programmes(steps=steps, by=by)
    return len(steps)


def take_funding(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """The rows of one programme and day are one split."""
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    commitments = by_reference(Commitment.objects.all(), (row["commitment"] for row in rows))
    parts: dict[tuple[str, date], list[tuple[Commitment, Fraction]]] = {}
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        commitment = findings.find(row, "commitment", commitments)
        try:
            share = read_share(row["share"])
        except BadInput as wrong:
            findings.add(row, "share", wrong.problems[0].message, **wrong.problems[0].places)
            continue
        if programme and commitment:
            parts.setdefault((row["programme"], row["starts_on"]), []).append((commitment, share))
    findings.refuse_if_any()
    splits = [SplitDraft(programmes[reference], day, shares) for (reference, day), shares in parts.items()]
    with refusals_in(rows):
        actions.split_funding(splits=splits, by=by)
    return len(rows)


def take_reviews(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    programmes = by_reference(Programme.objects.all(), (row["programme"] for row in rows))
    drafts = []
    for row in rows:
        programme = findings.find(row, "programme", programmes)
        if programme:
            drafts.append(ReviewDraft(programme, row["reviewed_on"], row["ending"], row["finding"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.review_programmes(reviews=drafts, by=by))


SHEETS: tuple[SheetKind, ...] = (
    NEEDED,
    SheetKind(
        name="programmes",
        pattern="programmes.*",
        columns=(
            Column("reference", read.reference(60)),
            Column("kind", read.choice(ProgrammeKind)),
            Column("agreement", read.reference(20)),
            Column("announcement", read.reference(20), required=False),
            Column("curriculum", read.reference(60), required=False),
            Column("version", read.text(20), required=False),
            Column("sites", read.many(read.reference(60)), required=False),
            Column("source_mark", read.choice(SourceMark)),
            Column("source", read.text(300), required=False),
            Column("more_agreements", read.many(read.reference(20)), required=False),
            Column("more_announcements", read.many(read.reference(20)), required=False),
            Column("demand", read.many(read.reference(20)), required=False, about="Demand statements that it answers."),
            Column(
                "languages", read.many(read.language), required=False, about="Taught in, the main one first (BCP 47)."
            ),
        ),
        take=take_programmes,
        extra=languages("title"),
        extra_reader=read.text(200),
        unique=("reference",),
    ),
    SheetKind(
        name="programme_members",
        pattern="programme_members.*",
        columns=(
            Column("programme", read.reference(60)),
            Column("organisation", read.reference(60)),
            Column("role", read.choice(MemberRole)),
        ),
        take=take_members,
        unique=("programme", "organisation", "role"),
    ),
    FINDINGS,
    SheetKind(
        name="programme_changes",
        pattern="programme_changes.*",
        columns=(
            Column("programme", read.reference(60)),
            Column("to_status", read.choice(ProgrammeStatus)),
            Column("effective_on", read.day),
            Column("reason", read.text(300), required=False),
        ),
        take=take_changes,
    ),
    SheetKind(
        name="programme_funding",
        pattern="programme_funding.*",
        columns=(
            Column("programme", read.reference(60)),
            Column("starts_on", read.day),
            Column("commitment", read.reference(20)),
            Column("share", read.text(20), about="An exact fraction: 1/3, 25%."),
        ),
        take=take_funding,
        optional=True,
        unique=("programme", "starts_on", "commitment"),
    ),
    SheetKind(
        name="programme_reviews",
        pattern="programme_reviews.*",
        columns=(
            Column("programme", read.reference(60)),
            Column("reviewed_on", read.day),
            Column("ending", read.choice(ReviewEnding)),
            Column("finding", read.text(500)),
        ),
        take=take_reviews,
        optional=True,
        unique=("programme", "reviewed_on"),
    ),
    INTAKES,
    RISKS,
    RISK_CHANGES,
    DECISIONS,
    STUDY,
)
