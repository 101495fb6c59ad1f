"""The import of programmes: proposed by a row with a new reference, and changed by one whose reference stands."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.texts import many, reference, text
from corridor.foundations.sheets.cells.words import choice, language
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
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_
from corridor.rooms.members.models import SourceMark

from .actions import change_programmes, plan_intakes, propose_programmes
from .actions.importing import remove_programmes, take_intakes_back
from .actions.proposing import ENDED
from .checking import faults_of
from .drafts import IntakeDraft, ProgrammeDraft, ProgrammeRevision
from .importing_cells import WORDS, intakes_cell, intakes_of, members_cell, said_intake, said_member
from .importing_known import LANGUAGES, NAMED, KnownProgrammes, address_of, read
from .kinds import ProgrammeKind
from .lifecycle import ProgrammeStatus
from .models import Programme
from .queries import list_programmes
from .staying import what_stays

# At which column of the sheet the room's own findings are told.
_COLUMNS = {
    "title": "title_en", "organisation": "members", "agreement": "agreements", "announcement": "announcements",
    "demand": "demands", "cohorts": "intakes", "year": "intakes",
}  # fmt: skip
# What rows name without an order.
_SETS = ("sites",)
SEVERAL = N_("References, the leading one first; “;” between several.")


class ProgrammesImport(RecordsImport):
    """Rows of programmes. They are approved, run and end on their page, never by a sheet."""

    name = "programmes"
    title = N_("Programmes")
    permission = Permission.PROGRAMME_PROPOSE
    words = WORDS
    narrows = ("kind", "country", "brand", "q", "state")
    kept = ("source_mark", "status")
    first_column = "reference"
    columns = (
        ImportColumn(
            "reference", N_("Reference of the programme"), reference(60), required=True,
            about=N_("A reference that is not there yet proposes a new programme."),
        ),
        ImportColumn("kind", N_("Kind of programme"), choice(ProgrammeKind, words=WORDS, name="kind"), required=True),
        ImportColumn("title_en", N_("Title of the programme in English"), text(200)),
        ImportColumn("title_zh", N_("Title of the programme in Chinese"), text(200)),
        ImportColumn("title_lo", N_("Title of the programme in Lao"), text(200)),
        ImportColumn("agreements", N_("Agreements it is run under"), many(reference(20)), required=True, about=SEVERAL),
        ImportColumn("announcements", N_("Announcements it keeps"), many(reference(20)), about=SEVERAL),
        ImportColumn("demands", N_("Demand statements it answers"), many(reference(20)), about=SEVERAL),
        ImportColumn("languages", N_("Languages of instruction"), many(language), about=N_("The main one first; “;” between several.")),
        ImportColumn(
            "curriculum", N_("Curriculum and version"), text(85),
            about=N_("The reference of the curriculum, a slash and the version, like vehicle-inspection/1.0."),
        ),
        ImportColumn("sites", N_("Sites where it is held"), many(reference(60)), about=N_("References; “;” between several.")),
        ImportColumn(
            "members", N_("Who takes part, and as what"), members_cell,
            about=N_("The reference of a member, a colon and its role, one a line: college-north: host."),
        ),
        ImportColumn(
            "intakes", N_("Planned intake of each year"), intakes_cell,
            about=N_("The year, a colon, cohorts, a slash and learners, one a line: 2024: 2 / 40."),
        ),
        ImportColumn("status", N_("State of the programme"), text(20), is_told=True),
        ImportColumn(
            "source_mark", N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
        ImportColumn("source", N_("Where this is known from"), text(300)),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> KnownProgrammes:
        return KnownProgrammes(rows, by=by)

    def values(self, record: Programme) -> dict[str, Any]:
        titles = {each.language: each.text for each in record.titles.all()}
        return {
            "reference": record.reference,
            "kind": record.kind,
            **{f"title_{name}": titles.get(tag, "") for name, tag in LANGUAGES.items()},
            "agreements": tuple(each.agreement.reference for each in record.agreements_under.all()),
            "announcements": tuple(each.announcement.reference for each in record.announcements_kept.all()),
            "demands": tuple(each.demand.reference for each in record.demands_answered.all()),
            "languages": tuple(each.language for each in record.languages.all()),
            "curriculum": address_of(record.curriculum_version) if record.curriculum_version else "",
            "sites": tuple(sorted(each.site.reference for each in record.places.all())),
            "members": "\n".join(sorted(said_member(each.organisation.reference, each.role) for each in record.members.all())),
            "intakes": "\n".join(said_intake(each.year, each.cohorts, each.learners) for each in record.intakes.all()),
            "status": record.status,
            "source_mark": record.source_mark,
            "source": record.source,
        }  # fmt: skip

    def shifts(self, given: Given, *, standing: Mapping[str, Any]) -> Any:
        sets = {name: tuple(sorted(given.values[name])) for name in _SETS if name in given.values}
        return super().shifts(Given(given.number, {**given.values, **sets}, given.remarks), standing=standing)

    def key_of(self, row: Given) -> Hashable:
        return str(row["reference"])

    def fault(self, row: Given, record: Programme | None, known: KnownProgrammes, *, by: Actor) -> Planned | None:  # noqa: ARG002
        if not by.may(self.permission):
            return refused(
                row, "reference", "not_yours", N_("Programmes are proposed by the secretariat."), fix=N_("Leave the row out.")
            )  # fmt: skip
        for column, (message, fix) in NAMED.items():
            if missing := known.missing(row, column):
                return refused(row, column, "unknown", message, named=missing, fix=fix)
        return None

    def fault_of_right(
        self, row: Given, record: Programme | None, known: KnownProgrammes, *, by: Actor  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return None  # asked before what stands is compared

    def fault_of_change(
        self, planned: Planned, record: Programme, known: KnownProgrammes, *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        first, columns = planned.changes[0].column, {shift.column for shift in planned.changes}
        if record.status in ENDED:
            return refused(
                planned.given, first, "ended", N_("%(programme)s is “%(now)s”; it does not change any more."),
                programme=record.reference, now=record.get_status_display(), fix=N_("Leave the row as an export writes it, or take it out."),
            )  # fmt: skip
        draft = known.draft(_whole(planned.given, self.values(record)), record)
        if record.status != ProgrammeStatus.PROPOSED:
            for column, sentence, stays in what_stays(record, draft):
                if not stays:
                    return refused(
                        planned.given, column, "approved", sentence,programme=record.reference,
                                                                     fix=N_("Write what stood there into the cell again."),
                    )  # fmt: skip
        if "intakes" in columns:
            years = {year for year, _cohorts, _learners in intakes_of(planned.given["intakes"])}
            gone = next((each.year for each in record.intakes.all() if each.year not in years), None)
            if gone is not None:
                return refused(
                    planned.given, "intakes", "planned", N_("The plan of %(year)s stands; a sheet does not take it away."), year=gone,
                    fix=N_("Write the year again, with 0 cohorts and 0 learners where none begins."),
                )  # fmt: skip
        return _fault_of(planned.given, draft)

    def fault_of_new(
        self, row: Given, known: KnownProgrammes, *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        return _fault_of(row, known.draft(row))

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = KnownProgrammes([each.given for each in planned], by=by)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        made = propose_programmes(programmes=[known.draft(each.given, key=each.subject) for each in new], by=by)
        plans = [
            IntakeDraft(programme, *plan)
            for programme, each in zip(made, new, strict=True)
            for plan in intakes_of(each.given.get("intakes", ""))
        ]
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        revisions = [
            ProgrammeRevision(each.record, known.draft(_whole(each.given, self.values(each.record)), each.record))
            for each in changed
            if _shifts_beside_intakes(each)
        ]
        if revisions:
            change_programmes(revisions=revisions, by=by)
        for each in changed:
            plans += _plans_anew(each.record, each.given.get("intakes", ""))
        if plans:
            plan_intakes(plans=plans, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        known = KnownProgrammes([row for _each, _record, row in changed], by=by)
        back = []
        for each, record, row in changed:
            if not _shifts_beside_intakes(each):
                continue
            draft = known.draft(row, record)
            for _column, _sentence, stays in what_stays(record, draft):
                if record.status != ProgrammeStatus.PROPOSED and not stays:
                    raise _built_on(record)
            back.append(ProgrammeRevision(record, draft))
        if any(record.status in ENDED for _each, record, _row in changed):
            raise _built_on(next(record for _each, record, _row in changed if record.status in ENDED))
        if back:
            change_programmes(revisions=back, by=by)
        plans, gone = [], []
        for _each, record, row in changed:
            plans += _plans_anew(record, row.get("intakes", ""))
            years = {year for year, _cohorts, _learners in intakes_of(row.get("intakes", ""))}
            gone += [intake.pk for intake in record.intakes.all() if intake.year not in years]
        if plans:
            plan_intakes(plans=plans, by=by)
        take_intakes_back(keys=gone, by=by)
        remove_programmes(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Programme]:
        return read(Programme.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        listed = list_programmes(
            by=by, on=on, kind=narrowed.get("kind", ""), country=narrowed.get("country", ""), brand=narrowed.get("brand", ""),
            words=narrowed.get("q", ""), states=[narrowed["state"]] if narrowed.get("state") else [],
        )  # fmt: skip
        rows = read(Programme.objects.filter(pk__in=listed.order_by().values("pk"))).order_by("reference")
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield self.values(held)


def _whole(row: Given, standing: Mapping[str, Any]) -> Given:
    """A row with what stands in the columns that it does not bring."""
    return Given(row.number, {**standing, **row.values}, row.remarks)


def _shifts_beside_intakes(each: Planned | Done) -> bool:
    return any(shift.column != "intakes" for shift in each.changes)


def _plans_anew(record: Programme, said: str) -> list[IntakeDraft]:
    """The years of a cell that say something else than what is planned; what was noted of a year stays."""
    standing = {each.year: each for each in record.intakes.all()}
    found = []
    for year, cohorts, learners in intakes_of(said):
        plan = standing.get(year)
        if plan is None or (plan.cohorts, plan.learners) != (cohorts, learners):
            found.append(IntakeDraft(record, year, cohorts, learners, plan.note if plan else ""))
    return found


def _fault_of(row: Given, draft: ProgrammeDraft) -> Planned | None:
    """What the room itself finds wrong, told at the columns of the sheet."""
    found = [(_COLUMNS.get(each.column or "", each.column or ""), each) for each in faults_of(draft)]
    for year, cohorts, learners in intakes_of(row.get("intakes", "")):
        if learners and not cohorts:
            return refused(
                row, "intakes", "no_cohort", N_("%(programme)s plans learners for %(year)s, and no cohort for them."),
                programme=draft.reference, year=year, fix=N_("Write how many cohorts begin."),
            )  # fmt: skip
    faults = tuple(
        Fault(name, written(row.values.get(name)), "programme", each.message, "", dict(each.places))
        for name, each in found
    )
    return Planned(row, Verdict.REFUSED, faults=faults) if faults else None


def _built_on(record: Programme) -> BuiltOn:
    return BuiltOn(N_("%(programme)s was moved on since; the import cannot be taken back."), programme=record.reference)
