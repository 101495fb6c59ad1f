"""Empty what says who delegates were, when it has been kept as long as was said, or when they say so."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log

from ..models import Delegate, DelegateAnswer, DelegateChoice, VisaLetter

# So long after its last day a conference knows who was there; delegates are told so when they register.
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def forget_own(*, delegate: Delegate, at: datetime, by: Actor) -> None:
    """A delegate takes back all that was said. The count stays, and who comes no more has no place."""
    by.require(Permission.DELEGATE_FILL, on=delegate)
    empty_delegates(delegates=[Delegate.objects.select_for_update().get(pk=delegate.pk)], at=at, by=by)


@transaction.atomic
def forget_delegates(*, on: date, at: datetime, by: Actor) -> int:
    """Empty the delegates of conferences that have been over for ninety days. Return how many there were."""
    by.require(Permission.CONFERENCE_PLAN)
    over = Delegate.objects.select_for_update(of=("self",)).filter(
        conference__ends_before__lte=on - KEPT_FOR, emptied_at=None
    )
    found = list(over.order_by("pk"))
    empty_delegates(delegates=found, at=at, by=by)
    return len(found)


def empty_delegates(*, delegates: Sequence[Delegate], at: datetime, by: Actor) -> None:
    """What says who they were goes: names, address, answers, passport. The caller has asked who may."""
    keys = [each.pk for each in delegates]
    DelegateChoice.objects.filter(answer__delegate__in=keys).delete()
    DelegateAnswer.objects.filter(delegate__in=keys).delete()
    VisaLetter.objects.filter(delegate__in=keys).update(passport="", nationality="", born_on=None)
    Delegate.objects.filter(pk__in=keys).update(
        name="", latin_name="", email="", comes_from="", listed_at=None, emptied_at=at
    )
    log.record_each("conferences.delegate_emptied", by=by, subjects=delegates)
