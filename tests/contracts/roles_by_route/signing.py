"""Who signs, for machines: signers and their links, and the agreement as a file."""

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import SignerDraft
from tests.factories.agreements import make_proposed_agreement
from tests.factories.tokens import Machine

from . import World, row
from .api import NO_FILE

SIGNERS = "/api/v1/agreements/{api_signing}/signers"
ONE = SIGNERS + "/{api_signer}"
MATCH, KEY = {"If-Match": "{signer_etag}"}, {"Idempotency-Key": "one"}

# in the order of ROLES:     secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", SIGNERS, "200 200 200 403 403 403 403 200 403 401"),
    row("PUT", SIGNERS, "200 403 403 403 403 403 403 403 403 401", headers={"If-Match": "{signing_etag}"}, quorum=1, order="parallel"),
    row("POST", SIGNERS, "201 403 201 403 403 403 403 403 403 401", headers=KEY, member="vientiane", office="Dean"),
    row("GET", ONE, "200 404 200 404 404 404 404 404 404 401"),
    row("PUT", ONE, "200 404 200 404 404 404 404 404 404 401", headers=MATCH, office="Rector"),
    row("POST", ONE + "/end", "200 404 200 404 404 404 404 404 404 401", headers=MATCH),
    row("POST", ONE + "/links", "201 404 201 404 404 404 404 404 404 401", headers=KEY),
    row("POST", ONE + "/links/end", "200 404 200 404 404 404 404 404 404 401", headers=MATCH),
    row("POST", "/api/v1/agreements/{api_signing}/paper-signatures", NO_FILE, other=NO_FILE, missing=NO_FILE),
    row("POST", "/api/v1/agreements/{api_signing}/changes", "428 403 403 403 403 403 403 403 403 401",
        to="terminated", on="2024-02-02", reason="Z"),
    row("GET", "/api/v1/agreements/{api_signing}/pdf", "200 200 200 403 403 403 403 200 403 401"),
]  # fmt: skip


def scene(world: World) -> None:
    agreement = make_proposed_agreement("AGR-2023-0901", parties=("chongqing", world.records["member"]))
    party = agreement.parties.get(organisation=world.records["member"])
    draft = SignerDraft("Rector", email="rector@school.example")
    signer = actions.name_signer(party=party, draft=draft, at=clock.now(), by=NIGHTLY)
    actions.make_link(signer=signer, at=clock.now(), by=NIGHTLY)
    world.places["api_signing"], world.places["api_signer"] = agreement.reference, signer.pk
    reader = Machine(world.tokens["secretariat"])
    for name, path in (("signing_etag", "signers"), ("signer_etag", f"signers/{signer.pk}")):
        world.places[name] = reader.etag(f"/agreements/{agreement.reference}/{path}")
