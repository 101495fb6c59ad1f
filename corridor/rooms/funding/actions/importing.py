"""How commitments and rates that an import wrote down are taken back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..holding import hold
from ..lifecycle import CommitmentStatus
from ..models import Commitment, ExchangeRate


@transaction.atomic
def remove_commitments(*, keys: Sequence[UUID], by: Actor) -> int:
    """:raises BuiltOn: if one was contracted or withdrawn since, or something stands on it."""
    by.require(Permission.FUNDING_COMMIT)
    held = hold(keys)
    for row in held:
        if row.status != CommitmentStatus.PLEDGED:
            raise BuiltOn(
                N_("%(commitment)s was contracted or withdrawn since; the import cannot be taken back."), commitment=row.reference
            )  # fmt: skip
    try:
        with transaction.atomic():
            Commitment.objects.filter(pk__in=[row.pk for row in held]).delete()
    except ProtectedError as stands:
        raise BuiltOn(
            N_("Something was built on these commitments since (%(which)s); the import cannot be taken back."),
            which=str(next(iter(stands.protected_objects))),
        ) from None
    log.record_each("funding.import_undone", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_rates(*, keys: Sequence[UUID], by: Actor) -> int:
    """Nothing stands on a rate: what was reckoned with it names it, and is reckoned anew each time."""
    by.require(Permission.RATE_SET)
    gone = list(ExchangeRate.objects.filter(pk__in=keys))
    ExchangeRate.objects.filter(pk__in=[each.pk for each in gone]).delete()
    log.record_each("funding.import_undone", by=by, subjects=gone)
    return len(gone)
