"""What stands between assessors and learners. Others see what is said of themselves alone."""

from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..models import Employment, StatedRelation


def list_relations(*, by: Actor) -> QuerySet[StatedRelation]:
    rows = StatedRelation.objects.select_related("assessor", "learner")
    if by.holds_everywhere(Permission.LICENCE_VIEW):
        return rows
    return rows.filter(Q(assessor=by.person_id) | Q(learner=by.person_id)) if by.person_id else rows.none()


def list_employments(*, by: Actor) -> QuerySet[Employment]:
    rows = Employment.objects.select_related("person", "organisation")
    if by.holds_everywhere(Permission.LICENCE_VIEW):
        return rows
    return rows.filter(person=by.person_id) if by.person_id else rows.none()


def get_relation(*, key: UUID, by: Actor) -> StatedRelation:
    """:raises NotFound:"""
    found = list_relations(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such statement."))
    return found


def get_employment(*, key: UUID, by: Actor) -> Employment:
    """:raises NotFound:"""
    found = list_employments(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such statement."))
    return found
