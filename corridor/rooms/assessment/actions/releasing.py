"""From when learners see what was decided."""

from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Cohort

from ..models import ResultsRelease
from ..refusals import NotInCurriculum
from ..telling import tell_of_release


@transaction.atomic
def set_release(
    *, cohort: Cohort, unit: Unit, release_at: datetime, by: Actor, at: datetime | None = None
) -> ResultsRelease:
    """
    The learners of a cohort see the final decisions of a unit from that instant on, and none before; said again, the later word counts. Where the
    instant has passed they are told at once, else by the worker; without ``at`` nobody is told here.
    """
    by.require(Permission.DECISION_FINALISE, on=cohort)
    if unit.version_id != cohort.curriculum_version_id:
        raise NotInCurriculum(
            N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
            unit=unit.code, cohort=cohort.reference,
        )  # fmt: skip
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=cohort.pk)
    made, _ = ResultsRelease.objects.update_or_create(
        cohort=cohort, unit=unit, defaults={"release_at": release_at, "by_label": by.label}
    )
    log.record("assessment.release_set", by=by, subject=made)
    if at is not None:
        tell_of_release(made, at=at, by=by)
    return made
