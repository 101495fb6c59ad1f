"""Rates between currencies are written down, each with its day and its source."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import require_come

from ..drafts import RateDraft
from ..models import ExchangeRate
from ..rate_rules import faults_of
from ..refusals import RateStands


@transaction.atomic
def set_rates(*, rates: Sequence[RateDraft], at: datetime, by: Actor) -> list[ExchangeRate]:
    """
    Write down rates: one of a day from one currency into another.

    :raises RateStands: for a second rate of a day. :raises BadInput: for no currency, no source, or a rate that is none.
    :raises DayToCome: on a day that has not come.
    """
    by.require(Permission.RATE_SET)
    if problems := [each for draft in rates for each in faults_of(draft)]:
        raise BadInput(problems)
    require_come((each.on for each in rates), at=at)
    _refuse_standing(rates)
    made = [
        ExchangeRate(
            id=each.key or new_id(), of=each.of, into=each.into, on=each.on, value=each.value, source=each.source.strip(),
            by_label=by.label,
        )
        for each in rates
    ]  # fmt: skip
    with contested(lambda: _refuse_standing(rates)):
        ExchangeRate.objects.bulk_create(made, batch_size=500)
    log.record_each("funding.rate_set", by=by, subjects=made)
    return made


@transaction.atomic
def correct_rates(*, rates: Sequence[tuple[ExchangeRate, RateDraft]], by: Actor) -> list[ExchangeRate]:
    """Correct how much and from which source; between what and of which day stays. :raises BadInput: as set_rates."""
    by.require(Permission.RATE_SET)
    if problems := [each for _rate, draft in rates for each in faults_of(draft)]:
        raise BadInput(problems)
    held = {
        row.pk: row
        for row in ExchangeRate.objects.select_for_update().filter(pk__in=[rate.pk for rate, _draft in rates])
    }
    for rate, draft in rates:
        held[rate.pk].value, held[rate.pk].source = draft.value, draft.source.strip()
    ExchangeRate.objects.bulk_update(held.values(), ["value", "source"], batch_size=500)
    log.record_each("funding.rate_corrected", by=by, subjects=list(held.values()))
    return list(held.values())


def _refuse_standing(rates: Sequence[RateDraft]) -> None:
    standing = set(ExchangeRate.objects.filter(on__in={each.on for each in rates}).values_list("of", "into", "on"))
    for each in rates:
        if (each.of, each.into, each.on) in standing:
            raise RateStands(
                N_("There is a rate from %(of)s into %(into)s of %(day)s already; it stays."), of=each.of, into=each.into, day=each.on
            )  # fmt: skip
        standing.add((each.of, each.into, each.on))
