"""Roles beside the offices, records opened with a reason, who can see what, what happened to it, and checkpoints of the log."""

from datetime import timedelta

from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit import checkpoints
from corridor.foundations.clock import real_now, today
from corridor.foundations.grants.models import Override
from tests.factories.actors import make_user
from tests.factories.grants import make_grant
from tests.factories.people import make_person

from . import World, row

# in the order of ROLES:                        secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/grants/",                      "200 403 403 403 403 403 403 200 403 302"),
    row("GET", "/grants/new/",                  "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/grants/new/",                 "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/grants/{grant}/end/",         "302 404 404 404 404 404 404 403 404 302"),
    row("GET", "/profile/rights/",              "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/profile/rights/pass-on/",      "200 403 200 200 200 200 403 200 403 302"),
    row("POST", "/profile/rights/pass-on/",     "422 403 422 422 422 422 403 422 403 302"),
    row("GET", "/people/me/looked/",            "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/open-a-record/",               "200 403 403 403 403 403 403 200 403 302"),
    row("POST", "/open-a-record/",              "422 403 403 403 403 403 403 422 403 302"),
    row("POST", "/open-a-record/{override}/end/", "302 404 404 404 404 404 404 302 404 302"),
    row("GET", "/see-as/",                      "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/see-as/",                     "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/see-as/end/",                 "302 302 302 302 302 302 302 302 302 302"),
    row("GET", "/access/member/{member}/",      "200 403 200 403 403 403 403 200 403 302"),
    row("GET", "/access/person/{person}/",      "200 404 404 404 404 404 200 404 404 302"),
    row("GET", "/access/cohort/{cohort}/",      "200 404 403 200 200 403 403 200 404 302"),
    row("GET", "/access/application/{application}/", "200 200 404 404 404 404 404 404 404 302"),
    row("GET", "/access/import/{import}/",      "200 404 404 404 404 404 404 404 404 302"),
    row("GET", "/audit/of/member/{member}/",    "200 403 200 403 403 403 403 200 403 302"),
    row("GET", "/audit/checkpoints/",           "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/audit/checkpoints/{checkpoint}/", "200 200 200 200 200 200 200 200 200 302"),
]  # fmt: skip


def scene(world: World) -> None:
    person = make_person("web-opened")
    now = real_now()
    opened = Override.objects.create(
        user=world.users["auditor"], record_kind="person", record_key=person.pk, record_reference=person.reference,
        reason="Asked by the police of Vientiane.", begins_at=now - timedelta(minutes=1), ends_at=now + timedelta(minutes=59),
    )  # fmt: skip
    checkpoints.make_key(at=now, by=NIGHTLY)
    made = checkpoints.make_checkpoint(on=today(), at=now, by=NIGHTLY)
    world.places |= {
        "grant": make_grant(make_user("web-granted"), "auditor").pk, "override": opened.pk, "checkpoint": made.day.isoformat(),
    }  # fmt: skip
