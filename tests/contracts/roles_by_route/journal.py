"""Registers on phones, and the inbox of what they brought: the devices are everyone's own, the decisions those of who corrects registers."""

import cv2
import numpy as np
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.journal.models import Conflict
from corridor.rooms.training.models import SheetPhoto
from tests.factories.devices import Phone
from tests.factories.training import make_session

from . import World, row

PICTURE = bytes(cv2.imencode(".png", np.full((40, 40), 255, np.uint8))[1])

# ROLES:                                              secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
ROWS = [
    row("GET", "/worker.js",                              "200"),
    row("GET", "/registers/",                             "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/",                       "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/data/",                  "200 200 200 200 200 200 200 200 200 302"),
    row("GET", "/registers/phone/photos/",                "200 200 200 200 200 200 200 200 200 302"),
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
    row("GET", "/registers/files/",                       "200 403 403 200 200 200 403 403 403 302"),
    row("POST", "/registers/files/",                      "422 403 403 422 422 422 403 403 403 302"),
    row("GET", "/registers/files/journal.json",           "200 403 403 200 403 403 403 403 403 302"),
    row("GET", "/cohorts/{cohort}/sessions/71/correct/1/",  "200 404 403 200 409 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/71/correct/1/", "422 404 403 422 409 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/open/",        "200 404 403 200 403 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/open/",       "422 404 403 422 403 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/paper/",       "403 404 403 403 200 403 403 403 404 302"),
    row("POST", "/cohorts/{cohort}/sessions/1/paper/",      "403 404 403 403 422 403 403 403 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/1/paper/sheet.pdf", "200 404 403 200 200 200 403 200 404 302"),
    row("GET", "/cohorts/{cohort}/registers/week.pdf",      "200 404 403 200 200 200 403 200 404 302"),
    row("GET", "/cohorts/{cohort}/photos/1/",            "404 404 404 404 404 404 404 404 404 302"),
    row("GET", "/cohorts/{cohort}/sessions/71/paper/photos/{register_photo}/", "200 404 403 200 200 200 403 200 404 302"),
    row("GET", "/programmes/{programme}/registers/",      "200 403 403 403 403 403 403 403 403 302"),
    row("POST", "/programmes/{programme}/registers/",     "422 403 403 403 403 403 403 403 403 302"),
    row("POST", "/api/v1/journal/devices",                "422 422 422 422 422 422 422 422 422 401"),
    row("POST", "/api/v1/journal/batches",                "422 422 422 422 422 422 422 422 422 401"),
    row("GET", "/api/v1/journal/conflicts",               "200 200 200 200 200 200 200 200 200 401"),
    row("GET", "/api/v1/journal/conflicts/{conflict}",    "200 404 404 200 200 404 404 404 404 401"),
    row("PUT", "/api/v1/journal/conflicts/{conflict}/decision", "200 404 404 200 403 404 404 404 404 401",
        headers={"If-Match": "{conflict_etag}"}, outcome="standing", reason="Nobody knows that kind."),
]  # fmt: skip


def scene(world: World) -> None:
    cohort = world.records["cohort"]
    phone = Phone.of(world.users["trainer"])
    phone.do("register.unheard-of", make_session(cohort, number=70).pk, {})
    phone.send()
    conflict = Conflict.objects.get(event__device=phone.device)
    client = Client(headers={"Authorization": f"Bearer {world.tokens['secretariat']}"})
    world.places |= {
        "conflict": conflict.pk, "device": phone.device.pk,
        "conflict_etag": client.get(f"/api/v1/journal/conflicts/{conflict.pk}")["ETag"],
    }  # fmt: skip
    signed = make_session(cohort, number=71, status="locked")
    make_session(cohort, number=72, on=clock.today())
    kept = receive(Upload("sheet.png", PICTURE, "Sheet"), at=signed.begins_at, by=NIGHTLY)
    photo = SheetPhoto.objects.create(session=signed, document=kept, kept_by="trainer", kept_at=signed.begins_at)
    world.places["register_photo"] = photo.pk
