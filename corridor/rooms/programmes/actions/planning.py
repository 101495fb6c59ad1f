"""Say how many are meant to begin in a year."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..drafts import IntakeDraft
from ..models import IntakePlan, Programme
from .proposing import ENDED

FIRST_YEAR, LAST_YEAR = 1900, 2200
_COLUMNS = ("cohorts", "learners", "note")


@transaction.atomic
def plan_intakes(*, plans: Sequence[IntakeDraft], by: Actor) -> list[IntakePlan]:
    """
    Plan the cohorts and learners of a year, or plan them anew; what the plan said before stays in the audit log.

    :raises BadInput: for a year that is none, learners without a cohort, or a year named twice. :raises WrongMoment: for one that has ended.
    """
    by.require(Permission.PROGRAMME_PROPOSE)
    keys = {draft.programme.pk for draft in plans}
    held = {row.pk: row for row in Programme.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(held) < len(keys):
        raise NotFound(N_("There is no such programme."))
    _require_sound(plans)
    for programme in held.values():
        if programme.status in ENDED:
            raise WrongMoment(
                N_("%(programme)s is “%(now)s”; nothing is planned for it any more."),
                programme=programme.reference, now=programme.get_status_display(),
            )  # fmt: skip
    standing = {(each.programme_id, each.year): each for each in IntakePlan.objects.filter(programme__in=held)}
    made = []
    for draft in plans:
        plan = standing.get((draft.programme.pk, draft.year))
        before = {column: getattr(plan, column) for column in _COLUMNS} if plan else {}
        plan = plan or IntakePlan(programme=held[draft.programme.pk], year=draft.year)
        plan.cohorts, plan.learners, plan.note = draft.cohorts, draft.learners, draft.note.strip()
        after = {column: getattr(plan, column) for column in _COLUMNS}
        made.append((plan, differences({"year": None, **before}, {"year": draft.year, **after})))
    IntakePlan.objects.bulk_create(
        [plan for plan, _changes in made],
        update_conflicts=True,
        unique_fields=["programme", "year"],
        update_fields=list(_COLUMNS),
        batch_size=500,
    )
    for plan, changes in made:
        log.record("programmes.intake_planned", by=by, subject=plan.programme, changes=changes)
    return [plan for plan, _changes in made]


def _require_sound(plans: Sequence[IntakeDraft]) -> None:
    faults, seen = [], set()
    for draft in plans:
        places: dict[str, object] = {"programme": draft.programme.reference, "year": draft.year}
        if not FIRST_YEAR <= draft.year <= LAST_YEAR:
            faults.append(Problem(N_("%(year)s is no year for which one plans."), places, column="year"))
        if (draft.programme.pk, draft.year) in seen:
            faults.append(Problem(N_("%(programme)s plans the year %(year)s twice."), places, column="year"))
        if draft.learners > 0 and draft.cohorts == 0:
            faults.append(
                Problem(
                    N_("%(programme)s plans learners for %(year)s, and no cohort for them."), places, column="cohorts"
                )
            )
        seen.add((draft.programme.pk, draft.year))
    if faults:
        raise BadInput(faults)
