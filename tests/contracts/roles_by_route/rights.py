"""The rights of persons: everyone for the own record; the secretariat answers, erases, keeps and counts what left; oversight reads the ledger."""

from datetime import date

from corridor.rooms.people.lifecycle import RequestStatus
from corridor.rooms.people.models import Person
from tests.factories.people import make_person

from . import World, row

# ROLES:                                         secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/my-data/",                      "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/my-data/account/",              "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/my-data/copy/",                "404 404 404 404 302 302 302 404 404 302"),
    row("GET", "/my-data/copy/00000000-0000-0000-0000-000000000000/", "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/my-data/correct/",              "404 404 404 404 200 200 200 404 404 302"),
    row("POST", "/my-data/correct/",             "404 404 404 404 302 302 302 404 404 302", part="other", should_be="Otherwise"),
    row("GET", "/my-data/erase/",                "404 404 404 404 200 200 200 404 404 302"),
    row("POST", "/my-data/erase/",               "404 404 404 404 302 302 302 404 404 302", words=""),
    row("GET", "/my-data/requests/{asked}/",     "200 404 404 404 404 404 200 404 404 302"),
    row("POST", "/my-data/requests/{asked}/",    "403 404 404 404 404 404 302 404 404 302"),
    row("GET", "/requests/",                     "200 403 403 200 403 403 403 403 403 302"),
    row("GET", "/requests/{asked}/",             "200 403 403 200 403 403 403 403 403 302"),
    row("POST", "/requests/{asked}/",            "422 403 403 422 403 403 403 403 403 302"),
    row("GET", "/requests/{asked}/file/",        "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/people/{leaver}/erase/",        "200 404 404 404 404 404 404 404 404 302"),
    row("POST", "/people/{leaver}/erase/",       "302 404 404 404 404 404 404 404 404 302",
        confirmed="{leaver}", reason="Asked", signed_texts="keep"),
    row("GET", "/people/{leaver}/holds/",        "200 404 404 404 404 404 404 404 404 302"),
    row("POST", "/people/{leaver}/holds/",       "302 404 404 404 404 404 404 404 404 302", reason="Case 12/2024"),
    row("GET", "/retention/",                    "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/retention/",                   "302 403 403 403 403 403 403 403 403 302", kind="request", months="36", reason="Three years"),
    row("GET", "/transfers/",                    "200 403 403 403 403 403 403 200 403 302"),
    row("GET", "/transfers/new/",                "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/transfers/new/",               "302 403 403 403 403 403 403 403 403 302", happened_on="2024-01-10", from_country="LA",
        to_country="CN", data_class="other", basis="consent", occasion="mail", about="A list", unlisted="3"),
    row("GET", "/transfers/thresholds/",         "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/transfers/thresholds/",        "302 403 403 403 403 403 403 403 403 302",
        from_country="LA", data_class="other", persons="50", source="Own choice"),
]  # fmt: skip


def scene(world: World) -> None:
    mine = Person.objects.filter(user=world.users["learner"]).first() or make_person(
        "web-asks", user=world.users["learner"]
    )
    asked = mine.requests.create(
        reference="REQ-2024-9001", kind="correction", part="other", should_be="Otherwise", status=RequestStatus.ASKED,
        asked_on=date(2024, 1, 10), due_on=date(2024, 2, 9),
    )  # fmt: skip
    world.places |= {"asked": asked.reference, "leaver": make_person("web-leaver").reference}
