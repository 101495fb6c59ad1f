"""The ledger: read by anyone, written by its owners and the secretariat, confirmed by the council."""

from datetime import UTC, date, datetime

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.conferences.actions import (
    ContributionDraft,
    ItemDraft,
    QuestionDraft,
    ResolutionDraft,
    add_document,
    ask_delegates,
    ask_for_visa_letter,
    call_for_contributions,
    put_on_agenda,
    recognise_delegate,
    report_on_announcement,
    resolve,
    send_contribution,
    write_minutes,
)
from corridor.rooms.conferences.drafts import ReportDraft
from corridor.rooms.conferences.kinds import ItemKind
from corridor.rooms.members.application_kinds import AnswerKind, Need
from tests.factories.conferences import (
    REGISTERED_AT,
    make_announcement,
    make_conference,
    make_delegate,
    open_registration,
)
from tests.factories.members import make_member

from . import World, row

SECRETARIAT = "200 403 403 403 403 403 403 403 403 302"
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
    row("GET", "/conferences/{conference}/agenda/", "200"),
    row("GET", "/conferences/{conference}/agenda.ics", "200"),
    row("GET", "/conferences/{conference}/agenda/{item}.ics", "200"),
    row("GET", "/conferences/{conference}/agenda/new/", SECRETARIAT),
    row("POST", "/conferences/{conference}/agenda/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{conference}/agenda/{item}/change/", SECRETARIAT),
    row("POST", "/conferences/{conference}/agenda/{item}/change/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{conference}/agenda/{item}/away/", "302 403 403 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{conference}/documents/new/", SECRETARIAT),
    row("POST", "/conferences/{conference}/documents/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{conference}/documents/{paper}/", "200"),
    row("GET", "/conferences/{conference}/decided/", "200"),
    row("GET", "/conferences/{conference}/decided/new/", SECRETARIAT),
    row("POST", "/conferences/{conference}/decided/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/resolutions/{resolution}/settle/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/resolutions/{resolution}/settle/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{conference}/minutes/", SECRETARIAT),
    row("POST", "/conferences/{conference}/minutes/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{conference}/minutes/en/approve/", "403 302 404 404 404 404 404 404 404 302"),
    row("GET", "/conferences/{conference}/screen/", "200"),
    row("GET", "/conferences/{planned}/contributions/", "200 200 200 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{planned}/contributions/new/", "403 403 200 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/contributions/new/", "403 403 422 403 403 403 403 403 403 302"),
    row("GET", "/conferences/{planned}/contributions/days/", SECRETARIAT),
    row("POST", "/conferences/{planned}/contributions/days/", "422 403 403 403 403 403 403 403 403 302"),
    row(
        "GET",
        "/contributions/{contribution}/",
        "200 200 200 404 404 404 404 404 404 302",
        other="200 200 404 404 404 404 404 404 404 302",
    ),
    row(
        "GET",
        "/contributions/{contribution}/judge/",
        "200 200 403 404 404 404 404 404 404 302",
        other="200 200 404 404 404 404 404 404 404 302",
    ),
    row(
        "POST",
        "/contributions/{contribution}/judge/",
        "422 422 403 404 404 404 404 404 404 302",
        other="422 422 404 404 404 404 404 404 404 302",
    ),
    row(
        "GET",
        "/contributions/{contribution}/decide/",
        "200 403 403 404 404 404 404 404 404 302",
        other="200 403 404 404 404 404 404 404 404 302",
    ),
    row(
        "POST",
        "/contributions/{contribution}/decide/",
        "422 403 403 404 404 404 404 404 404 302",
        other="422 403 404 404 404 404 404 404 404 302",
    ),
    row(
        "POST",
        "/contributions/{contribution}/withdraw/",
        "403 403 302 404 404 404 404 404 404 302",
        other="403 403 404 404 404 404 404 404 404 302",
    ),
    row("GET", "/conferences/{conference}/register/", "200"),
    row("POST", "/conferences/{planned}/register/", "422"),
    row("GET", "/delegates/{delegate_secret}/", "200"),
    row("GET", "/delegates/{delegate_secret}/card.pdf", "200"),
    row("GET", "/delegates/{delegate_secret}/letter/", "200"),
    row("POST", "/delegates/{delegate_secret}/letter/", "422"),
    row("GET", "/delegates/{delegate_secret}/letter.pdf", "404"),
    row("POST", "/delegates/{delegate_secret}/change/", "302", missing="404", what="list"),
    *(
        row("GET", f"/conferences/{{planned}}/delegates/{page}", SECRETARIAT)
        for page in ("", "participants/", "cards.pdf", "days/", "questions/")
    ),
    row("POST", "/conferences/{planned}/delegates/days/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/delegates/questions/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/delegates/questions/{question}/", "302 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/delegates/{delegate}/letter/", "302 404 404 404 404 404 404 404 404 302"),
    row("GET", "/conferences/{planned}/delegates/{delegate}/letter/refuse/", "200 404 404 404 404 404 404 404 404 302"),
    row(
        "POST", "/conferences/{planned}/delegates/{delegate}/letter/refuse/", "422 404 404 404 404 404 404 404 404 302"
    ),
    row("GET", "/conferences/{planned}/door/", SECRETARIAT),
    row("GET", "/conferences/{planned}/door/names.json", SECRETARIAT),
    row("POST", "/conferences/{planned}/door/scans/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/conferences/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/conferences/{planned}/hold/", "302 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    conference = make_conference()
    planned = make_conference("CONF-2024", starts_on=date(2024, 11, 21), is_held=False)
    open_registration(planned)
    question = QuestionDraft("meals", AnswerKind.SHORT_TEXT, Need.OPTIONAL, {"en": "Meals"})
    (asked,) = ask_delegates(conference=planned, questions=[question], by=NIGHTLY)
    registered = make_delegate(planned)
    by, delegate = recognise_delegate(secret=registered.secret, by=NIGHTLY)
    ask_for_visa_letter(
        delegate=delegate, passport="E1234567", nationality="LA", born_on=date(1990, 5, 1), at=REGISTERED_AT, by=by
    )
    world.places["question"], world.places["delegate"] = asked.pk, delegate.reference
    world.places["delegate_secret"] = registered.secret
    chongqing = make_member("chongqing")
    announcement = make_announcement(conference=conference, owner=world.records["member"])
    unconfirmed = make_announcement(conference=conference, owner=chongqing, confirmed_by="")
    upload = Upload("intake.txt", b"Twenty have begun.", "First intake")
    report = ReportDraft(
        announcement=announcement, reported_on=date(2024, 1, 20), text="Begun.", next_due_on=date(2024, 6, 28), uploads=[upload]
    )  # fmt: skip
    told = report_on_announcement(report=report, at=datetime(2024, 1, 20, tzinfo=UTC), by=NIGHTLY)
    world.places["shown"] = told.evidence.get().document.reference
    member = world.records["member"]
    day = datetime.combine(conference.starts_on, datetime.min.time())
    draft = ItemDraft(ItemKind.TALK, day.replace(hour=9), day.replace(hour=10), {"en": "Brakes"})
    (item,) = put_on_agenda(conference=conference, items=[draft], by=NIGHTLY)
    paper = add_document(conference=conference, upload=upload, at=REGISTERED_AT, by=NIGHTLY)
    decision = ResolutionDraft(conference, {"en": "Meet again"}, conference.starts_on, date(2024, 6, 1), owner=member)
    elsewhere = ResolutionDraft(
        conference, {"en": "Meet there"}, conference.starts_on, date(2024, 6, 1), owner=chongqing
    )
    resolution, others_resolution = resolve(resolutions=[decision, elsewhere], by=NIGHTLY)
    world.others["resolution"] = others_resolution.reference
    write_minutes(conference=conference, language="en", text="We met.", on=conference.starts_on, by=NIGHTLY)
    call_for_contributions(conference=planned, opens_on=date(2024, 1, 1), closes_before=date(2024, 6, 1), by=NIGHTLY)
    offered = [
        ContributionDraft(planned, each, "Brakes", "How we teach brakes.", "en", ["Mei"])
        for each in (member, chongqing)
    ]
    own, others = (send_contribution(contribution=each, on=REGISTERED_AT.date(), by=NIGHTLY) for each in offered)
    world.places["contribution"] = own.reference
    world.others["contribution"] = others.reference
    world.places["item"], world.places["paper"] = item.pk, paper.document.reference
    world.places["resolution"] = resolution.reference
    world.records["announcement"] = announcement
    world.places["planned"] = planned.reference
    world.places["conference"] = conference.reference
    world.places["announcement"] = announcement.reference
    world.places["unconfirmed"] = unconfirmed.reference
