"""What a session needs beside its time: the unit, a room, trainers, machines; that the site has them, and writing it down."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Equipment, SiteRoom

from .models import CohortTrainer, EquipmentBooking, Session, SessionTrainer


@dataclass(frozen=True, kw_only=True)
class Needs:
    unit: Unit | None = None
    room: SiteRoom | None = None
    trainers: Sequence[Person] = ()
    equipment: Sequence[tuple[Equipment, int]] = ()


def refuse_needs(wanted: Sequence[tuple[Session, Needs]]) -> None:
    """:raises BadInput: for a unit of another curriculum, a room or machine of another site, or somebody who does not teach the cohort."""
    if problems := problems_of_needs(wanted):
        raise BadInput([problem for _session, problem in problems])


def problems_of_needs(wanted: Sequence[tuple[Session, Needs]]) -> list[tuple[Session, Problem]]:
    """What is wrong with the needs of which session; one statement."""
    problems: list[tuple[Session, Problem]] = []
    for session, needs in wanted:
        cohort = session.cohort
        places: dict[str, object] = {}
        if needs.unit is not None and needs.unit.version_id != cohort.curriculum_version_id:
            message = N_("%(unit)s is no unit of what %(cohort)s learns.")
            places = {"unit": needs.unit.code, "cohort": cohort.reference}
            problems.append((session, Problem(message, places, column="unit")))
        if needs.room is not None and needs.room.site_id != cohort.site_id:
            message = N_("%(room)s is a room of another site than that of %(cohort)s.")
            places = {"room": needs.room.name, "cohort": cohort.reference}
            problems.append((session, Problem(message, places, column="room")))
        for line, count in needs.equipment:
            places = {"machine": line.inventory_number, "cohort": cohort.reference, "there": line.count}
            if line.site_id != cohort.site_id:
                message = N_("%(machine)s stands at another site than that of %(cohort)s.")
                problems.append((session, Problem(message, places, column="equipment")))
            elif not 1 <= count <= line.count:
                message = N_("Of %(machine)s there are %(there)s; book from one to as many.")
                problems.append((session, Problem(message, places, column="equipment")))
    return problems + _not_teaching(wanted)


def _not_teaching(wanted: Sequence[tuple[Session, Needs]]) -> list[tuple[Session, Problem]]:
    named = [(session, needs) for session, needs in wanted if needs.trainers]
    if not named:
        return []
    teaching: dict[tuple[object, object], list[CohortTrainer]] = {}
    for place in CohortTrainer.objects.filter(cohort__in={session.cohort_id for session, _needs in named}):
        teaching.setdefault((place.cohort_id, place.person_id), []).append(place)
    message = N_("%(person)s does not teach %(cohort)s on %(day)s. Appoint the trainer first.")
    return [
        (session, Problem(
            message, {"person": person.reference, "cohort": session.cohort.reference, "day": session.held_on}, column="trainers",
        ))
        for session, needs in named
        for person in needs.trainers
        if not any(place.teaches(on=session.held_on) for place in teaching.get((session.cohort_id, person.pk), ()))
    ]  # fmt: skip


def write_needs(wanted: Sequence[tuple[Session, Needs]]) -> None:
    """Write down the trainers and machines of sessions that have none yet; unit and room stand on the session itself."""
    SessionTrainer.objects.bulk_create(
        [SessionTrainer(session=session, person=person) for session, needs in wanted for person in needs.trainers],
        batch_size=500,
    )
    EquipmentBooking.objects.bulk_create(
        [
            EquipmentBooking(session=session, equipment=line, count=count)
            for session, needs in wanted
            for line, count in needs.equipment
        ],
        batch_size=500,
    )
