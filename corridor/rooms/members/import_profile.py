"""The columns of a sheet of organisations for their numbers in public registers, and for what they do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from typing import Any

from django.db.models import prefetch_related_objects

from corridor.foundations.access import Actor
from corridor.foundations.sheets.cells.cleaning import cleaned
from corridor.foundations.sheets.cells.reading import CannotRead, CellReader, How
from corridor.foundations.sheets.cells.texts import many
from corridor.foundations.sheets.columns import Cell
from corridor.foundations.sheets.importing import AT_ONCE, Given, ImportColumn, Planned, Shift, refused, repeated
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_

from .actions.describing import NumbersOfScheme, set_identifiers
from .actions.sectors import SectorsOf, replace_sectors
from .drafts import SectorDraft
from .identifiers import clean_value
from .models import Organisation, OrganisationIdentifier, OrganisationSector, SectorCode

MAIN_SECTOR, SECTORS = "main_sector", "sectors"
# "PIC" heads the person in charge in many sheets.
_COLUMNS = {"own": "own_numbers", "pic": "eu_pic"}
_LABELS = {
    "ror": N_("Research Organization Registry"),
    "uscc": N_("Unified social credit code (China)"),
    "lei": N_("Legal Entity Identifier"),
    "isni": N_("International Standard Name Identifier"),
    "wikidata": N_("Wikidata"),
    "duns": N_("D-U-N-S number"),
    "pic": N_("Participant Identification Code (European Commission)"),
    "iso6523": N_("ISO 6523 code of a registered scheme"),
    "own": N_("Another register's own number"),
}
_SEVERAL = N_("Several with “;” between them. An empty cell takes away those that stand.")
_OWN = N_("The register, a colon and the number; several with “;” between them.")
_SECTOR = N_("The classification, a colon and the code, like isic-4:8522.")
_SECTORS = N_("The classification, a colon and the code, like isic-4:8522; several with “;” between them.")


def _column_of(scheme: str) -> str:
    return _COLUMNS.get(scheme, scheme)


def _number(scheme: str) -> CellReader:
    """A number in its scheme's one spelling; before one of another register stands which."""

    def read(cell: Cell, how: How) -> str:  # noqa: ARG001
        written = cleaned(cell)
        register, colon, value = written.rpartition(":") if scheme == "own" else ("", "", written)
        if scheme == "own" and not (colon and register.strip() and value.strip()):
            raise CannotRead("register", N_("“%(cell)s” does not say whose register it is."), cell=written, fix=_OWN)
        try:
            value = clean_value(scheme, value)
        except BadInput as bad:
            problem, fix = bad.problems[0], N_("Compare it with the register, or clear the cell.")
            raise CannotRead("number", problem.message, fix=fix, **problem.places) from None
        return f"{register.strip()}: {value}" if colon else value

    return many(CellReader(read, empty=""))


def _read_sector(cell: Cell, how: How) -> str:  # noqa: ARG001
    written = cleaned(cell)
    scheme, _colon, code = (part.strip() for part in written.partition(":"))
    if not scheme or not code or len(scheme) > 20 or len(code) > 12:
        raise CannotRead("sector", N_("“%(cell)s” is no code of a classification."), cell=written, fix=_SECTOR)
    return f"{scheme}:{code}"


PROFILE_COLUMNS = (
    *(
        ImportColumn(_column_of(scheme), label, _number(scheme), about=_OWN if scheme == "own" else _SEVERAL)
        for scheme, label in _LABELS.items()
    ),
    ImportColumn(MAIN_SECTOR, N_("Main sector"), CellReader(_read_sector, empty=""), about=_SECTOR),
    ImportColumn(SECTORS, N_("Further sectors"), many(CellReader(_read_sector, empty="")), about=_SECTORS),
)
_NAMES = frozenset(column.name for column in PROFILE_COLUMNS)


def profile_of(held: Organisation) -> dict[str, Any]:
    """What stands, by the columns. Needs ``identifiers`` and ``sectors__sector`` read."""
    numbers: dict[str, list[str]] = {scheme: [] for scheme in _LABELS}
    for each in held.identifiers.all():
        numbers.setdefault(each.scheme, []).append(_said(each.register, each.value))
    found: dict[str, Any] = {_column_of(scheme): tuple(sorted(values)) for scheme, values in numbers.items()}
    sectors = list(held.sectors.all())
    main = [str(each.sector) for each in sectors if each.weight == OrganisationSector.Weight.MAIN]
    found[MAIN_SECTOR] = main[0] if main else ""
    found[SECTORS] = tuple(
        sorted(str(each.sector) for each in sectors if each.weight != OrganisationSector.Weight.MAIN)
    )
    return found


def _said(register: str, value: str) -> str:
    return f"{register}: {value}" if register else value


def _parts(scheme: str, said: str) -> tuple[str, str, str]:
    """(scheme, register, value) of a number as its column holds it."""
    register, _colon, value = said.rpartition(": ") if scheme == "own" else ("", "", said)
    return scheme, register, value


