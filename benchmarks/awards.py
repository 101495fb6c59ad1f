"""
A cohort of 10,000 learners from decisions to signed and listed credentials, with progress after every set: how fast, and in how much memory.

The cohort is one learner multiplied, row by row; the awarding runs in a process of its own (``one_award.py``), so that its memory is told.
"""

import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from corridor.kernel.identifiers import new_id
from corridor.rooms.assessment.models import Decision
from corridor.rooms.people.models import CertificateName
from corridor.rooms.training.models import Cohort, Enrolment
from tests.factories.credentials import make_assessed_cohort

from . import stores
from .measuring import Result

SMALL, LARGE = 1_000, 10_000
COHORT = "COH-2023-041"


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (an awarding takes as long as it takes)
    few, many = _award(SMALL), _award(LARGE)
    note = f"{many['sets']} sets, each a transaction with its progress; {many['signed']:,} are valid by their own signatures"
    return [
        Result.of(
            f"award {LARGE:,} learners", f"{SMALL:,} learners", "per second", [LARGE / many["seconds"]], [SMALL / few["seconds"]],
            goal=0.8, note=note,
        ),
        Result.of(
            f"peak memory of awarding {LARGE:,}", f"of {SMALL:,}", "MB", [many["peak"]], [few["peak"]], goal=1.5,
            note="the whole process, with all it has loaded",
        ),
    ]  # fmt: skip


def _award(count: int) -> Any:
    with stores.kept("awards"):
        multiply(make_assessed_cohort(COHORT, learners=1), count)
        connection.close()
        environment = dict(os.environ)
        if stores.is_sqlite():
            environment["DATABASE_URL"] = f"sqlite:///{connection.settings_dict['NAME']}"
        command = [sys.executable, "-m", "benchmarks.one_award", COHORT]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def multiply(cohort: Cohort, count: int) -> None:
    """As many learners as that, each with the names (and what of them was confirmed), steps and final decisions of the only one."""
    seat = cohort.enrolments.get()
    decisions = list(Decision.objects.filter(enrolment=seat))
    confirmed = list(CertificateName.objects.filter(person=seat.person))
    for first in range(2, count + 1, 1_000):
        numbers = range(first, min(first + 1_000, count + 1))
        persons = [_like(seat.person, reference=f"{seat.person.reference}-x{number}") for number in numbers]
        _write(persons)
        names = seat.person.names.all()
        _write(
            _like(name, person=person, full_name=f"{name.full_name} {person.reference}")
            for person in persons
            for name in names
        )
        _write(_like(name, person=person) for person in persons for name in confirmed)
        seats = [_like(seat, person=person, number=number) for person, number in zip(persons, numbers, strict=True)]
        _write(seats)
        _write(_like(change, enrolment=each) for each in seats for change in seat.changes.all())
        for decision in decisions:
            made = [_like(decision, enrolment=each) for each in seats]
            _write(made)
            _write(_like(change, decision=each) for each in made for change in decision.changes.all())
    assert Enrolment.objects.filter(cohort=cohort).count() == count


def _like[Row: Model](row: Row, **facts: object) -> Row:
    made = copy.copy(row)
    made._state = copy.copy(row._state)
    made._state.adding, made._state.fields_cache = True, {}
    made.pk = new_id() if isinstance(row.pk, UUID) else None
    for name, value in facts.items():
        setattr(made, name, value)
    return made


def _write(rows: Iterable[Model]) -> None:
    made = list(rows)
    type(made[0])._default_manager.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
