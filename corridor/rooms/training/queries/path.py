"""What a learner's own path shows beside decisions: hours of each unit, and the files that the learner added."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit, UnitHours

from ..models import Cohort, Enrolment, OwnEvidence
from ..names import Name, names_of
from ..placement_hours import minutes_confirmed
from ..required_hours import minutes_attended, places_behind
from .learners import visible_enrolments


@dataclass(frozen=True, slots=True)
class UnitHoursAttended:
    """
    Minutes attended of a unit, those ``on_placement`` that the mentor confirmed included, and those that the curriculum gives it; ``needed`` are
    those that the cohort asks for before assessment.
    """

    minutes: int
    wanted: int
    needed: int
    on_placement: int

    @property
    def hours_on_placement(self) -> int:
        return self.on_placement // 60

    @property
    def hours(self) -> int:
        return self.minutes // 60

    @property
    def hours_wanted(self) -> int:
        return self.wanted // 60

    @property
    def is_short(self) -> bool:
        return self.minutes < self.needed


def hours_on_path(*, enrolments: Collection[Enrolment], by: Actor) -> Mapping[tuple[UUID, UUID], UnitHoursAttended]:
    """For each place of the reader's (with its cohort) and unit of its curriculum. Eight statements, and one for each time somebody was moved."""
    seen = {each.pk: each for each in enrolments if by.may(Permission.LEARNER_VIEW, on=each)}
    units: dict[UUID, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(version__in={each.cohort.curriculum_version_id for each in seen.values()}):
        units[unit.version_id].append(unit)
    every = [unit for some in units.values() for unit in some]
    rows = UnitHours.objects.filter(unit__in=every).order_by().values("unit").annotate(all=Sum("hours"))
    hours = dict(rows.values_list("unit", "all"))
    places = places_behind(seen.keys())
    behind, codes = {key for some in places.values() for key in some}, {unit.code for unit in every}
    taught, worked = minutes_attended(behind, codes), minutes_confirmed(behind, codes)
    found = {}
    for key, enrolment in seen.items():
        for unit in units[enrolment.cohort.curriculum_version_id]:
            attended, on_placement = (
                sum(count for place in places[key] for _day, count in minutes.get((place, unit.code), ()))
                for minutes in (taught, worked)
            )
            wanted = hours.get(unit.pk, 0) * 60
            needed = wanted * (enrolment.cohort.required_share or 0) // 100
            found[key, unit.pk] = UnitHoursAttended(attended + on_placement, wanted, needed, on_placement)
    return found


def own_place(*, cohort: str, number: int, by: Actor) -> Enrolment:
    """One's own place. :raises NotFound: for anybody else's."""
    own = by.ids_with(Permission.OWN_EVIDENCE_ADD, "person")
    places = Enrolment.objects.filter(person__in=own, cohort__reference=cohort, number=number)
    found = places.select_related("cohort__curriculum_version__curriculum", "cohort__site", "person").first()
    if found is None:
        raise NotFound(N_("You have no place %(number)s in %(cohort)s."), number=number, cohort=cohort)
    return found


def evidence_of_places(*, enrolments: Collection[Enrolment], by: Actor) -> Mapping[UUID, list[OwnEvidence]]:
    """The files that learners added to these places, the latest first, as far as the reader may see them."""
    found: dict[UUID, list[OwnEvidence]] = defaultdict(list)
    for each in _visible(by).filter(enrolment__in=[place.pk for place in enrolments]):
        found[each.enrolment_id].append(each)
    return found


def evidence_in_cohort(*, cohort: Cohort, by: Actor) -> list[tuple[OwnEvidence, Name]]:
    """All files that its learners added, by seat, with whose they are. :raises AccessDenied: for who does not see decisions there."""
    by.require(Permission.DECISION_VIEW, on=cohort)
    rows = list(_visible(by).filter(enrolment__cohort=cohort).order_by("enrolment__number", "-added_at", "-pk"))
    names = names_of({each.enrolment.person_id for each in rows})
    return [(each, names[each.enrolment.person_id]) for each in rows]


def evidence_of_place(*, enrolment: Enrolment, key: UUID, by: Actor) -> OwnEvidence:
    """:raises NotFound: if the file is none of that place, or none for this reader."""
    found = get_evidence(key=key, by=by)
    if found.enrolment_id != enrolment.pk:
        raise NotFound(N_("There is no such file that you may see."))
    return found


def get_evidence(*, key: UUID, by: Actor) -> OwnEvidence:
    """:raises NotFound: if there is none, or none for this reader."""
    found = _visible(by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such file that you may see."))
    return found


def open_evidence(*, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """Its file. :raises NotFound: as ``get_evidence``."""
    found = get_evidence(key=key, by=by)
    return found.document, bytes_of(found.document)


def _visible(by: Actor) -> QuerySet[OwnEvidence]:
    """One's own, and for who sees decisions those of the learners whom they see."""
    rows = OwnEvidence.objects.select_related("enrolment__cohort__site", "enrolment__person", "unit", "document")
    if by.holds_everywhere(Permission.DECISION_VIEW) and by.holds_everywhere(Permission.LEARNER_VIEW):
        return rows
    own = by.ids_with(Permission.OWN_EVIDENCE_ADD, "person")
    cohorts, sites = by.ids_with(Permission.DECISION_VIEW, "cohort"), by.ids_with(Permission.DECISION_VIEW, "site")
    assessed = Q(enrolment__cohort__in=cohorts) | Q(enrolment__cohort__site__in=sites)
    return rows.filter(Q(enrolment__person__in=own) | (assessed & Q(enrolment__in=visible_enrolments(by=by))))
