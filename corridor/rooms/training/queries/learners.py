"""Learners: those of a cohort, and one learner's own path."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person

from ..lifecycle import SessionStatus
from ..models import IN_THE_ROOM, Attendance, Cohort, Enrolment
from ..names import Name, names_of


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner in a cohort: ``attended`` of ``held`` locked sessions in which there is a mark."""

    enrolment: Enrolment
    name: Name
    attended: int
    held: int


@dataclass(frozen=True, slots=True)
class PathStep:
    """One enrolment on a learner's path, with the sessions attended of those held, and the same in minutes."""

    enrolment: Enrolment
    attended: int
    held: int
    minutes_attended: int


def list_learners(*, cohort: Cohort, by: Actor) -> list[LearnerRow]:
    """
    The learners of a cohort by seat, as far as the reader may see them: all of it, those a member sent, or oneself. Three statements.
    """
    enrolments = list(
        visible_enrolments(by=by)
        .filter(cohort=cohort)
        .select_related("cohort", "sending_organisation")
        .order_by("number")
    )
    names = names_of([each.person_id for each in enrolments])
    marks = _attendance(enrolments)
    return [LearnerRow(each, names[each.person_id], *marks.get(each.pk, (0, 0, 0))[:2]) for each in enrolments]


def get_enrolment(*, cohort: str, number: int, by: Actor) -> Enrolment:
    """One learner's place by the cohort's reference and the seat. :raises NotFound: if the reader may not see it."""
    found = visible_enrolments(by=by).filter(cohort__reference=cohort, number=number)
    enrolment = found.select_related(
        "cohort__site",
        "cohort__curriculum_version",
        "person",
        "sending_organisation",
        "moved_from__cohort",
        "moved_to__cohort",
    ).first()
    if enrolment is None:
        raise NotFound(N_("There is no seat %(number)s of %(cohort)s that you may see."), cohort=cohort, number=number)
    return enrolment


def person_to_enrol(*, cohort: Cohort, reference: str, by: Actor) -> Person:
    """
    A person by reference, for whoever gives places in that cohort; of a merged record the one that stays.

    :raises AccessDenied: for everybody else. :raises NotFound: if there is no such person.
    """
    by.require(Permission.LEARNER_ENROL, on=cohort)
    return _person(reference)


def person_to_appoint(*, cohort: Cohort, reference: str, by: Actor) -> Person:
    """
    A person by reference, for whoever appoints trainers of that cohort; of a merged record the one that stays.

    :raises AccessDenied: for everybody else. :raises NotFound: if there is no such person.
    """
    by.require(Permission.TRAINER_APPOINT, on=cohort)
    return _person(reference)


def _person(reference: str) -> Person:
    person = Person.objects.select_related("merged_into").filter(reference=reference).first()
    if person is None:
        raise NotFound(N_("There is no person %(reference)s."), reference=reference)
    return person.merged_into or person


def learner_path(*, person: UUID, by: Actor) -> list[PathStep]:
    """Everything a person has taken part in under any of their records, the earliest first, as far as the reader may see it."""
    enrolments = list(
        visible_enrolments(by=by)
        .filter(person__in=same_person_ids([person])[person])
        .select_related(
            "cohort__programme",
            "cohort__site",
            "cohort__curriculum_version__curriculum",
            "moved_from__cohort",
            "moved_to__cohort",
        )
        .order_by("cohort__starts_on", "pk")
    )
    marks = _attendance(enrolments)
    return [PathStep(each, *marks.get(each.pk, (0, 0, 0))) for each in enrolments]


def visible_enrolments(*, by: Actor) -> QuerySet[Enrolment]:
    """Of cohorts, sites, senders and persons whose learners the reader sees; and the place from which such a learner was moved there."""
    if by.holds_everywhere(Permission.LEARNER_VIEW):
        return Enrolment.objects.all()
    cohorts, sites = by.ids_with(Permission.LEARNER_VIEW, "cohort"), by.ids_with(Permission.LEARNER_VIEW, "site")
    return Enrolment.objects.filter(
        Q(cohort__in=cohorts)
        | Q(cohort__site__in=sites)
        | Q(moved_to__cohort__in=cohorts)
        | Q(moved_to__cohort__site__in=sites)
        | Q(sending_organisation__in=by.ids_with(Permission.LEARNER_VIEW, "member"))
        | Q(person__in=by.ids_with(Permission.LEARNER_VIEW, "person"))
    )


def _attendance(enrolments: list[Enrolment]) -> dict[UUID, tuple[int, int, int]]:
    """For each enrolment: locked sessions attended, locked sessions with a mark, minutes attended."""
    there = Q(mark__in=IN_THE_ROOM)
    rows = (
        Attendance.objects.filter(enrolment__in=[each.pk for each in enrolments], session__status=SessionStatus.LOCKED)
        .values("enrolment_id", "session__minutes")
        .annotate(attended=Count("pk", filter=there), held=Count("pk"))
        .values_list("enrolment_id", "session__minutes", "attended", "held")
    )
    found: dict[UUID, tuple[int, int, int]] = {}
    for enrolment, minutes, attended, held in rows:
        before = found.get(enrolment, (0, 0, 0))
        found[enrolment] = (before[0] + attended, before[1] + held, before[2] + attended * minutes)
    return found
