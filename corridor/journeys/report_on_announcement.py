"""Reporting on an announcement with what shows it: records of other rooms are looked up before they are named."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions
from corridor.rooms.conferences.drafts import RecordNamed, ReportDraft
from corridor.rooms.conferences.models import AnnouncementReport

from .record_kinds import KINDS

# Records whose pages anyone can open: a report is public, and so is what shows it.
SHOWING = ("agreement", "programme", "site", "curriculum", "demand", "member")


@transaction.atomic
def report_on_announcement(*, report: ReportDraft, at: datetime, by: Actor) -> AnnouncementReport:
    """:raises BadInput: if what shows it names no record; else as the room's action."""
    require_records(records=report.records, by=by)
    return actions.report_on_announcement(report=report, at=at, by=by)


def require_records(*, records: Sequence[RecordNamed], by: Actor) -> None:
    """:raises BadInput: for a record that is not there, not for this reader, or of a kind whose page is not public."""
    problems = []
    for each in records:
        places: dict[str, object] = {"reference": each.reference, "kind": each.kind}
        if each.kind not in SHOWING:
            problems.append(
                Problem(N_("What shows a report is a record that anyone can open; “%(kind)s” is none."), places, column="record_kind")
            )  # fmt: skip
            continue
        try:
            KINDS[each.kind].find(each.reference, by)
        except NotFound:
            problems.append(
                Problem(
                    N_("There is no record %(reference)s of this kind. Copy the reference from its page."), places, column="record_reference"
                )
            )  # fmt: skip
    if problems:
        raise BadInput(problems)
