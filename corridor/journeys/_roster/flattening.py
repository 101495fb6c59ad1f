"""
A package as one table, so that its records go through the same steps as the rows of any sheet.

What is not read here never comes further: neither days of birth and origins, nor passwords, results or addresses are kept with the import.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from io import StringIO

from corridor.foundations.sheets.oneroster import Package, Record, Table
from corridor.foundations.sheets.oneroster.format import COMMON, MANIFEST

from .columns import NAMES
from .naming import whole

EXTRA_NAME, EXTRA_LANGUAGE, EXTRA_ROMANISED = "metadata.wholeName", "metadata.nameLanguage", "metadata.romanisedName"
# The columns that are read, by table; of a table that is not here nothing is.
READ: dict[str, frozenset[str]] = {
    "academicSessions": frozenset({"startDate", "endDate"}),
    "orgs": frozenset({"name", "identifier"}),
    "courses": frozenset({"courseCode"}),
    "classes": frozenset({"title", "courseSourcedId", "classCode", "schoolSourcedId", "termSourcedIds"}),
    "users": frozenset(
        {"givenName", "middleName", "familyName", "identifier", EXTRA_NAME, EXTRA_LANGUAGE, EXTRA_ROMANISED}
    ),
    "roles": frozenset({"userSourcedId", "role"}),
    "enrollments": frozenset({"classSourcedId", "userSourcedId", "role", "beginDate", "endDate"}),
}

LONGEST_SOURCE = 150

type Row = dict[str, str]


def flattened(package: Package) -> bytes:
    """The table as UTF-8 text with commas."""
    out = StringIO()
    writer = csv.DictWriter(out, NAMES, restval="", lineterminator="\r\n")
    writer.writeheader()
    source = (package.manifest.system_code or package.manifest.system_name)[:LONGEST_SOURCE]
    for row in _rows(package):
        # A line end inside a cell is a space: a name has none.
        writer.writerow({name: " ".join(cell.split()) for name, cell in {"source": source, **row}.items()})
    return out.getvalue().encode("utf-8-sig")


def _rows(package: Package) -> Iterator[Row]:
    """First what is told of every table; then organisations, cohorts, persons and places, each of which may name one before it."""
    yield {"file": MANIFEST, "count": str(len(package.tables)), "title": package.manifest.system_name}
    for name, table in package.tables.items():
        yield {
            "file": table.form.file, "status": table.mode, "count": str(len(table.records)),
            "unread": ", ".join(_unread(name, table)) if name in READ else "",
        }  # fmt: skip
    for record in package.records("orgs"):
        yield {**_common("orgs.csv", record), "title": record["name"], "code": record["identifier"]}
    yield from _cohorts(package)
    yield from _persons(package)
    for record in package.records("enrollments"):
        yield {
            **_common("enrollments.csv", record), "cohort": record["classSourcedId"], "person": record["userSourcedId"],
            "role": record["role"], "enrolled_on": record["beginDate"], "exit_on": record["endDate"],
        }  # fmt: skip


def _common(file: str, record: Record) -> Row:
    return {
        "file": file, "line": str(record.row), "sourced_id": record.key, "status": record["status"],
        "changed_on": record["dateLastModified"][:10],
    }  # fmt: skip


def _unread(name: str, table: Table) -> list[str]:
    """The columns of a table in which something stands and which nobody reads."""
    filled = {column for record in table.records for column in record.values}
    order = (*table.form.header, *table.extensions)
    return [column for column in order if column in filled and column not in READ[name] and column not in COMMON]


def _cohorts(package: Package) -> Iterator[Row]:
    terms, schools, subjects = (package.by_key(name) for name in ("academicSessions", "orgs", "courses"))
    nothing = Record(0, {})
    for record in package.records("classes"):
        school = schools.get(record["schoolSourcedId"], nothing)
        spans = [terms[key] for key in record.several("termSourcedIds") if key in terms]
        yield {
            **_common("classes.csv", record), "title": record["title"], "code": record["classCode"],
            "programme": subjects.get(record["courseSourcedId"], nothing)["courseCode"], "school": record["schoolSourcedId"],
            "school_code": school["identifier"], "school_name": school["name"],
            "starts_on": min((each["startDate"] for each in spans), default=""),
            "ends_before": max((each["endDate"] for each in spans), default=""),
        }  # fmt: skip


def _persons(package: Package) -> Iterator[Row]:
    roles: dict[str, set[str]] = defaultdict(set)
    for name in ("roles", "enrollments"):
        for record in package.records(name):
            if not record.is_deleted:
                roles[record["userSourcedId"]].add(record["role"])
    for record in package.records("users"):
        name = whole(record["givenName"], record["middleName"], record["familyName"], record[EXTRA_NAME])
        yield {
            **_common("users.csv", record), "own_name": name, "own_language": record[EXTRA_LANGUAGE],
            "romanised_name": record[EXTRA_ROMANISED], "code": record["identifier"],
            "roles": ", ".join(sorted(roles[record.key])),
        }  # fmt: skip
