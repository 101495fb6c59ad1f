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
]


def scene(world: World) -> None:
    (kind,) = make_kinds(kinds=[KindDraft("framework", {"en": "Framework agreement"})], by=NIGHTLY)
    world.places["agreement_kind"] = kind.code