def with_profiles(organisations: Iterable[Organisation]) -> Iterator[Organisation]:
    """The same, with all that a row says of them read in sets."""
    for some in batched(organisations, AT_ONCE):
        prefetch_related_objects(some, *READ)
        yield from some


def in_order(rows: Iterable[Given]) -> list[Given]:
    """The rows with their numbers and codes in the order in which an export writes them."""
    return [
        replace(row, values={name: tuple(sorted(value)) if name in _NAMES and isinstance(value, tuple) else value
                             for name, value in row.values.items()})
        for row in rows
    ]  # fmt: skip


class Profiles:
    """What the rows of one set name, read in two statements: who has these numbers, and which codes were read in."""

    def __init__(self, rows: Sequence[Given], seen: dict[Any, Any]) -> None:
        self.seen = seen
        values = {part[2] for row in rows for _column, part in _numbers_in(row)}
        found = OrganisationIdentifier.objects.filter(value__in=values).select_related("organisation") if values else ()
        self.owners = {(each.scheme, each.register, each.value): each.organisation for each in found}
        codes = {code for row in rows for code in _sectors_in(row)}
        schemes = {code.partition(":")[0] for code in codes}
        self.codes = {str(each) for each in SectorCode.objects.filter(scheme__in=schemes)} if codes else set()

    def fault(self, row: Given, held: Organisation | None) -> Planned | None:
        """The refusal of a number that another organisation has, or of a code that nobody read in; None where nothing is wrong."""
        for column, number in _numbers_in(row):
            owner = self.owners.get(number)
            if owner is not None and (held is None or owner.pk != held.pk):
                return refused(
                    row, column, "number_taken",
                    N_("%(organisation)s has the number %(value)s already. If both are one organisation, merge them."),
                    organisation=owner.reference, value=number[2], fix=N_("Compare it with the register, or clear the cell."),
                )  # fmt: skip
            if (first := self.seen.setdefault(("number", *number), row.number)) != row.number:
                return repeated(row, column, first)
        for column in (MAIN_SECTOR, SECTORS):
            said = row.values.get(column) or ()
            for code in (said,) if isinstance(said, str) else said:
                if code not in self.codes:
                    return refused(
                        row, column, "sector_unknown", N_("There is no code %(code)s in %(scheme)s; the secretariat reads classifications in."),
                        code=code.partition(":")[2], scheme=code.partition(":")[0], fix=_SECTOR,
                    )  # fmt: skip
        stands = profile_of(held) if held else {MAIN_SECTOR: "", SECTORS: ()}
        main, others = (row.values.get(name, stands[name]) for name in (MAIN_SECTOR, SECTORS))
        if main and main in others:
            return refused(
                row, MAIN_SECTOR, "sector_twice", N_("“%(sector)s” is the main sector and a further one."), sector=main,
                fix=N_("Leave it out of one of the two columns."),
            )  # fmt: skip
        return None


def _numbers_in(row: Given) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for scheme in _LABELS:
        for said in row.values.get(_column_of(scheme)) or ():
            yield _column_of(scheme), _parts(scheme, said)


def _sectors_in(row: Given) -> Iterator[str]:
    if main := row.values.get(MAIN_SECTOR):
        yield main
    yield from row.values.get(SECTORS) or ()


# What a row is compared with, beside the organisation itself.
READ = ("names", "identifiers", "sectors__sector")
Written = tuple[Organisation, Mapping[str, Any], Sequence[Shift]]


def shifts_of_new(row: Given) -> tuple[Shift, ...]:
    """The columns that a new row fills."""
    return tuple(Shift(name, "", "") for name in _NAMES if row.values.get(name))


def write_profiles(rows: Sequence[Written], *, by: Actor) -> None:
    """Set what shifts: of each scheme all numbers, and all sectors. Needs the columns whole where a sector shifts."""
    numbers, sectors = [], []
    for held, columns, changes in rows:
        shifted = {shift.column for shift in changes}
        for scheme in _LABELS:
            if _column_of(scheme) in shifted:
                parts = [_parts(scheme, said)[1:] for said in columns[_column_of(scheme)]]
                numbers.append(NumbersOfScheme(held, scheme, tuple(parts)))
        if shifted & {MAIN_SECTOR, SECTORS}:
            sectors.append(SectorsOf(held, tuple(_drafts(held, columns))))
    set_identifiers(numbers=numbers, by=by)
    replace_sectors(sectors=sectors, by=by)


def _drafts(held: Organisation, columns: Mapping[str, Any]) -> Iterator[SectorDraft]:
    # A sector that the row does not speak of stays as it stands; a new organisation has none.
    stands = profile_of(held) if not {MAIN_SECTOR, SECTORS} <= set(columns) else {}
    main, others = (columns.get(name, stands.get(name)) for name in (MAIN_SECTOR, SECTORS))
    for said in (main, *(others or ())):
        if said:
            scheme, _colon, code = said.partition(":")
            yield SectorDraft(held, scheme, code, is_main=said == main)
