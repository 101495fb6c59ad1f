"""The photos of learners, for the trainers of the cohort in which they learn now, and for nobody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.models import PersonPhoto
from corridor.rooms.people.queries import photos_of

from ..models import Enrolment
from ..roll import Roll
from .carrying import taught_by


@dataclass(frozen=True, slots=True)
class SeatPhoto:
    place: Enrolment
    photo: PersonPhoto


def learner_photos(*, on: date, by: Actor, cohorts: Collection[UUID] | None = None) -> list[SeatPhoto]:
    """
    The photos of who learns that day in these cohorts (None: all) that the reader teaches by name, and agrees to it; by cohort and seat.
    """
    taught = [key for key in taught_by(by=by) if cohorts is None or key in cohorts]
    roll = Roll.of(taught)
    places = [place for cohort in taught for place in roll.must(cohort, on)]
    photos = photos_of(persons={each.person_id for each in places}, on=on, by=by)
    shown = [SeatPhoto(each, photos[each.person_id]) for each in places if each.person_id in photos]
    return sorted(shown, key=lambda each: (each.place.cohort.reference, each.place.number))


def get_learner_photo(*, cohort: str, number: int, on: date, by: Actor) -> PersonPhoto:
    """:raises NotFound: if there is no photo at that seat, or none that the reader may see."""
    place = Enrolment.objects.filter(cohort__reference=cohort, number=number).first()
    shown = learner_photos(on=on, by=by, cohorts=[place.cohort_id]) if place is not None else []
    for each in shown:
        if each.place == place:
            return each.photo
    raise NotFound(N_("There is no such photo."))
