"""The columns of a sheet of persons that say how they are reached: every open channel of a kind, and the days on which somebody saw it work."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from corridor.foundations.access import Actor
from corridor.foundations.sheets.cells.cleaning import bare, cleaned
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.phones import phone
from corridor.foundations.sheets.cells.reading import CannotRead, CellReader, How
from corridor.foundations.sheets.cells.texts import many
from corridor.foundations.sheets.columns import Cell
from corridor.foundations.sheets.importing import Given, ImportColumn, Planned, Shift, refused
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_

from .actions.contacts import ChannelsOfKind
from .fields import PersonField, sees_everywhere
from .models import ContactKind, Person
from .reaching import normalised

# A postal address has ";" inside, and several lines: it is written on the page.
KINDS = (ContactKind.EMAIL, ContactKind.PHONE, ContactKind.WHATSAPP, ContactKind.WECHAT, ContactKind.LINE)
_PHONES = {ContactKind.PHONE, ContactKind.WHATSAPP}
# In a cell of days: nobody has confirmed this one.
UNCONFIRMED = "?"
_SEVERAL = N_("Several with “;” between them. An empty cell ends those that stand.")
_DAYS = N_("One day for each in the column before, in the same order; “?” for one that nobody has confirmed.")
_LABELS = {
    ContactKind.EMAIL: (N_("E-mail"), N_("E-mail confirmed on")),
    ContactKind.PHONE: (N_("Telephone"), N_("Telephone confirmed on")),
    ContactKind.WHATSAPP: (N_("WhatsApp"), N_("WhatsApp confirmed on")),
    ContactKind.WECHAT: (N_("WeChat"), N_("WeChat confirmed on")),
    ContactKind.LINE: (N_("Name in LINE"), N_("Name in LINE confirmed on")),
}


def _column_of(kind: ContactKind) -> str:
    # "line" heads the numbers of rows in many sheets.
    return "line_name" if kind == ContactKind.LINE else kind.value


def _days_of(kind: ContactKind) -> str:
    return f"{_column_of(kind)}_confirmed_on"


def _value(kind: ContactKind) -> CellReader:
    """A number as its cell left it (phones.py); an address or a name of a service as people write it."""

    def read(cell: Cell, how: How) -> str:  # noqa: ARG001
        try:
            return normalised(kind, cleaned(cell))
        except BadInput as bad:
            problem = bad.problems[0]
            fix = N_("Compare it with the paper, or clear the cell.")
            raise CannotRead(f"contact_{kind.value}", problem.message, fix=fix, **problem.places) from None

    return many(phone if kind in _PHONES else CellReader(read, empty=""))


def _read_day(cell: Cell, how: How) -> Any:
    return UNCONFIRMED if bare(cell) == UNCONFIRMED else day.read(cell, how)


def _columns() -> Iterator[ImportColumn]:
    days = many(CellReader(_read_day, asks="day", told_as="day"), repeats=True)
    for kind in KINDS:
        label, confirmed = _LABELS[kind]
        yield ImportColumn(_column_of(kind), label, _value(kind), about=_SEVERAL)
        yield ImportColumn(_days_of(kind), confirmed, days, about=_DAYS)


CONTACT_COLUMNS = tuple(_columns())
_NAMES = frozenset(column.name for column in CONTACT_COLUMNS)


def contacts_of(person: Person, *, by: Actor) -> dict[str, tuple[Any, ...]]:
    """What stands, by the columns, for who sees it; else nothing. Needs ``contacts`` read."""
    found: dict[str, tuple[Any, ...]] = dict.fromkeys(_NAMES, ())
    if not sees_everywhere(PersonField.CONTACTS, by=by):
        return found
    stand = sorted((each for each in person.contacts.all() if each.ended_on is None), key=lambda each: each.value)
    for kind in KINDS:
        rows = [each for each in stand if each.kind == kind]
        found[_column_of(kind)] = tuple(each.value for each in rows)
        found[_days_of(kind)] = _trimmed([each.confirmed_on or UNCONFIRMED for each in rows])
    return found


def _trimmed(days: Sequence[Any]) -> tuple[Any, ...]:
    kept = list(days)
    while kept and kept[-1] == UNCONFIRMED:
        kept.pop()
    return tuple(kept)


def settled(
    rows: Sequence[Given], standing: Mapping[str, Person], *, today: date, by: Actor
) -> Iterator[Given | Planned]:
    """Each row with its channels in the order in which an export writes them, each with its day; or the refusal of it."""
    for row in rows:
        if _NAMES.isdisjoint(row.values):
            yield row
        else:
            person = standing.get(row.get("reference", ""))
            yield _settled(row, contacts_of(person, by=by) if person else dict.fromkeys(_NAMES, ()), today, by)


def _settled(row: Given, standing: Mapping[str, tuple[Any, ...]], today: date, by: Actor) -> Given | Planned:
    values = dict(row.values)
    for kind in KINDS:
        at, days_at = _column_of(kind), _days_of(kind)
        channels, days = values.get(at, standing[at]), values.get(days_at)
        said = at if values.get(at) else days_at if days else ""
        if said and not sees_everywhere(PersonField.CONTACTS, by=by):
            return refused(
                row, said, "not_yours", N_("Your account may not write down how persons are reached."), fix=N_("Clear the cell.")
            )  # fmt: skip
        if days is None:
            if at in values:
                values[at] = tuple(sorted(channels))
            continue
        if len(days) > len(channels):
            return refused(
                row, days_at, "too_many_days", N_("There are more days here than ways to reach the person in the column before."),
                fix=_DAYS,
            )  # fmt: skip
        if any(each != UNCONFIRMED and each > today for each in days):
            return refused(
                row, days_at, "future", N_("“%(cell)s” lies in the future; nobody has confirmed it then."), fix=N_("Look at the year."),
            )  # fmt: skip
        pairs = sorted(zip_longest(channels, days, fillvalue=UNCONFIRMED), key=lambda pair: str(pair[0]))
        values[days_at] = _trimmed([each for _channel, each in pairs])
        if at in values:
            values[at] = tuple(channel for channel, _day in pairs)
    return replace(row, values=values)


def channels_of_new(persons: Sequence[Person], planned: Sequence[Planned]) -> list[ChannelsOfKind]:
    """What the rows of new persons say, of each kind that they fill."""
    return [
        each
        for person, row in zip(persons, planned, strict=True)
        for each in _channels(person, row.given.values, {name for name in _NAMES if row.given.values.get(name)})
    ]


def channels_in(rows: Iterable[tuple[Person, Mapping[str, Any], Sequence[Shift]]]) -> list[ChannelsOfKind]:
    """What the columns of each row say of the kinds that shift there."""
    return [
        each
        for person, columns, changes in rows
        for each in _channels(person, columns, _NAMES & {shift.column for shift in changes})
    ]


def _channels(person: Person, columns: Mapping[str, Any], shifted: Collection[str]) -> Iterator[ChannelsOfKind]:
    """A number that stays keeps its day where no column of days is among the columns."""
    for kind in KINDS if shifted else ():
        at, days_at = _column_of(kind), _days_of(kind)
        if at not in shifted and days_at not in shifted:
            continue
        stand = {
            each.value: each.confirmed_on
            for each in person.contacts.all()
            if each.kind == kind and each.ended_on is None
        }
        channels = columns[at] if at in columns else tuple(sorted(stand))
        if days_at in columns:
            days = [None if each == UNCONFIRMED else each for each in columns[days_at]]
            told = dict(zip_longest(channels, days[: len(channels)]))
        else:
            told = {channel: stand.get(channel) for channel in channels}
        yield ChannelsOfKind(person=person, kind=kind, channels=told)
