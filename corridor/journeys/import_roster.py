"""
A package of OneRoster 1.2 on its way in: the same steps as for a sheet, with a verdict for every record of every table that is read.

What is what stands in docs/rules/oneroster.md. The format itself is checked by foundations/sheets/oneroster before anything is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.importing import Choice, Done, Given, ImportKind, Planned, Verdict
from corridor.foundations.sheets.oneroster import read_package, write_package
from corridor.foundations.sheets.oneroster.format import MANIFEST
from corridor.foundations.vocabularies.languages import FALLBACK
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Alliance
from corridor.rooms.people.importing import PeopleImport
from corridor.rooms.people.models import Person
from corridor.rooms.training.actions.importing import remove_cohorts, remove_trainers
from corridor.rooms.training.actions.sourced_ids import drop_sourced_ids
from corridor.rooms.training.imports import EnrolmentsImport
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment, SourcedId

from ._roster.cohorts import apply_cohorts, plan_cohorts, plan_organisations
from ._roster.columns import COLUMNS
from ._roster.flattening import READ, flattened
from ._roster.persons import apply_persons, plan_persons, undo_persons
from ._roster.places import apply_places, plan_places
from ._roster.tables import NARROWS, rows_of
from ._roster.verdicts import Asking, remark, unchanged

# Names in these languages are written in letters that are of no one language: the answers to "which one?".
_LANGUAGES = (
    ("refuse", N_("Refuse them: the language stands in the package or in the list of persons")),
    ("en", N_("English")),
    ("zh-Hans", N_("Chinese")),
    ("id", N_("Indonesian")),
    ("fil", N_("Filipino")),
    ("vi", N_("Vietnamese")),
    ("ms", N_("Malay")),
    ("ur", N_("Urdu")),
)
_WHY_NOT = {
    "demographics.csv": N_("neither read nor kept (records: %(count)s). Days of birth, sex and origin are asked of the person alone."),
    "userProfiles.csv": N_("neither read nor kept (records: %(count)s). It holds accounts and passwords of other systems."),
}  # fmt: skip
_NOT_HERE = N_("neither read nor kept (records: %(count)s). Nothing here is made from it.")
_TABLES = ("classes.csv", "users.csv", "enrollments.csv")


class RosterImport(ImportKind):
    """Persons, cohorts and places from another system, as it sends them."""

    name = "oneroster"
    title = N_("A package of OneRoster 1.2: persons, cohorts and places")
    permission = Permission.LEARNER_ENROL
    words = Path(__file__).parent / "_roster" / "words.toml"
    columns = COLUMNS
    is_settled = True
    forms = ("zip",)
    narrows = NARROWS
    about_persons = ("person",)
    choices = (
        Choice(
            "unknown_cohort",
            N_("What becomes of groups that are no cohort here?"),
            (
                ("refuse", N_("Refuse them: I will write the references of their cohorts into the package")),
                ("open", N_("Open cohorts for them, under the programme that courseCode names")),
            ),
        ),
        next(choice for choice in PeopleImport.choices if choice.code == "twins"),
        Choice("name_language", N_("Of which language are the names whose letters do not tell it?"), _LANGUAGES),
        Choice(
            "deleted",
            N_("What does it mean that the other system has deleted a place?"),
            (
                ("tell", N_("Nothing here: it is only told")),
                ("withdraw", N_("The learner withdrew on the day on which it was changed there")),
            ),
            is_told=True,
        ),
    )

    def reshaped(self, file_name: str, content: bytes) -> tuple[str, bytes]:
        """:raises BadPackage: with everything that is wrong with the package."""
        return file_name, flattened(read_package(content, file=file_name))

    def place_of(self, given: Given) -> str:
        file, line = given.get("file", ""), given.get("line")
        return f"{file}:{line}" if line else file

    def plan(
        self, rows: Sequence[Given], *, by: Actor, at: datetime, answers: Mapping[str, str], seen: dict[Any, Any]
    ) -> list[Planned]:
        # A system that does not say its name is told apart by who sends its packages.
        rows = [
            row if row["source"] else Given(row.number, {**row.values, "source": by.label}, row.remarks) for row in rows
        ]
        places = seen.setdefault("rows", {})
        places |= {row.number: self.place_of(row) for row in rows}
        by_file: dict[str, list[Given]] = defaultdict(list)
        for row in rows:
            by_file["" if row["line"] is None else row["file"]].append(row)
        asking = Asking(by, at, answers, seen)
        decided = {row.number: _about(row) for row in by_file[""]}
        decided |= plan_organisations(by_file["orgs.csv"])
        decided |= plan_cohorts(by_file["classes.csv"], asking)
        decided |= plan_persons(by_file["users.csv"], asking, places=places)
        decided |= plan_places(by_file["enrollments.csv"], asking, places=places)
        return [decided[row.number] for row in rows]

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        asking = Asking(by, at, {}, {})
        cohorts, persons, places = ([each for each in planned if each.given["file"] == file] for file in _TABLES)
        apply_cohorts(cohorts, asking)
        apply_persons(persons, asking)
        apply_places(places, asking)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        """What stands on other things goes first: places, then trainers, persons, cohorts."""
        asking = Asking(by, at, {}, {})
        keys = [each.subject for each in done]
        of = _Subjects(keys)
        EnrolmentsImport().undo([each for each in done if each.subject in of.places], by=by, at=at)
        remove_trainers(keys=list(of.trainers), by=by)
        if persons := [each for each in done if each.subject in of.persons]:
            undo_persons(persons, asking)
        cohorts = [each for each in done if each.subject in of.cohorts]
        ids = SourcedId.objects.filter(
            cohort__in=[each.subject for each in cohorts],
            value__in=[shift.new for each in cohorts for shift in each.changes if shift.column == "sourced_id"],
        )
        drop_sourced_ids(keys=list(ids.values_list("pk", flat=True)), by=by)
        remove_cohorts(keys=[each.subject for each in cohorts if each.verdict == Verdict.CREATE], by=by)

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """The records of a package, with the table and the person of each; ``packed`` makes the file of them."""
        return rows_of(on=on, narrowed=narrowed, by=by)

    def packed(self, rows: Iterable[Mapping[str, Any]]) -> tuple[str, str, bytes]:
        tables: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            tables[row["table"]].append(row["record"])
        alliance = Alliance.objects.prefetch_related("names").first()
        name, code = (alliance.name(FALLBACK), alliance.code) if alliance else ("", "")
        return "oneroster.zip", "application/zip", write_package(tables, system_name=name, system_code=code)


class _Subjects:
    """Which of some keys are persons, cohorts, places, trainers. Four statements."""

    def __init__(self, keys: Sequence[UUID]) -> None:
        self.persons = set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))
        self.cohorts = set(Cohort.objects.filter(pk__in=keys).values_list("pk", flat=True))
        self.places = set(Enrolment.objects.filter(pk__in=keys).values_list("pk", flat=True))
        self.trainers = set(CohortTrainer.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _about(row: Given) -> Planned:
    """What is told of a table as a whole: nothing of a package is left out in silence."""
    file, remarks = row["file"], []
    said: dict[str, object] = {"file": file, "count": row["count"]}
    if file == MANIFEST:
        comes = N_("“%(source)s” (tables: %(count)s).")
        remarks.append(remark(row, "source", "source", comes, count=row["count"], source=row["source"]))
    elif file.removesuffix(".csv") not in READ:
        remarks.append(remark(row, "file", "not_read", _WHY_NOT.get(file, _NOT_HERE), **said))
    else:
        remarks.append(remark(row, "file", "read", N_("read (records: %(count)s)."), **said))
        if row["unread"]:
            remarks.append(remark(row, "unread", "columns_not_read", "%(columns)s.", columns=row["unread"]))
        if row["status"] == "bulk" and file == "enrollments.csv":
            remarks.append(
                remark(
                    row,
                    "status",
                    "bulk",
                    N_("everything that the other system has. Places that it leaves out stay here as they are."),
                )
            )
    return unchanged(row, "", *remarks)
