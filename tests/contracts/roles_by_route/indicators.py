"""Figures, the evidence behind them, claims and editions: read by anyone, kept by the secretariat, signed by two persons."""

from datetime import date

from corridor.foundations.access import NIGHTLY
from corridor.rooms.indicators.actions import (
    EditionDraft,
    build_edition,
    freeze_figures,
    place_figures,
    publish_edition,
    sign_figures,
)
from corridor.rooms.indicators.asking import ask
from tests.factories.figures import AT, FREEZE_DAY, REPORT_DAY, make_signer

from . import World, row

KEPT_DAY = date(2024, 1, 10)
KEPT = "/figures/members.active/versions/{kept_figure}/"
# in the order of ROLES: secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ONLY_SECRETARIAT = "403 403 403 403 403 403 403 403 302"
ROWS = [
    row("GET", "/figures/", "200"),
    row("GET", "/figures/claims/", "200"),
    row("GET", "/figures/members.active/?on=2024-01-18", "200"),
    row("GET", "/figures/members.active/evidence/?on=2024-01-18", "200"),
    row("POST", "/figures/members.active/evidence/?on=2024-01-18", "200"),
    row("GET", KEPT, "200"),
    row("GET", KEPT + "recount/", "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/figures/members.active/freeze/", f"302 {ONLY_SECRETARIAT}", on="2024-01-17"),
    row("POST", KEPT + "sign/", "302 302 403 403 403 403 403 403 403 302"),
    row("GET", KEPT + "correct/", f"200 {ONLY_SECRETARIAT}"),
    row("POST", KEPT + "correct/", f"422 {ONLY_SECRETARIAT}", reason=""),
    row("GET", "/reports/", "200"),
    row("GET", "/reports/new/", f"200 {ONLY_SECRETARIAT}"),
    row("POST", "/reports/new/", f"302 {ONLY_SECRETARIAT}", reference="2026", title="To come", day="2026-01-18"),
    row("GET", "/reports/{published_edition}/", "200"),
    row("GET", "/reports/{published_edition}/edition.json", "200"),
    row("GET", "/reports/{draft_edition}/", "200 200 404 404 404 404 404 404 404 404"),
    row("GET", "/reports/{draft_edition}/figures/", f"200 {ONLY_SECRETARIAT}"),
    row("POST", "/reports/{draft_edition}/figures/", f"302 {ONLY_SECRETARIAT}"),
    # Nobody publishes an edition without figures: 422 for who may, in place.
    row("POST", "/reports/{draft_edition}/publish/", "422 403 404 404 404 404 404 404 404 302"),
]


def scene(world: World) -> None:
    questions = [ask(code, on=KEPT_DAY, at=AT) for code in ("members.active", "members.countries")]
    kept, published = freeze_figures(questions=questions, on=FREEZE_DAY, at=AT, by=NIGHTLY)
    for name in ("first-signer", "second-signer"):
        sign_figures(figures=[published], on=FREEZE_DAY, at=AT, by=make_signer(name))
    build_edition(edition=EditionDraft("2024", "Report 2024", REPORT_DAY), by=NIGHTLY)
    edition = build_edition(edition=EditionDraft("2023", "Report 2023", REPORT_DAY), by=NIGHTLY)
    place_figures(edition=edition, figures=[published], by=NIGHTLY)
    publish_edition(edition=edition, on=FREEZE_DAY, at=AT, by=NIGHTLY)
    world.records["kept_figure"] = kept
    world.places |= {"kept_figure": kept.reference, "published_edition": "2023", "draft_edition": "2024"}
