"""How agreements change: versions are read as the text is; parties and the secretariat answer, amend, renew and ask."""

from corridor.foundations.access import NIGHTLY
from corridor.rooms.agreements.actions import make_kinds
from corridor.rooms.agreements.drafts import KindDraft

from . import World, row

READERS = "200 200 200 403 403 403 403 200 403 302"
OFFICE = "200 403 403 403 403 403 403 403 403 302"
SENT_BY_OFFICE = "422 403 403 403 403 403 403 403 403 302"
PARTIES = "200 403 200 403 403 403 403 403 403 302"
SENT_BY_PARTIES = "422 403 422 403 403 403 403 403 403 302"
# They may, and it is not the moment.
NOT_NOW = "409 403 409 403 403 403 403 403 403 302"

API_READERS = "200 200 200 403 403 403 403 200 403 401"
KEY = {"Idempotency-Key": "one-of-a-row"}
CONTENT = {"starts_on": "2023-06-01", "parties": [], "texts": []}

ROWS = [
    row("GET", "/agreement-kinds/", OFFICE),
    row("GET", "/agreement-kinds/new/", OFFICE),
    row("POST", "/agreement-kinds/new/", SENT_BY_OFFICE),
    row("GET", "/agreement-kinds/{agreement_kind}/", OFFICE),
    row("POST", "/agreement-kinds/{agreement_kind}/", SENT_BY_OFFICE),
    row("GET", "/agreements/{draft}/revise/", "200 403 403 404 404 404 404 403 404 302"),
    row("POST", "/agreements/{draft}/revise/", "422 403 403 404 404 404 404 403 404 302"),
    row("GET", "/agreements/{proposed}/counter/", PARTIES),
    row("POST", "/agreements/{proposed}/counter/", SENT_BY_PARTIES),
    row("POST", "/agreements/{proposed}/counter/back/", NOT_NOW),
    row("GET", "/agreements/{agreement}/amend/", PARTIES),
    row("POST", "/agreements/{agreement}/amend/", SENT_BY_PARTIES),
    row("GET", "/agreements/{agreement}/renew/", PARTIES),
    row("POST", "/agreements/{agreement}/renew/", SENT_BY_PARTIES),
    row("GET", "/agreements/{agreement}/ask/", PARTIES),
    row("POST", "/agreements/{agreement}/ask/", SENT_BY_PARTIES),
    row("GET", "/agreements/{agreement}/answer/", NOT_NOW),
    row("POST", "/agreements/{agreement}/answer/", NOT_NOW),
    row("POST", "/agreements/{agreement}/ask/back/", NOT_NOW),
    row("GET", "/agreements/{agreement}/versions/", READERS),
    row("GET", "/agreements/{agreement}/versions/1/", READERS),
    row("GET", "/agreements/{agreement}/compare/?first=1&second=1", READERS),
    row("POST", "/agreements/{agreement}/review/en/", NOT_NOW),
    row("POST", "/api/v1/agreements", "422 422 422 422 422 422 422 422 422 401"),
    row("GET", "/api/v1/agreements/{agreement}/content", API_READERS),
    row("PUT", "/api/v1/agreements/{agreement}/content", "428 428 428 403 403 403 403 428 403 401", **CONTENT),
    row("POST", "/api/v1/agreements/{agreement}/proposal", "428 428 428 403 403 403 403 428 403 401"),
    row("GET", "/api/v1/agreements/{agreement}/versions", API_READERS),
    row("POST", "/api/v1/agreements/{agreement}/versions", "409 403 409 403 403 403 403 403 403 401", headers=KEY,
        over="0", reason="Better.", **CONTENT),
    row("GET", "/api/v1/agreements/{agreement}/versions/1", API_READERS),
    row("GET", "/api/v1/agreements/{agreement}/differences?first=1&second=1", API_READERS),
    row("POST", "/api/v1/agreements/{agreement}/amendments", "409 403 409 403 403 403 403 403 403 401", headers=KEY, reason="Longer."),
    row("GET", "/api/v1/agreements/{agreement}/amending", "404 404 404 403 403 403 403 404 403 401"),
    row("POST", "/api/v1/agreements/{agreement}/renewals", "201 403 201 403 403 403 403 403 403 401", headers=KEY,
        starts_on="2026-06-01", reason="It went well."),
    row("GET", "/api/v1/agreements/{agreement}/steps", API_READERS),
    row("POST", "/api/v1/agreements/{agreement}/steps", "201 403 201 403 403 403 403 403 403 401", headers=KEY,
        kind="terminate", reason="No learners."),
    row("POST", "/api/v1/agreements/{agreement}/steps/answers", "409 403 409 403 403 403 403 403 403 401", headers=KEY, answer="confirms"),
    row("POST", "/api/v1/agreements/{agreement}/steps/retractions", "409 403 409 403 403 403 403 403 403 401", headers=KEY),
    row("GET", "/api/v1/agreement-kinds", "200 200 200 200 200 200 200 200 200 401"),
    row("POST", "/api/v1/agreement-kinds", "201 403 403 403 403 403 403 403 403 401", headers=KEY, code="letter", names={"en": "Letter"}),
    row("GET", "/api/v1/agreement-kinds/{agreement_kind}", "200 200 200 200 200 200 200 200 200 401"),
    row("PUT", "/api/v1/agreement-kinds/{agreement_kind}", "428 428 428 428 428 428 428 428 428 401", names={"en": "Frame"}),
]  # fmt: skip


def scene(world: World) -> None:
    (kind,) = make_kinds(kinds=[KindDraft("framework", {"en": "Framework agreement"})], by=NIGHTLY)
    world.places["agreement_kind"] = kind.code
