"""Sending a package of OneRoster as a test wants it, and what is said of its records."""

import json
from datetime import UTC, datetime

from corridor.foundations.access import Role
from corridor.journeys.import_sheets import import_file, write_import

from .actors import make_actor, make_user

AT = datetime(2024, 3, 4, 9, tzinfo=UTC)
SOURCE = "sis-vte"


def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


def manager(site):
    return make_actor(Role.SITE_MANAGER, scope=("site", site.pk), user=make_user("manager"))


def send(content, *, by=None, **answers):
    return import_file(
        kind="oneroster", file_name="roster.zip", content=content, language="en", answers=answers, columns={}, at=AT, by=by or secretariat()
    )  # fmt: skip


def written(content, **more):
    by = more.setdefault("by", secretariat())
    held = send(content, **more)
    assert held.refused == 0, [(row.place, row.said) for row in held.verdicts.filter(verdict="refused")]
    return write_import(held=held, at=AT, by=by, wait=True)


def verdicts(held):
    return {row.place: (row.verdict, row.reference) for row in held.verdicts.all()}


def said(held, place):
    return json.loads(held.verdicts.get(place=place).said or "{}")


def rules(held, place):
    return [fault[2] for fault in [*said(held, place).get("faults", []), *said(held, place).get("remarks", [])]]


def counts(held):
    return held.created, held.updated, held.refused
