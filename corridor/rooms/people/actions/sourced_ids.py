"""Writing down what another system calls a person, and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import Person, SourcedId

AT_ONCE = 500


@dataclass(frozen=True)
class Sourced:
    """``value`` is the identifier that the system ``source`` gives to the person."""

    person: Person
    source: str
    value: str


@transaction.atomic
def keep_sourced_ids(*, ids: Sequence[Sourced], by: Actor) -> int:
    """
    Write them down. Return how many.

    :raises BadInput: if one of them is another person's already.
    """
    by.require(Permission.PERSON_REGISTER)
    _require_free(ids)
    with contested(lambda: _require_free(ids)):
        SourcedId.objects.bulk_create(
            [SourcedId(person=each.person, source=each.source, value=each.value) for each in ids], batch_size=AT_ONCE
        )
    log.record_each("people.sourced_id_kept", by=by, subjects=[each.person for each in ids])
    return len(ids)


@transaction.atomic
def drop_sourced_ids(*, keys: Collection[UUID], by: Actor) -> int:
    """Forget these (by the keys of their rows). Return how many there were."""
    by.require(Permission.PERSON_REGISTER)
    held = list(SourcedId.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=keys))
    SourcedId.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("people.sourced_id_dropped", by=by, subjects=[each.person for each in held])
    return len(held)


def _require_free(ids: Sequence[Sourced]) -> None:
    wanted = {(each.source, each.value) for each in ids}
    rows = SourcedId.objects.filter(source__in={each.source for each in ids}, value__in=[each.value for each in ids])
    if taken := [row for row in rows if (row.source, row.value) in wanted]:
        raise BadInput(
            [
                Problem(N_("%(source)s calls somebody else %(value)s already."), {"source": row.source, "value": row.value})
                for row in taken
            ]
        )  # fmt: skip
