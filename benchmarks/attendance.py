"""Five million marks: today's registers, a learner's path and the hours of each unit, against the same at fifty thousand."""

import math
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db import connection

from benchmarks import stores
from benchmarks.measuring import Result, milliseconds
from corridor.foundations.access import Actor, Grant, Role
from corridor.foundations.statistics import gather_statistics
from corridor.rooms.people.models import Person
from corridor.rooms.training import queries
from corridor.rooms.training.models import Cohort, Enrolment, EnrolmentChange, Session
from corridor.rooms.training.queries import path
from tests.factories.training import make_cohort, make_session

FEW, MANY = 50_000, 5_000_000
LEARNERS, LESSONS, TURNS = 40, 100, 15
TODAY = date(2023, 6, 14)
MOST_TIMES = 2.0
# Longer nobody waits for so many marks to be written: what was reached is measured, and said.
LONGEST_FILLING = 600.0


def measure(seconds: float) -> list[Result]:  # noqa: ARG001 (turns are counted)
    with stores.kept("attendance"):
        cohort = make_cohort("COH-OWN", learners=LEARNERS)
        _teach([cohort])
        make_session(cohort, number=900, on=TODAY)
        made = [1]
        _grow_to(FEW, cohort, made)
        asked = _asked(cohort)
        few = {name: [milliseconds(ask) for _ in range(TURNS)] for name, ask in asked.items()}
        begun = time.monotonic()
        _grow_to(MANY, cohort, made, until=begun + LONGEST_FILLING)
        reached = made[0] * LEARNERS * LESSONS
        grown = f"{reached:,} marks were written in {time.monotonic() - begun:.0f} s"
        many = {name: [milliseconds(ask) for _ in range(TURNS)] for name, ask in asked.items()}
    return [
        Result.of(
            f"{name}, {reached:,} marks", f"{FEW:,} marks", "ms", many[name], few[name], goal=MOST_TIMES, note=grown
        )
        for name in asked
    ]


def _asked(cohort: Cohort) -> dict[str, Callable[[], object]]:
    trainer = Actor(label="trainer", grants=frozenset({Grant(Role.TRAINER, ("cohort", cohort.pk))}))
    place = Enrolment.objects.filter(cohort=cohort).select_related("cohort").first()
    learner = Actor(label="learner", grants=frozenset({Grant(Role.LEARNER, ("person", place.person_id))}))

    def today() -> object:
        found = (
            list(queries.sessions_of_day(on=TODAY, by=trainer)),
            list(queries.registers_due(on=TODAY, by=trainer)[:50]),
        )
        return found, queries.get_register(cohort=cohort.reference, number=900, by=trainer)

    def own_path() -> object:
        steps = queries.learner_path(person=place.person_id, by=learner)
        return steps, path.hours_on_path(enrolments=[step.enrolment for step in steps], by=learner)

    def phone() -> object:
        return queries.registers_to_carry(on=TODAY, by=trainer)

    def hours() -> object:
        return queries.hours_of(cohort=cohort, by=trainer)

    return {
        "today's registers and one of them": today,
        "what a phone carries": phone,
        "a learner's path": own_path,
        "hours per unit": hours,
    }


def _grow_to(marks: int, like: Cohort, made: list[int], *, until: float = math.inf) -> None:
    """Cohorts like this one, each with learners and lessons of its own, until there are so many marks, or that instant has come."""
    wanted = marks // (LEARNERS * LESSONS)
    for start in range(made[0], wanted, 50):
        if time.monotonic() > until:
            break
        count = min(50, wanted - start)
        _teach([_copy(like, start + nth) for nth in range(count)])
        made[0] = start + count
    gather_statistics()  # as an import of so many rows does


def _copy(like: Cohort, number: int) -> Cohort:
    made = Cohort.objects.get(pk=like.pk)
    made.pk, made.reference, made._state.adding = None, f"COH-{number:05}", True
    made.id = Cohort._meta.pk.get_default()
    made.save(force_insert=True)
    sample = Person.objects.order_by("pk").first()
    people = []
    for seat in range(LEARNERS):
        person = Person.objects.model(
            **{f.attname: getattr(sample, f.attname) for f in Person._meta.concrete_fields if not f.primary_key}
        )
        person.reference = f"L-{number:05}-{seat:02}"
        people.append(person)
    Person.objects.bulk_create(people)
    places = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=made, person=person, number=seat + 1, participant_kind="student", study_mode="full_time", status="attending"
        )
        for seat, person in enumerate(people)
    )  # fmt: skip
    EnrolmentChange.objects.bulk_create(
        EnrolmentChange(
            enrolment=place, from_status="", to_status="attending", effective_on=made.starts_on, by_label="x"
        )
        for place in places
    )
    return made


def _teach(cohorts: list[Cohort]) -> None:
    """A hundred signed lessons of each, with a mark for everybody."""
    rows = []
    for cohort in cohorts:
        unit = cohort.curriculum_version.units.first()
        for lesson in range(LESSONS):
            begins_at = datetime.combine(cohort.starts_on + timedelta(days=lesson), datetime.min.time(), UTC)
            rows.append(
                Session(
                    cohort=cohort, number=lesson + 1, begins_at=begins_at, held_on=begins_at.date(), minutes=180, kind="practice",
                    status="locked", unit=unit, signed_by="trainer", signed_at=begins_at, capture_mode="live", version=3,
                )
            )  # fmt: skip
    Session.objects.bulk_create(rows, batch_size=500)
    key = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    with connection.cursor() as cursor:
        for cohort in cohorts:
            cursor.execute(
                "INSERT INTO training_attendance (id, session_id, enrolment_id, mark, remark) "
                f"SELECT {key}, s.id, e.id, CASE WHEN (s.number + e.number) %% 9 = 0 THEN 'absent' ELSE 'present' END, '' "
                "FROM training_session s JOIN training_enrolment e ON e.cohort_id = s.cohort_id "
                "WHERE s.cohort_id = %s AND s.status = 'locked'",
                [cohort.pk.hex if connection.vendor == "sqlite" else cohort.pk],
            )
