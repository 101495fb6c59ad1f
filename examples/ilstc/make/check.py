"""Reads the written files again, as a stranger would, and counts what the claims say; nothing here knows how they were made."""

import csv
from collections import defaultdict
from pathlib import Path

from openpyxl import load_workbook

DAY = "2024-01-18"
COUNTED = {"present", "late"}


class Files:
    """The written tables. Cells are text, as they stand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: dict[str, list[dict[str, str]]] = {}

    def rows(self, name: str) -> list[dict[str, str]]:
        if name not in self.kept:
            self.kept[name] = self._workbook() if name == "members" else self._csv(self.folder / f"{name}.csv")
        return self.kept[name]

    def attendance(self) -> dict[str, list[dict[str, str]]]:
        return {path.stem: self._csv(path) for path in sorted((self.folder / "attendance").glob("*.csv"))}

    @staticmethod
    def _csv(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _workbook(self) -> list[dict[str, str]]:
        head, *rest = load_workbook(self.folder / "members.xlsx")["members"].iter_rows(values_only=True)
        return [
            {str(name): "" if cell is None else str(cell) for name, cell in zip(head, row, strict=True)} for row in rest
        ]


def state_on(steps: list[dict[str, str]], key: str, day: str, first: str = "") -> dict[str, str]:
    """The state of each thing on a day: the last step whose day has come, in the order of the file."""
    found: dict[str, tuple[str, str]] = {}
    for step in steps:
        on = step["effective_on"]
        if on <= day and on >= found.get(step[key], ("", ""))[0]:
            found[step[key]] = (on, step["to_status"])
    return defaultdict(lambda: first, {thing: status for thing, (_, status) in found.items()})


def active_members(files: Files, day: str = DAY) -> list[dict[str, str]]:
    states = state_on(files.rows("memberships"), "organisation", day)
    return [row for row in files.rows("members") if states[row["reference"]] == "active"]


def open_sites(files: Files, brand: str, day: str = DAY) -> list[dict[str, str]]:
    states = state_on(files.rows("site_changes"), "site", day, "proposed")
    listed = {
        row["site"]
        for row in files.rows("listings")
        if row["brand"] == brand and row["starts_on"] <= day <= (row["ends_on"] or "9999")
    }
    return [
        row
        for row in files.rows("sites")
        if row["reference"] in listed and states[row["reference"]] in {"operating", "accepted"}
    ]


class Completions:
    """Enrolments under a brand that were completed by a day, with and without evidence."""

    def __init__(self, files: Files, brand: str, day: str = DAY, *, merged: bool = True) -> None:
        into = {row["person"]: row["into"] for row in files.rows("merges")} if merged else {}
        cohorts = {row["reference"]: row for row in files.rows("cohorts") if row["brand"] == brand}
        locked = {
            (row["cohort"], row["number"])
            for row in files.rows("sessions")
            if row["status"] == "locked" and row["signed_by"]
        }
        seen = {
            (cohort, row["number"])
            for cohort, marks in files.attendance().items()
            for row in marks
            if row["mark"] in COUNTED and (cohort, row["session"]) in locked
        } | {(row["cohort"], row["number"]) for row in files.rows("decisions") if row["final_on"]}
        self.by_site: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.persons: dict[str, set[str]] = defaultdict(set)
        self.without_evidence: list[tuple[str, str]] = []
        for row in files.rows("enrolments"):
            if row["cohort"] not in cohorts or row["exit_status"] != "completed" or row["exit_on"] > day:
                continue
            if (row["cohort"], row["number"]) not in seen:
                self.without_evidence.append((row["cohort"], row["number"]))
                continue
            person = into.get(row["person"], row["person"])
            self.persons[row["participant_kind"]].add(person)
            self.by_site[row["participant_kind"], cohorts[row["cohort"]]["site"]].add(person)

    def sites(self, kind: str) -> list[int]:
        """Distinct persons of each site, largest first."""
        return sorted((len(persons) for (which, _), persons in self.by_site.items() if which == kind), reverse=True)


def counts(folder: Path) -> dict[str, object]:
    files = Files(folder)
    active = active_members(files)
    countries = {row["country"] for row in active}
    named = {row["country"] for row in files.rows("listed_places") if row["source_mark"] == "named"}
    after, before = Completions(files, "panda"), Completions(files, "panda", merged=False)
    marks = files.attendance()
    done = {row["person"] for row in files.rows("enrolments") if row["exit_status"] == "completed"}
    return {
        "members": len(active), "kinds": sorted({row["kind"] for row in active}), "places": len(countries),
        "places named": len(countries & named), "sites": len(open_sites(files, "panda")),
        "site countries": len({row["country"] for row in open_sites(files, "panda")}),
        "teachers": len(after.persons["teacher"]), "teachers before the merge": len(before.persons["teacher"]),
        "teachers by site": after.sites("teacher"), "employees": len(after.persons["company_employee"]),
        "employees by site": after.sites("company_employee"),
        "persons": len(set().union(*after.persons.values())), "kinds completed": sorted(after.persons),
        "persons trained in all": len(done), "without evidence": len(after.without_evidence),
        "marks": sum(len(rows) for rows in marks.values()),
    }  # fmt: skip


EXPECTED = {
    "members": 164, "kinds": ["company", "school"], "places": 14, "places named": 13, "sites": 5, "site countries": 3, "teachers": 240,
    "teachers before the merge": 242, "teachers by site": [60, 55, 50, 45, 40], "employees": 610,
    "employees by site": [130, 125, 122, 120, 118], "persons": 846, "kinds completed": ["company_employee", "teacher"], "without evidence": 3,
}  # fmt: skip


def report(folder: Path) -> int:
    found = counts(folder)
    wrong = {name: found[name] for name, value in EXPECTED.items() if found[name] != value}
    if found["marks"] < 60_000 or found["persons trained in all"] < 850:
        wrong |= {"marks": found["marks"], "persons trained in all": found["persons trained in all"]}
    print("\n".join(f"{name}: {value}" for name, value in found.items()))
    for name, value in wrong.items():
        print(f"WRONG {name}: {value}, not {EXPECTED.get(name, 'enough')}")
    return 1 if wrong else 0
