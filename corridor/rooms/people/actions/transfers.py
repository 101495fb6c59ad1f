"""Writing down that personal data left a country, and how many persons' data may."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_, CountryCode
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import require_come

from ..models import DataClass, Occasion, Transfer, TransferBasis, TransferredPerson, TransferThreshold
from ..rights_refusals import ThresholdReached
from ..secretariat import secretariat_ids
from ..transfer_counting import WARN_AT_PERCENT, counter_of

AT_ONCE = 500


@dataclass(frozen=True)
class TransferDraft:
    """
    What left: on which day, from where to where, which class, on which ground, at which occasion, and about whom. ``unlisted`` counts persons
    who are not known one by one (paper); ``over_because`` is the reason to let it leave over a threshold.
    """

    happened_on: date
    from_country: str
    to_country: str
    data_class: DataClass
    basis: TransferBasis
    occasion: Occasion
    about: str
    persons: Collection[UUID] = ()
    unlisted: int = 0
    from_member: Organisation | None = None
    to_member: Organisation | None = None
    over_because: str = ""


@transaction.atomic
def record_transfer(*, draft: TransferDraft, at: datetime, by: Actor) -> Transfer:
    """
    Write a transfer into the ledger; whoever lets data leave calls this first, in the same transaction.

    :raises ThresholdReached: if more persons' data would have left that country in that year than allowed, and no reason is given.
    :raises BadInput: for countries that are none or the same, nobody at all, or nothing said of what left. :raises DayToCome: for one.
    """
    by.require(Permission.TRANSFER_RECORD)
    _check(draft)
    require_come([draft.happened_on], at=at)
    limit, total = _require_under(draft)
    (reference,) = give_numbers(model=Transfer, prefix="TRF", days=[draft.happened_on], gate=Organisation)
    made = Transfer.objects.create(
        reference=reference, happened_on=draft.happened_on, from_country=draft.from_country,
        from_member=draft.from_member, to_country=draft.to_country, to_member=draft.to_member,
        data_class=draft.data_class, basis=draft.basis, occasion=draft.occasion, about=draft.about.strip(),
        unlisted=draft.unlisted, over_because=draft.over_because.strip(), by_label=by.label,
    )  # fmt: skip
    return _listed(made, draft, limit, total, at=at, by=by)


@transaction.atomic
def record_reading(*, draft: TransferDraft, at: datetime, by: Actor) -> Transfer | None:
    """
    Write that an account read records from abroad. What it reads of the same things on the same day stands in one row, each person once;
    None where all of them stand there. Refuses as ``record_transfer``.
    """
    by.require(Permission.TRANSFER_RECORD)
    same = Transfer.objects.filter(
        happened_on=draft.happened_on, from_country=draft.from_country, to_country=draft.to_country, data_class=draft.data_class,
        basis=draft.basis, occasion=draft.occasion, about=draft.about.strip(), over_because=draft.over_because.strip(), by_label=by.label,
    )  # fmt: skip
    stands = same.select_for_update().order_by("reference").first()
    if stands is None:
        return record_transfer(draft=draft, at=at, by=by)
    known: set[UUID] = set()
    wanted = list(dict.fromkeys(draft.persons))
    for start in range(0, len(wanted), AT_ONCE):
        rows = stands.listed.filter(person__in=wanted[start : start + AT_ONCE])
        known.update(rows.values_list("person_id", flat=True))
    fresh = [key for key in wanted if key not in known]
    if not fresh:
        return None
    draft = replace(draft, persons=fresh)
    limit, total = _require_under(draft)
    return _listed(stands, draft, limit, total, at=at, by=by)


def _require_under(draft: TransferDraft) -> tuple[TransferThreshold | None, int]:
    """The threshold and how many persons' data would have left with this. :raises ThresholdReached: over it, without a reason."""
    limit = (
        TransferThreshold.objects.select_for_update()
        .filter(from_country=draft.from_country, data_class=draft.data_class)
        .first()
    )
    counter = counter_of(draft.from_country, draft.data_class, draft.happened_on.year, more=draft.persons)
    total = counter + draft.unlisted
    if limit is not None and total > limit.persons and not draft.over_because.strip():
        raise ThresholdReached(
            N_(
                "With this, data (%(kind)s) of %(total)s persons would have left %(country)s in %(year)s; the threshold is %(limit)s. "
                "Give the reason to let it leave all the same, or do not send it."
            ),
            total=total, country=CountryCode(draft.from_country), year=str(draft.happened_on.year), limit=limit.persons,
            kind=DataClass(draft.data_class).label,
        )  # fmt: skip
    return limit, total


def _listed(
    made: Transfer, draft: TransferDraft, limit: TransferThreshold | None, total: int, *, at: datetime, by: Actor
) -> Transfer:
    """The row with these persons in it, remembered; and the secretariat is told where a threshold is near."""
    TransferredPerson.objects.bulk_create(
        [TransferredPerson(transfer=made, person_id=key) for key in dict.fromkeys(draft.persons)], batch_size=AT_ONCE
    )
    log.record("people.transferred", by=by, subject=made, count=len(set(draft.persons)) + draft.unlisted)
    if limit is not None and total * 100 >= limit.persons * WARN_AT_PERCENT:
        _warn(draft, at=at, by=by)
    return made


@transaction.atomic
def set_threshold(
    *, from_country: str, data_class: DataClass, persons: int, source: str, by: Actor
) -> TransferThreshold:
    """
    Say how many different persons' data of a class may leave a country in a calendar year; one that stands is replaced.

    :raises BadInput: if the country is none, the number is none, or the rule it comes from is not named.
    """
    by.require(Permission.TRANSFER_RECORD)
    problems = []
    if not is_country(from_country):
        problems.append(_no_country(from_country, "from_country"))
    if persons < 1:
        problems.append(Problem(N_("A threshold is a number of persons, one at least."), column="persons"))
    if not source.strip():
        problems.append(Problem(N_("Say which law or rule the number comes from."), column="source"))
    if problems:
        raise BadInput(problems)
    said = {"persons": persons, "source": source.strip()}
    limit, _is_new = TransferThreshold.objects.update_or_create(
        from_country=from_country, data_class=data_class, defaults=said
    )
    log.record("people.threshold_set", by=by, subject=limit)
    return limit


def _check(draft: TransferDraft) -> None:
    problems = [
        _no_country(code, column)
        for column, code in (("from_country", draft.from_country), ("to_country", draft.to_country))
        if not is_country(code)
    ]
    if draft.from_country == draft.to_country:
        problems.append(Problem(N_("What stays in its country is no transfer."), column="to_country"))
    if not draft.persons and draft.unlisted < 1:
        problems.append(Problem(N_("Say of how many persons."), column="unlisted"))
    if not draft.about.strip():
        problems.append(Problem(N_("Say what left: an edition, a list, a letter."), column="about"))
    if problems:
        raise BadInput(problems)


def _no_country(code: str, column: str) -> Problem:
    return Problem(N_("“%(country)s” is no country or region of ISO 3166-1."), {"country": code}, column=column)


def _warn(draft: TransferDraft, *, at: datetime, by: Actor) -> None:
    year = draft.happened_on.year
    tell(
        Event.TRANSFERS_NEAR, to=secretariat_ids(on=at.date()), about=f"{draft.from_country} {year}",
        link=f"/transfers/?year={year}", at=at, by=by, once=f"transfers-{draft.from_country}-{draft.data_class}-{year}",
    )  # fmt: skip
