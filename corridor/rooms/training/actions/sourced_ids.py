"""Writing down what another system calls a cohort, and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import Cohort, SourcedId

AT_ONCE = 500


@dataclass(frozen=True)
class Sourced:
    """``value`` is the identifier that the system ``source`` gives to the cohort."""

    cohort: Cohort
    source: str
    value: str


@transaction.atomic
def keep_sourced_ids(*, ids: Sequence[Sourced], by: Actor) -> int:
    """
    Write them down. Return how many.

    :raises BadInput: if one of them is another cohort's already.
    """
    for cohort in {each.cohort.pk: each.cohort for each in ids}.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    _require_free(ids)
    with contested(lambda: _require_free(ids)):
        SourcedId.objects.bulk_create(
            [SourcedId(cohort=each.cohort, source=each.source, value=each.value) for each in ids], batch_size=AT_ONCE
        )
    log.record_each("training.sourced_id_kept", by=by, subjects=[each.cohort for each in ids])
    return len(ids)


@transaction.atomic
def drop_sourced_ids(*, keys: Collection[UUID], by: Actor) -> int:
    """Forget these (by the keys of their rows). Return how many there were."""
    held = list(SourcedId.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk__in=keys))
    for cohort in {each.cohort_id: each.cohort for each in held}.values():
        by.require(Permission.LEARNER_ENROL, on=cohort)
    SourcedId.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("training.sourced_id_dropped", by=by, subjects=[each.cohort for each in held])
    return len(held)


def _require_free(ids: Sequence[Sourced]) -> None:
    wanted = {(each.source, each.value) for each in ids}
    rows = SourcedId.objects.filter(source__in={each.source for each in ids}, value__in=[each.value for each in ids])
    if taken := [row for row in rows if (row.source, row.value) in wanted]:
        raise BadInput(
            [
                Problem(N_("%(source)s calls another cohort %(value)s already."), {"source": row.source, "value": row.value})
                for row in taken
            ]
        )  # fmt: skip
