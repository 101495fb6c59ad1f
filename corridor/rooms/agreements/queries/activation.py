"""
When a promise becomes more than paper: how soon after the last signature something was delivered, by the year of signing; and what is dormant.

The first delivery is written by ``activate_agreement``; here it is only read. An amendment delivers nothing of its own and is left out.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.periods import add_months

from ..lifecycle import AgreementStatus, ObligationStatus
from ..models import Agreement, AgreementChange, AgreementParty, AgreementText, Obligation
from ..standing import with_standing_on

# After so many months it is looked whether something was delivered.
WITHIN = (3, 6, 12, 24)


@dataclass(frozen=True)
class Step:
    """Of those that were signed at least so many months ago: how many there are, and under how many something had been delivered by then."""

    months: int
    asked: int
    activated: int


@dataclass(frozen=True)
class SigningYear:
    """The agreements whose last signature is of one year; what is younger than a step is not asked yet, and that is not the same as no."""

    year: int
    signed: int
    activated: int
    steps: list[Step] = field(default_factory=list)


def activation_by_year(*, on: date, by: Actor) -> list[SigningYear]:
    """By the year of the last signature, the earliest first, as it was known on that day. Two statements."""
    years: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for _key, signed_on, activated_on in _days(on, by):
        years[signed_on.year].append((signed_on, activated_on))
    return [
        SigningYear(
            year, len(rows), sum(activated is not None for _signed, activated in rows),
            [_step(rows, months, on) for months in WITHIN],
        )
        for year, rows in sorted(years.items())
    ]  # fmt: skip


def agreements_behind(
    *, on: date, by: Actor, year: int, months: int = 0, activated: bool | None = None
) -> QuerySet[Any]:
    """
    The agreements that a number of the curve stands for: signed in that year; with ``months`` those that were signed at least so long ago, and
    ``activated`` (or not) within them; without, activated (or not) by that day.
    """
    keys = []
    for key, signed_on, activated_on in _days(on, by):
        last = add_months(signed_on, months) if months else on
        is_asked = signed_on.year == year and last <= on
        is_activated = activated_on is not None and activated_on <= last
        if is_asked and (activated is None or is_activated == activated):
            keys.append(key)
    return _whole(with_standing_on(Agreement.objects.filter(pk__in=keys), on)).order_by("reference")


@dataclass(frozen=True)
class Dormant:
    """An agreement in force under which nothing was delivered in so long, and what was promised in it."""

    agreement: Any
    signed_on: date
    promised: list[Obligation]


def dormant_agreements(*, on: date, by: Actor, months: int) -> list[Dormant]:
    """
    In force on that day, signed at least so many months ago, and never activated: for the council and who oversees, the longest first.

    :raises AccessDenied: for anybody else: what was promised stands in the text.
    """
    by.require(Permission.AGREEMENT_VIEW_TEXT)
    signed = {
        key: signed_on
        for key, signed_on, activated_on in _days(on, by)
        if activated_on is None and add_months(signed_on, months) <= on
    }
    running = with_standing_on(Agreement.objects.filter(pk__in=signed), on).filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on), status_then=AgreementStatus.IN_FORCE
    )
    owed = Obligation.objects.filter(status=ObligationStatus.OPEN).select_related("organisation")
    promised = Prefetch("obligations", owed.prefetch_related("organisation__names").order_by("due_on", "reference"))
    found = [
        Dormant(each, signed[each.pk], list(each.obligations.all()))
        for each in _whole(running).prefetch_related(promised)
    ]
    return sorted(found, key=lambda each: (each.signed_on, each.agreement.reference))


def _days(on: date, by: Actor) -> Iterator[tuple[Any, date, date | None]]:
    """(key, day of the last signature, day of the first delivery or None) of all that were signed by that day."""
    visible = Agreement.objects.visible_to(by).filter(amends__isnull=True)
    changes = AgreementChange.objects.filter(agreement__in=visible, effective_on__lte=on)
    first = changes.order_by().values_list("agreement", "to_status").annotate(day=Min("effective_on"))
    days: dict[Any, dict[str, date]] = defaultdict(dict)
    for key, state, day in first.filter(to_status__in=[AgreementStatus.SIGNED, AgreementStatus.ACTIVATED]):
        days[key][state] = day
    for key, known in days.items():
        if AgreementStatus.SIGNED.value in known:
            yield key, known[AgreementStatus.SIGNED.value], known.get(AgreementStatus.ACTIVATED.value)


def _step(rows: list[tuple[date, date | None]], months: int, on: date) -> Step:
    asked = [(add_months(signed, months), activated) for signed, activated in rows if add_months(signed, months) <= on]
    return Step(months, len(asked), sum(activated is not None and activated <= last for last, activated in asked))


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    parties = AgreementParty.objects.select_related("organisation").prefetch_related("organisation__names")
    return found.prefetch_related(
        Prefetch("texts", AgreementText.objects.defer("body").order_by("language")),
        Prefetch("parties", parties.order_by("position", "organisation__reference")),
        "announcement",
    )
