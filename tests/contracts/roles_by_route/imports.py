"""Sheets: who may import something finds the page; an import is seen by its sender alone."""

from datetime import UTC, datetime

from corridor.foundations.accounts.models import User
from corridor.foundations.sheets.models import Import

from . import World, row

# ROLES:                                             secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/imports/",                          "200 403 200 200 200 200 403 403 403 302"),
    row("POST", "/imports/",                         "422 403 422 422 422 422 403 403 403 302", kind="people"),
    row("GET", "/imports/template/people/csv/",      "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/imports/template/people/csv/",     "200 403 403 403 403 403 403 403 403 302", to="CN", basis="contract"),
    row("GET", "/imports/template/oneroster/zip/",   "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/imports/template/oneroster/zip/",  "200 403 403 200 403 403 403 403 403 302", to="LA", basis="contract"),
    row("GET", "/imports/{import}/",                 "200 404 404 404 404 404 404 404 404 302"),
    row("GET", "/imports/{import}/table/",           "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/table/",          "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/imports/{import}/columns/",         "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/columns/",        "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/imports/{import}/questions/",       "200 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/questions/",      "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/check/",          "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/write/",          "409 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/undo/",           "409 404 404 404 404 404 404 404 404 302"),
    row("GET", "/imports/{import}/remarks/",         "404 404 404 404 404 404 404 404 404 302"),
    row("POST", "/imports/{import}/withdraw/",       "302 404 404 404 404 404 404 404 404 302"),
    row("POST", "/api/v1/imports",                   "422 422 422 422 422 422 422 422 422 401"),
    row("GET", "/api/v1/imports/{import}",           "200 404 404 404 404 404 404 404 404 401"),
    row("GET", "/api/v1/exports/oneroster?form=zip", "200 403 403 200 403 403 403 403 403 401"),
    row("GET", "/api/v1/exports/people",             "200 403 403 403 403 403 403 403 403 401"),
]  # fmt: skip


def scene(world: World) -> None:
    """An import of the secretariat whose file was forgotten after its week."""
    user = world.users["secretariat"]
    world.places["import"] = _forgotten(user.username, user).pk
    world.others["import"] = _forgotten("somebody-else", None).pk


def _forgotten(sent_by: str, sender: User | None) -> Import:
    return Import.objects.create(
        kind="people", file_name="people.csv", sha256="0" * 64, size=1, stored_as="", sent_by=sent_by, sender=sender,
        sent_at=datetime(2024, 1, 2, tzinfo=UTC), hidden="read",
    )  # fmt: skip
