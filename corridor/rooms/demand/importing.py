"""The import of demand statements: new ones, drafts that are corrected or stated, and restatements of what stands."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import decimal, whole
from corridor.foundations.sheets.cells.texts import many, reference, text
from corridor.foundations.sheets.cells.words import choice, country
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Done,
    Fault,
    Given,
    ImportColumn,
    Planned,
    Verdict,
    refused,
    written,
)
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit
from corridor.rooms.members.models import Organisation, SourceMark

from .actions import remove_statements, revise_drafts, state_demands, take_statements_back
from .checking import faults_of
from .drafts import DemandDraft
from .language_levels import written_level
from .lifecycle import DemandStatus
from .models import DemandStatement, Strength, WagePeriod
from .queries import list_demands
from .totals import address_of

WORDS = Path(__file__).with_name("importing_words.toml")


class DemandImport(RecordsImport):
    """Rows of demand statements. A draft is corrected, and stated by filling its day; what is stated is only restated."""

    name = "demand"
    title = N_("Demand statements")
    permission = Permission.DEMAND_STATE
    words = WORDS
    narrows = ("occupation", "country", "state")
    fixed = ("employer", "replaces")
    kept = ("source_mark",)
    first_column = "occupation_title"
    columns = (
        ImportColumn(
            "reference", N_("Reference of the statement"), reference(20), is_reference=True,
            about=N_("Empty for a new statement; a reference is given then."),
        ),
        ImportColumn("employer", N_("Reference of the employer"), reference(60), required=True),
        ImportColumn("occupation_code", N_("Occupation (ISCO-08)"), text(4), required=True, about=N_("One to four digits.")),
        ImportColumn("occupation_title", N_("Occupation in the employer’s words"), text(150), required=True),
        ImportColumn("posts", N_("How many people"), whole(1, 1_000_000), required=True),
        ImportColumn("country", N_("Where they will work"), country, required=True),
        ImportColumn("stated_on", N_("Stated on"), day, about=N_("Empty: it stays a draft.")),
        ImportColumn("needed_by", N_("Needed by"), day, required=True),
        ImportColumn("strength", N_("How firm it is"), choice(Strength, words=WORDS, name="strength"), required=True),
        ImportColumn(
            "units", N_("Units wanted"), many(text(110)),
            about=N_("Curriculum, version and code like vehicle-inspection/1.0/VI-1; “;” between several."),
        ),
        ImportColumn(
            "replaces", N_("It restates"), reference(20),
            about=N_("The reference of the older statement, which then no longer counts."),
        ),
        ImportColumn(
            "source_mark", N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
        ImportColumn("place", N_("Town or plant"), text(100)),
        ImportColumn("wage_from", N_("Lowest wage"), decimal(3, 0), about=N_("With its currency and its period, or not at all.")),
        ImportColumn("wage_to", N_("Highest wage"), decimal(3, 0), about=N_("Empty: the lowest is the only one.")),
        ImportColumn("wage_currency", N_("Currency of the wage (ISO 4217)"), text(3)),
        ImportColumn("wage_period", N_("The wage is for"), choice(WagePeriod, words=WORDS, name="wage_period", empty="")),
        ImportColumn(
            "languages", N_("Levels of languages"), many(text(30)),
            about=N_("HSK 4, or CEFR B1 en; “;” between several."),
        ),
        ImportColumn(
            "paper", N_("Which letter or contract"), text(300),
            about=N_("With its day or number, and where it is kept; needed where it is more than said."),
        ),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: DemandStatement) -> dict[str, Any]:
        return {
            "employer": record.employer.reference,
            "occupation_code": record.occupation_code,
            "occupation_title": record.occupation_title,
            "posts": record.posts,
            "country": record.country,
            "stated_on": record.stated_on,
            "needed_by": record.needed_by,
            "strength": record.strength,
            "units": tuple(sorted(address_of(each.unit) for each in record.units.all())),
            "replaces": record.replaces.reference if record.replaces else "",
            "source_mark": record.source_mark,
            "place": record.place,
            "wage_from": record.wage_from.amount if record.wage_from else None,
            "wage_to": record.wage_to.amount if record.wage_to and record.wage_to != record.wage_from else None,
            "wage_currency": record.wage_currency,
            "wage_period": record.wage_period,
            "languages": tuple(sorted(written_level(each) for each in record.languages.all())),
            "paper": record.paper,
        }

    def shifts(self, given: Given, *, standing: Mapping[str, Any]) -> Any:
        # Units and languages are sets: in which order somebody wrote them says nothing.
        sets = {name: tuple(sorted(given.values[name])) for name in ("units", "languages") if name in given.values}
        # One wage may be written once, or as both ends.
        wage = given.values.get("wage_to")
        once = {"wage_to": None} if wage is not None and wage == given.values.get("wage_from") else {}
        given = Given(given.number, {**given.values, **sets, **once}, given.remarks)
        return super().shifts(given, standing=standing)

    def key_of(self, row: Given) -> Hashable:
        return _said(row, row["employer"])

    def fault(self, row: Given, record: DemandStatement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        employer = known.employers.get(row["employer"])
        if employer is None:
            return refused(
                row, "employer", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the list of members."),
            )  # fmt: skip
        for named in row.get("units", ()):
            if named not in known.units:
                return refused(
                    row, "units", "unknown_unit", N_("There is no unit “%(named)s”."), named=named,
                    fix=N_("Write curriculum, version and code as they stand in the list of units."),
                )  # fmt: skip
        return None

    def fault_of_right(
        self, row: Given, record: DemandStatement | None, known: "_Known", *, by: Actor
    ) -> Planned | None:
        if by.may(self.permission, on=known.employers[row["employer"]] if record is None else record):
            return None
        return refused(
            row, "employer", "not_yours", N_("%(cell)s is not a member you may write about."),
            fix=N_("Leave the row out; the secretariat can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: DemandStatement, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if record.status != DemandStatus.DRAFT:
            return refused(
                planned.given, planned.changes[0].column, "stated", N_("%(statement)s is stated; what is stated is not rewritten."),
                statement=record.reference,
                fix=N_("State it anew: leave the reference empty and write it into the column “It restates”."),
            )  # fmt: skip
        return _fault_of(planned.given, _draft(_whole(planned.given, self.values(record)), known, record))

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if older := row.get("replaces"):
            found = known.older.get(older)
            if found is None:
                return refused(
                    row, "replaces", "unknown", N_("There is no “%(cell)s” here that you may see."),
                    fix=N_("Copy the reference from the list of demand statements."),
                )  # fmt: skip
            if found.employer.reference != row["employer"]:
                return refused(
                    row, "replaces", "stated_by_another", N_("%(cell)s is the statement of another employer."),
                    fix=N_("An employer restates only its own statements."),
                )  # fmt: skip
            if older in known.replaced or seen.setdefault(("replaces", older), row.number) != row.number:
                return refused(
                    row, "replaces", "replaced", N_("%(cell)s was restated before; restate the newer one."),
                    fix=N_("Write the reference of the newest statement."),
                )  # fmt: skip
        return _fault_of(row, _draft(row, known))

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each.given, known, key=each.subject) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            state_demands(demands=new, by=by)
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        wholes = [(each.record, _whole(each.given, self.values(each.record))) for each in changed]
        # A draft may want units that this file does not name.
        known.learn_units([row for _record, row in wholes])
        if wholes:
            revise_drafts(drafts=[(record, _draft(row, known, record)) for record, row in wholes], by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        stated = [each.subject for each, _record, _row in changed if any(s.column == "stated_on" for s in each.changes)]
        take_statements_back(keys=stated, by=by)
        known = _Known([row for _each, _record, row in changed], by=by)
        if changed:
            revise_drafts(drafts=[(record, _draft(row, known, record)) for _each, record, row in changed], by=by)
        remove_statements(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, DemandStatement]:
        return _read(DemandStatement.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        rows = list_demands(
            by=by, on=on, occupation=narrowed.get("occupation", ""), country=narrowed.get("country", ""),
            states=[narrowed["state"]] if narrowed.get("state") else [],
        )  # fmt: skip
        for held in rows.select_related("replaces").iterator(chunk_size=AT_ONCE):
            yield {"reference": held.reference, **self.values(held)}


def _read(rows: QuerySet[DemandStatement]) -> QuerySet[DemandStatement]:
    return rows.select_related("employer", "replaces").prefetch_related("languages", "units__unit__version__curriculum")


def _said(row: Given, employer: str) -> Hashable:
    """What a statement says, where no reference tells which one is meant."""
    return (
        employer, row["occupation_code"], row["occupation_title"], row["country"], row["posts"], row["needed_by"],
        row.get("stated_on"),
    )  # fmt: skip


def _whole(row: Given, standing: Mapping[str, Any]) -> Given:
    """A row with what stands in the columns that it does not bring."""
    return Given(row.number, {**standing, **row.values}, row.remarks)


def _draft(row: Given, known: "_Known", standing: DemandStatement | None = None, key: Any = None) -> DemandDraft:
    return DemandDraft(
        employer=known.employers[row["employer"]] if standing is None else standing.employer,
        occupation_code=row["occupation_code"], occupation_title=row["occupation_title"], posts=row["posts"],
        country=row["country"], needed_by=row["needed_by"], stated_on=row.get("stated_on"), strength=str(row["strength"]),
        units=[known.units[named] for named in row.get("units", ()) if named in known.units],
        replaces=known.older.get(row.get("replaces", "")) if standing is None else standing.replaces,
        reference="" if standing is None else standing.reference,
        source_mark=str(row.get("source_mark", SourceMark.ASSUMED)), key=key,
        place=row.get("place", ""), wage_from=row.get("wage_from"), wage_to=row.get("wage_to"),
        wage_currency=row.get("wage_currency", ""), wage_period=str(row.get("wage_period") or ""),
        languages=row.get("languages", ()), paper=row.get("paper", ""),
    )  # fmt: skip


def _fault_of(row: Given, draft: DemandDraft) -> Planned | None:
    """What the room itself finds wrong."""
    faults = tuple(
        Fault(
            each.column or "", written(row.values.get(each.column or "")), "demand", each.message, "", dict(each.places)
        )
        for each in faults_of(draft)
    )
    return Planned(row, Verdict.REFUSED, faults=faults) if faults else None


class _Known:
    """Employers, units and statements that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        visible = _read(DemandStatement.objects.visible_to(by))
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        self.older = by_reference(visible, [row.get("replaces") for row in rows])
        self.replaced = set(
            DemandStatement.objects.filter(replaces__in=self.older.values()).values_list(
                "replaces__reference", flat=True
            )
        )
        self.employers = by_reference(Organisation.objects, [row.get("employer") for row in rows])
        self.units: dict[str, Unit] = {}
        self.learn_units(rows)
        codes = {row["occupation_code"] for row in rows if not row.get("reference")}
        of_these = visible.filter(employer__in=self.employers.values(), occupation_code__in=codes)
        self._said = {
            _said(Given(0, {name: getattr(each, name) for name in _SAID}), each.employer.reference): each
            for each in of_these
        }

    def learn_units(self, rows: Sequence[Given]) -> None:
        named = {each for row in rows for each in row.get("units", ())} - set(self.units)
        curricula = {each.partition("/")[0] for each in named}
        found = Unit.objects.filter(version__curriculum__reference__in=curricula).select_related("version__curriculum")
        self.units |= {address: unit for unit in found if (address := address_of(unit)) in named}

    def alike(self, row: Given) -> DemandStatement | None:
        return self._said.get(_said(row, row["employer"]))


_SAID = ("occupation_code", "occupation_title", "country", "posts", "needed_by", "stated_on")
