"""Registers on phones, and the inbox of what they brought: the devices are everyone's own, the decisions those of who corrects registers."""

from corridor.foundations.journal.models import Conflict
from tests.factories.devices import Phone
from tests.factories.training import make_session

from . import World, row

# ROLES:                                              secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/worker.js",                              "200"),
    row("GET", "/registers/",                             "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/",                       "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/data/",                  "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/manifest.json",          "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/registers/phone/device/",               "422 422 422 422 422 422 422 422 422 302"),
    row("POST", "/registers/phone/sync/",                 "422 422 422 422 422 422 422 422 422 302"),
    row("GET", "/registers/conflicts/",                   "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/conflicts/{conflict}/",        "200 404 404 200 200 404 404 404 404 302"),
    row("POST", "/registers/conflicts/{conflict}/",       "422 404 404 422 403 404 404 404 404 302"),
    row("GET", "/registers/conflicts/{conflict}/together/",  "200 404 404 200 403 404 404 404 404 302"),
    row("POST", "/registers/conflicts/{conflict}/together/", "422 404 404 422 403 404 404 404 404 302"),
    row("GET", "/registers/devices/",                     "200 200 200 200 200 200 200 200 200 302"),
    row("POST", "/registers/devices/{device}/withdraw/",  "404 404 404 404 302 404 404 404 404 302"),
    row("GET", "/registers/files/",                       "200 403 403 200 200 403 403 403 403 302"),
    row("POST", "/registers/files/",                      "422 403 403 422 422 403 403 403 403 302"),
    row("GET", "/registers/files/journal.json",           "200 403 403 200 403 403 403 403 403 302"),
]  # fmt: skip


def scene(world: World) -> None:
    cohort = world.records["cohort"]
    phone = Phone.of(world.users["trainer"])
    phone.do("register.unheard-of", make_session(cohort, number=70).pk, {})
    phone.send()
    world.places |= {"conflict": Conflict.objects.get().pk, "device": phone.device.pk}
