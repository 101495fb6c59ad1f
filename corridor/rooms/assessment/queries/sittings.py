"""On which days learners are assessed in what, and who is called."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.models import Person
from corridor.rooms.training.models import Cohort

from ..models import Appointment, Sitting, SittingCall


def list_sittings(*, by: Actor, cohort: Cohort | None = None, since: date | None = None) -> QuerySet[Sitting]:
    """By day; a learner sees those that they are called to."""
    rows = Sitting.objects.select_related("cohort__site", "unit", "assessor").prefetch_related("called__enrolment")
    rows = rows.filter(cohort=cohort) if cohort is not None else rows
    rows = rows.filter(held_on__gte=since) if since is not None else rows
    if by.holds_everywhere(Permission.DECISION_VIEW):
        return rows
    return rows.filter(
        Q(cohort__in=by.ids_with(Permission.DECISION_VIEW, "cohort"))
        | Q(cohort__site__in=by.ids_with(Permission.DECISION_VIEW, "site"))
        | Q(called__enrolment__person__in=by.ids_with(Permission.DECISION_VIEW, "person"))
    ).distinct()


def get_sitting(*, key: UUID, by: Actor) -> Sitting:
    """:raises NotFound: if there is none, or none for this reader."""
    found = list_sittings(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such sitting."))
    return found


def called_to(*, sitting: Sitting, by: Actor) -> list[SittingCall]:
    """Who is called, by seat; a learner reads of themself alone. The sitting comes with its calls read."""
    called = sorted(sitting.called.all(), key=lambda each: each.enrolment.number)
    if by.may(Permission.DECISION_VIEW, on=sitting):
        return called
    own = by.ids_with(Permission.DECISION_VIEW, "person")
    return [each for each in called if each.enrolment.person_id in own]


def assessors_of(*, cohort: Cohort, by: Actor) -> list[Person]:
    """Who is appointed to assess a cohort."""
    by.require(Permission.SITTING_PLAN, on=cohort)
    appointed = Appointment.objects.filter(cohort=cohort).select_related("person")
    return [each.person for each in appointed.order_by("person__reference")]
