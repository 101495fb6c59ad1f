"""The ledger: read by anyone, written by its owners and the secretariat, confirmed by the council."""

from datetime import UTC, date, datetime

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.conferences.actions import report_on_announcement
from corridor.rooms.conferences.drafts import ReportDraft
from tests.factories.conferences import make_announcement, make_conference
from tests.factories.members import make_member

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/announcements/", "200"),
    row("GET", "/announcements/{announcement}/", "200"),
    row("GET", "/announcements/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/announcements/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/announcements/{announcement}/report/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/announcements/{announcement}/report/", "422 403 422 403 403 403 403 403 403 302"),
    row("POST", "/announcements/{unconfirmed}/confirm/", "403 302 404 404 404 404 404 404 404 302"),
    row("GET", "/announcements/{announcement}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/announcements/{announcement}/move/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/announcements/feed.atom", "200"),
    row("GET", "/announcements/widget/", "200"),
    row("GET", "/announcements/{announcement}/evidence/{shown}/", "200"),
    *(
        each
        for page in ("wording", "target", "members", "merge")
        for each in (
            row("GET", f"/announcements/{{announcement}}/{page}/", "200 403 403 403 403 403 403 403 403 302"),
            row("POST", f"/announcements/{{announcement}}/{page}/", "422 403 403 403 403 403 403 403 403 302"),
        )
    ),
    row("GET", "/conferences/{conference}/", "200"),
    row("GET", "/conferences/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/hold/", "302 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    conference = make_conference()
    planned = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    chongqing = make_member("chongqing")
    announcement = make_announcement(conference=conference, owner=world.records["member"])
    unconfirmed = make_announcement(conference=conference, owner=chongqing, confirmed_by="")
    upload = Upload("intake.txt", b"Twenty have begun.", "First intake")
    report = ReportDraft(
        announcement=announcement, reported_on=date(2024, 1, 20), text="Begun.", next_due_on=date(2024, 6, 28), uploads=[upload]
    )  # fmt: skip
    told = report_on_announcement(report=report, at=datetime(2024, 1, 20, tzinfo=UTC), by=NIGHTLY)
    world.places["shown"] = told.evidence.get().document.reference
    world.records["announcement"] = announcement
    world.places["planned"] = planned.reference
    world.places["conference"] = conference.reference
    world.places["announcement"] = announcement.reference
    world.places["unconfirmed"] = unconfirmed.reference
