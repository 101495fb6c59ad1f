"""Packages of OneRoster as a test wants them: a sound one of one cohort, and the same with one thing changed."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from corridor.foundations.sheets.oneroster.format import FILES

# The least that a sound package of learners holds, by table: rows of values by column.
SOUND: dict[str, list[dict[str, str]]] = {
    "academicSessions": [
        {"sourcedId": "t1", "title": "Spring", "type": "term", "startDate": "2024-03-01", "endDate": "2024-07-01", "schoolYear": "2024"}
    ],
    "orgs": [{"sourcedId": "o1", "name": "Workshop Vientiane", "type": "school", "identifier": "wks-vientiane"}],
    "courses": [{"sourcedId": "c1", "title": "Vehicle inspection", "orgSourcedId": "o1"}],
    "classes": [
        {
            "sourcedId": "k1", "title": "Group A", "courseSourcedId": "c1", "classCode": "COH-2023-041", "classType": "scheduled",
            "schoolSourcedId": "o1", "termSourcedIds": "t1",
        }
    ],
    "users": [
        {"sourcedId": "u1", "enabledUser": "true", "username": "khamla", "givenName": "ຄຳຫຼ້າ", "familyName": "ສີສະຫວາດ"},
        {"sourcedId": "u2", "enabledUser": "true", "username": "bounmy", "givenName": "ບຸນມີ", "familyName": "ແກ້ວ"},
    ],
    "roles": [
        {"sourcedId": "r1", "userSourcedId": "u1", "roleType": "primary", "role": "student", "orgSourcedId": "o1"},
        {"sourcedId": "r2", "userSourcedId": "u2", "roleType": "primary", "role": "teacher", "orgSourcedId": "o1"},
    ],
    "enrollments": [
        {"sourcedId": "e1", "classSourcedId": "k1", "schoolSourcedId": "o1", "userSourcedId": "u1", "role": "student", "beginDate": "2024-03-01"},
        {"sourcedId": "e2", "classSourcedId": "k1", "schoolSourcedId": "o1", "userSourcedId": "u2", "role": "teacher"},
    ],
}  # fmt: skip
CHANGED_AT = "2024-02-01T08:00:00.000Z"


def manifest(modes: Mapping[str, str], *, source: str = "", **properties: str) -> str:
    said = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    said |= {f"file.{name}": modes.get(name, "absent") for name in FILES}
    said |= {"source.systemCode": source} if source else {}
    said |= {name.replace("__", "."): value for name, value in properties.items()}
    return "".join(f"{name},{value}\n" for name, value in [("propertyName", "value"), *said.items()])


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\n') else text


def table(name: str, rows: list[dict[str, str]]) -> str:
    own = sorted({column for row in rows for column in row if column.startswith("metadata.")})
    header = [*FILES[name].header, *own]
    lines = [header, *([cell(row.get(column, "")) for column in header] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these files, whatever they are called."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def package(
    tables: Mapping[str, list[dict[str, str]]] | None = None, *, mode: str = "bulk", source: str = "", **files: str
) -> bytes:
    """The sound package, or one of these tables; ``files`` puts another text in the place of a table ("users")."""
    tables = SOUND if tables is None else tables
    if mode == "delta":
        filled = {"status": "active", "dateLastModified": CHANGED_AT}
        tables = {name: [filled | row for row in rows] for name, rows in tables.items()}
    texts = {f"{name}.csv": table(name, rows) for name, rows in tables.items()}
    texts |= {f"{name}.csv": text for name, text in files.items()}
    modes = {name.removesuffix(".csv"): mode for name in texts}
    return packed({"manifest.csv": manifest(modes, source=source), **texts})


def changed(name: str, row: int = 0, /, **values: str) -> dict[str, list[dict[str, str]]]:
    """The sound tables with other values in one row of one table."""
    rows = [dict(each) for each in SOUND[name]]
    rows[row] |= values
    return {**SOUND, name: rows}
