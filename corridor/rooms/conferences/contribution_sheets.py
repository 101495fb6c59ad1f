"""
Sheets of what members offer to say at a conference: the calls, what was sent in, how it was judged.

One file is read three times: what was sent in is judged, then decided as its own row says, and taken back after the agenda where it was.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.rooms.members.models import Organisation

from . import actions
from .actions import ContributionDraft, JudgementDraft
from .lifecycle import ContributionStatus
from .meeting_sheets import conferences_in
from .models import Contribution


def take_calls(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, conferences = Findings(), conferences_in(rows)
    for row in rows:
        conference = findings.find(row, "conference", conferences)
        if conference:
            with refusals_in([row]):
                actions.call_for_contributions(
                    conference=conference, opens_on=row["opens_on"], closes_before=row["closes_before"], by=by
                )
    findings.refuse_if_any()
    return len(rows)


def take_contributions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, conferences = Findings(), conferences_in(rows)
    members = by_reference(Organisation.objects.all(), (row["member"] for row in rows))
    for row in rows:
        conference, member = findings.find(row, "conference", conferences), findings.find(row, "member", members)
        if conference and member:
            draft = ContributionDraft(
                conference, member, row["title"], row["abstract"], row["language"], row["speakers"], row["reference"]
            )
            with refusals_in([row]):
                actions.send_contribution(contribution=draft, on=row["sent_on"], by=by)
    findings.refuse_if_any()
    return len(rows)


def take_judgements(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, offered = Findings(), _contributions(rows, "contribution")
    users = by_reference(User.objects.all(), (row["account"] for row in rows), field="username")
    drafts = []
    for row in rows:
        contribution, user = findings.find(row, "contribution", offered), findings.find(row, "account", users)
        if contribution and user:
            drafts.append(JudgementDraft(contribution, user, row["score"], row["note"], row["judged_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        return actions.load_judgements(judgements=drafts, by=by)


def take_decisions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    offered = _contributions(rows, "reference")
    decided = [row for row in rows if row["decision"]]
    for row in decided:
        with refusals_in([row]):
            actions.decide_on_contribution(
                contribution=offered[row["reference"]], to=row["decision"], on=row["decided_on"], by=by, reason=row["reason"]
            )  # fmt: skip
    return len(decided)


def take_withdrawals(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    offered = _contributions(rows, "reference")
    withdrawn = [row for row in rows if row["withdrawn_on"]]
    for row in withdrawn:
        with refusals_in([row]):
            actions.withdraw_contribution(
                contribution=offered[row["reference"]], on=row["withdrawn_on"], by=by, reason=row["withdrawn_because"]
            )
    return len(withdrawn)


def _contributions(rows: Iterable[Row], column: str) -> dict[str, Contribution]:
    return by_reference(Contribution.objects.all(), (row[column] for row in rows))


_OFFERED = (
    Column("reference", read.reference(20)),
    Column("conference", read.reference(40)),
    Column("member", read.reference(60)),
    Column("sent_on", read.day),
    Column("language", read.language, about="In which it is held."),
    Column("speakers", read.many(read.text(150))),
    Column("title", read.text(250)),
    Column("abstract", read.text(5000)),
    Column("decision", read.choice(ContributionStatus), required=False, about="Empty: not decided."),
    Column("decided_on", read.day, required=False),
    Column("reason", read.text(300), required=False),
    Column("withdrawn_on", read.day, required=False, about="Where the member took it back."),
    Column("withdrawn_because", read.text(300), required=False),
)

BEFORE_THE_AGENDA: tuple[SheetKind, ...] = (
    SheetKind(
        name="contribution_calls",
        pattern="contribution_calls.*",
        columns=(
            Column("conference", read.reference(40)),
            Column("opens_on", read.day),
            Column("closes_before", read.day),
        ),
        take=take_calls,
        optional=True,
        unique=("conference",),
    ),
    SheetKind(
        name="contributions",
        pattern="contributions.*",
        columns=_OFFERED,
        take=take_contributions,
        optional=True,
        unique=("reference",),
    ),
    SheetKind(
        name="contribution_judgements",
        pattern="contribution_judgements.*",
        columns=(
            Column("contribution", read.reference(20)),
            Column("account", read.text(150)),
            Column("score", read.whole(1, 5)),
            Column("note", read.text(1000), required=False),
            Column("judged_on", read.day),
        ),
        take=take_judgements,
        optional=True,
        unique=("contribution", "account"),
    ),
    SheetKind(
        name="contribution_decisions", pattern="contributions.*", columns=_OFFERED, take=take_decisions, optional=True
    ),
)
AFTER_THE_AGENDA = (
    SheetKind(
        name="contribution_withdrawals",
        pattern="contributions.*",
        columns=_OFFERED,
        take=take_withdrawals,
        optional=True,
    ),
)
