"""Agreements: that there is one is public; its text, its scans and its signatures are not."""

from datetime import UTC, date, datetime

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.journeys.sign_on_paper import SignedPaper, sign_on_paper
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import SignerDraft
from corridor.rooms.agreements.models import Signature
from tests.factories.actors import make_actor, make_user
from tests.factories.agreements import make_agreement, make_draft_agreement, make_obligation, make_proposed_agreement
from tests.factories.papers import PDF

from . import World, row

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/agreements/", "200"),
    row("GET", "/agreements/{agreement}/", "200"),
    row("GET", "/agreements/new/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/agreements/new/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/agreements/{agreement}/text/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/{proposed}/scans/{member}/", "404 404 404 403 403 403 403 404 403 302"),
    row("GET", "/agreements/{proposed}/scans/chongqing/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/{proposed}/sign/", "403 403 200 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{proposed}/sign/", "403 403 422 403 403 403 403 403 403 302"),
    row("GET", "/agreements/{proposed}/paper/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{proposed}/paper/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/agreements/{proposed}/agreement.pdf", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/{proposed}/signatures/{signature}/scan/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/{proposed}/signers/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/{proposed}/signers/how/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{proposed}/signers/how/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/agreements/{proposed}/signers/add/{member}/", "200 403 200 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{proposed}/signers/add/{member}/", "422 403 422 403 403 403 403 403 403 302"),
    row("GET", "/agreements/{with_signers}/signers/{signer}/", "200 404 200 404 404 404 404 404 404 302"),
    row("POST", "/agreements/{with_signers}/signers/{signer}/", "422 404 422 404 404 404 404 404 404 302"),
    row("POST", "/agreements/{with_signers}/signers/{signer}/end/", "302 404 302 404 404 404 404 404 404 302"),
    row("POST", "/agreements/{with_signers}/signers/{signer}/link/", "302 404 302 404 404 404 404 404 404 302"),
    row("POST", "/agreements/{with_signers}/signers/{signer}/link/end/", "302 404 302 404 404 404 404 404 404 302"),
    # Whoever holds the link, signed in or not; what it opened once is told apart from what was never given.
    row("GET", "/sign/{signing_secret}/", "200"),
    row("POST", "/sign/{signing_secret}/", "422"),
    row("POST", "/sign/{signing_secret}/code/", "302", missing="404"),
    row("GET", "/sign/{signing_secret}/agreement.pdf", "200"),
    row("GET", "/agreements/{draft}/propose/", "200 403 403 404 404 404 404 403 404 302"),
    row("POST", "/agreements/{draft}/propose/", "422 403 403 404 404 404 404 403 404 302"),
    row("GET", "/agreements/{agreement}/obligations/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{agreement}/obligations/", "422 403 403 403 403 403 403 403 403 302"),
    row("GET", "/obligations/", "200 200 200 403 403 403 403 200 403 302"),
    row("GET", "/agreements/activation/", "200"),
    row("GET", "/agreements/dormant/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/api/v1/agreement-activation", "200"),
    row("GET", "/api/v1/dormant-agreements", "200 200 403 403 403 403 403 200 403 401"),
    row("GET", "/late/", "200 200 403 403 403 403 403 200 403 302"),
    row("GET", "/owed/", "403 403 200 403 403 403 403 403 403 302"),
    row("GET", "/api/v1/late", "200 200 403 403 403 403 403 200 403 401"),
    row("GET", "/api/v1/owed", "200 200 200 200 200 200 200 200 200 401"),
    row("GET", "/obligations/calendar/", "200 200 200 403 403 403 403 200 403 302"),
    row("POST", "/obligations/calendar/", "200 200 200 403 403 403 403 200 403 302"),
    row("POST", "/obligations/calendar/end/", "302 302 302 403 403 403 403 302 403 302"),
    row("GET", "/obligations/calendar/{calendar}.ics", "200"),
    row("GET", "/obligations/{obligation}/evidence/1/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/obligations/{obligation}/", "200 200 200 404 404 404 404 200 404 302"),
    row("GET", "/obligations/{obligation}/evidence/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/obligations/{obligation}/fulfil/", "200 403 200 404 404 404 404 403 404 302"),
    row("POST", "/obligations/{obligation}/fulfil/", "422 403 422 404 404 404 404 403 404 302"),
    row("GET", "/obligations/{obligation}/waive/", "200 403 403 404 404 404 404 403 404 302"),
    row("POST", "/obligations/{obligation}/waive/", "422 403 403 404 404 404 404 403 404 302"),
    row("GET", "/agreements/{agreement}/move/", "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/agreements/{agreement}/move/", "422 403 403 403 403 403 403 403 403 302"),
]


def scene(world: World) -> None:
    parties = ("chongqing", world.records["member"])
    agreement = make_agreement("AGR-2023-0001", parties=parties, announcement=world.records["announcement"])
    proposed = make_proposed_agreement("AGR-2023-0002", parties=parties)
    draft = make_draft_agreement("AGR-2023-0003", parties=parties)
    paper = SignedPaper(
        proposed.parties.get(organisation__reference="chongqing"), date(2023, 5, 18), "President", "Records office",
        "scan.pdf", PDF,
    )  # fmt: skip
    sign_on_paper(paper=paper, on=date(2023, 5, 19), at=datetime(2023, 5, 19, tzinfo=UTC), by=NIGHTLY)
    with_signers = make_proposed_agreement("AGR-2023-0009", parties=parties)
    signer = actions.name_signer(
        party=with_signers.parties.get(organisation=world.records["member"]),
        draft=SignerDraft("Rector", email="rector@school.example"),
        at=clock.now(),
        by=NIGHTLY,
    )
    made = actions.make_link(signer=signer, at=clock.now(), by=NIGHTLY)
    world.places["with_signers"] = with_signers.reference
    world.places["signer"], world.places["signing_secret"] = signer.pk, made.secret
    world.places["signature"] = Signature.objects.get(party__agreement=proposed).pk
    world.records["agreement"] = agreement
    world.places["agreement"], world.places["proposed"] = agreement.reference, proposed.reference
    world.places["draft"] = draft.reference
    reader = make_actor("council", user=make_user("calendar-reader"))
    world.places["calendar"] = actions.make_calendar_address(
        language="en", at=datetime(2023, 5, 19, tzinfo=UTC), by=reader
    ).secret
    world.places["obligation"] = make_obligation(agreement, world.records["member"]).reference
