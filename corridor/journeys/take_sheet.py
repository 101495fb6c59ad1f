"""
Taking a sheet out of the product: written as the kind says, and into the ledger of transfers where it takes persons' data to another country.

The page, the operation and the command call the same function; a page asks first (``confirmed``), since a click is no decision.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import ImportKind
from corridor.foundations.sheets.steps.returning import export_file
from corridor.foundations.vocabularies.countries import require_country
from corridor.rooms.indicators.frozen import persons_of
from corridor.rooms.people.models import Occasion, Person, Transfer, TransferBasis

from .import_sheets import kind_named
from .note_transfer import AT_ONCE, Crossing, Leaving, note_leaving, preview_leaving, receiving_country


@dataclass(frozen=True)
class Destination:
    """
    Where a file goes and on which ground. ``to_country`` empty: to where whoever takes it sits. ``is_confirmed``: a human being has read what
    would be written into the ledger, or a machine asks, which was told.
    """

    to_country: str = ""
    basis: TransferBasis = TransferBasis.CONTRACT
    over_because: str = ""
    is_confirmed: bool = True


@dataclass(frozen=True)
class TakenSheet:
    """The file, and what was written into the ledger; or, where nobody has confirmed yet, no bytes and what would be written."""

    name: str
    media_type: str
    content: bytes
    to_country: str = ""
    crossings: tuple[Crossing, ...] = ()
    transfers: tuple[Transfer, ...] = field(default=())

    @property
    def waits(self) -> bool:
        return bool(self.crossings) and not self.transfers


def take_sheet(
    *,
    kind: str,
    form: str,
    language: str,
    narrowed: Mapping[str, str],
    destination: Destination,
    occasion: Occasion,
    on: date,
    at: datetime,
    by: Actor,
) -> TakenSheet:
    """
    The records of a kind as a sheet (foundations/sheets/steps/returning.py), and the transfers that it makes.

    :raises NotFound: for no kind. :raises BadInput: for a country that is none, or something by which the kind is not narrowed.
    :raises ThresholdReached: if more persons' data would leave a country than allowed, and no reason is given.
    """
    found = kind_named(name=kind, by=by)
    require_country(destination.to_country)
    to_country = destination.to_country or receiving_country(by=by)
    watched = _Watched(found)
    name, media_type, content = export_file(
        kind=watched, form=form, language=language, on=on, by=by, narrowed=narrowed  # type: ignore[arg-type]
    )  # fmt: skip
    taken = TakenSheet(name, media_type, content, to_country)
    return _once_noted(taken, watched.persons(), destination, occasion, on=on, at=at, by=by)


def take_rows(
    *, taken: TakenSheet, records: Iterable[UUID], destination: Destination, on: date, at: datetime, by: Actor
) -> TakenSheet:
    """A file that holds rows of evidence about these records; refuses as ``take_sheet``."""
    require_country(destination.to_country)
    taken = replace(taken, to_country=destination.to_country or receiving_country(by=by))
    return _once_noted(taken, sorted(persons_of(records)), destination, Occasion.EXPORT, on=on, at=at, by=by)


@transaction.atomic
def _once_noted(
    taken: TakenSheet,
    persons: list[UUID],
    destination: Destination,
    occasion: Occasion,
    *,
    on: date,
    at: datetime,
    by: Actor,
) -> TakenSheet:
    """A file that is ready to go, once the ledger says so; without its bytes while a crossing waits to be confirmed."""
    if not taken.to_country or not persons:
        return taken
    crossings = tuple(preview_leaving(persons=persons, to_country=taken.to_country, on=on, by=by))
    if crossings and not destination.is_confirmed:
        return replace(taken, content=b"", crossings=crossings)
    leaving = Leaving(
        to_country=taken.to_country, basis=destination.basis, occasion=occasion, about=taken.name,
        over_because=destination.over_because,
    )  # fmt: skip
    transfers = note_leaving(persons=persons, leaving=leaving, on=on, at=at, by=by)
    return replace(taken, crossings=crossings, transfers=tuple(transfers))


class _Watched:
    """A kind of sheet that remembers whom the rows that went by are about."""

    def __init__(self, kind: ImportKind) -> None:
        self.kind = kind
        self.references: set[str] = set()
        self.accounts: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kind, name)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        for row in self.kind.export(by=by, on=on, narrowed=narrowed):
            for value in (row[name] for name in self.kind.about_persons if row.get(name)):
                self.references.update([value] if isinstance(value, str) else value)
            self.accounts.update(row[name] for name in self.kind.about_accounts if row.get(name))
            yield row

    def persons(self) -> list[UUID]:
        found: list[UUID] = []
        for way, names in (("reference", self.references), ("user__username", self.accounts)):
            wanted = sorted(names)
            for start in range(0, len(wanted), AT_ONCE):
                some = {f"{way}__in": wanted[start : start + AT_ONCE]}
                found += Person.objects.filter(**some).values_list("pk", flat=True)
        return found
