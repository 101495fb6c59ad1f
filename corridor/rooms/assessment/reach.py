"""Who is appointed to assess in a cohort. Only journeys ask."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from corridor.foundations.access import Role, Source
from corridor.foundations.grants.holding import Holder

from .models import Appointment


def holders(cohorts: Collection[UUID], *, on: date) -> list[Holder]:
    """The accounts of those appointed to these cohorts by that day. One statement."""
    appointed = Appointment.objects.filter(cohort__in=cohorts, appointed_on__lte=on, person__user__is_active=True)
    rows = appointed.order_by("person__user__username").values_list("person__user", "person__user__username", "cohort")
    return [Holder(user, name, Role.ASSESSOR, ("cohort", cohort), Source.COHORT) for user, name, cohort in rows]
