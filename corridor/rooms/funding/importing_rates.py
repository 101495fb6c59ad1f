"""The import of rates between currencies: new ones, and how much and from which source of one that is written down."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal
from corridor.foundations.sheets.cells.texts import text
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.kernel.wording import N_
from corridor.rooms.members.standing import local_day_at_home

from .actions import correct_rates, remove_rates, set_rates
from .drafts import RateDraft
from .importing import WORDS
from .models import ExchangeRate
from .queries import list_rates
from .rate_rules import faults_of


class RatesImport(RecordsImport):
    """Rows of rates, each known by its two currencies and its day."""

    name = "exchange_rates"
    title = N_("Exchange rates")
    permission = Permission.RATE_SET
    words = WORDS
    first_column = "of"
    columns = (
        ImportColumn("of", N_("One of this currency"), text(3), required=True, about=N_("Three letters, like LAK (ISO 4217).")),
        ImportColumn("into", N_("Is so many of this one"), text(3), required=True, about=N_("Three letters, like LAK (ISO 4217).")),
        ImportColumn("on", N_("Day of the rate"), day, required=True),
        ImportColumn("value", N_("Rate"), decimal(9, 0), required=True),
        ImportColumn("source", N_("Where the rate was read"), text(300), required=True),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":  # noqa: ARG002 (rates are public)
        return _Known(rows)

    def reference_of(self, record: ExchangeRate) -> str:
        return str(record)

    def values(self, record: ExchangeRate) -> dict[str, Any]:
        return {
            "of": record.of, "into": record.into, "on": record.on, "value": record.value.normalize(), "source": record.source,
        }  # fmt: skip

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: ExchangeRate | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        for each in faults_of(_draft(row)):
            return refused(row, each.column, "rate", each.message, fix=N_("Look at the row."), **each.places)
        return None

    def fault_of_right(self, row: Given, record: ExchangeRate | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission):
            return None
        return refused(
            row, "of", "not_yours", N_("Rates are written down by the secretariat."), fix=N_("Leave the row out.")
        )

    def fault_of_change(
        self, planned: Planned, record: ExchangeRate, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if row["on"] <= local_day_at_home(at):
            return None
        return refused(
            row, "on", "to_come", N_("%(cell)s is still to come; nothing is recorded for it yet."), fix=N_("Look at the day.")
        )  # fmt: skip

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        new = [_draft(each.given, key=each.subject) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            set_rates(rates=new, at=at, by=by)
        changed = [(each.record, _draft(each.given)) for each in planned if each.verdict == Verdict.UPDATE]
        if changed:
            correct_rates(rates=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = [(record, _draft(row)) for _each, record, row in self.changed_back(done)]
        if changed:
            correct_rates(rates=changed, by=by)
        if made := made_by(done):
            remove_rates(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, ExchangeRate]:
        return ExchangeRate.objects.in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for held in list_rates(by=by).filter(on__lte=on).iterator(chunk_size=AT_ONCE):
            yield self.values(held)


def _said(row: Given) -> Hashable:
    return (row["of"], row["into"], row["on"])


def _draft(row: Given, key: Any = None) -> RateDraft:
    return RateDraft(row["of"], row["into"], row["on"], row["value"], row["source"], key)


class _Known:
    """The rates of the days that the rows of one set name."""

    def __init__(self, rows: Sequence[Given]) -> None:
        self.standing: dict[str, ExchangeRate] = {}
        there = ExchangeRate.objects.filter(on__in={row["on"] for row in rows})
        self._said: dict[Hashable, ExchangeRate] = {(each.of, each.into, each.on): each for each in there}

    def alike(self, row: Given) -> ExchangeRate | None:
        return self._said.get(_said(row))
