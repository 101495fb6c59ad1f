"""A folder of sheets: every file that loading wants, empty but for its header and the rows that a test gives."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from corridor.foundations.access import NIGHTLY
from corridor.foundations.sheets.kinds import SheetKind
from corridor.journeys.load_alliance import kinds_for

Rows = Sequence[Mapping[str, object]]

ALLIANCE: dict[str, Rows] = {
    "alliance": [
        {
            "code": "corridor", "founded_on": "2021-01-01", "founded_precision": "year", "home_zone": "Asia/Shanghai",
            "home_place": "Chongqing", "source": "Its charter",
        }
    ],
    "alliance_names": [{"language": "en", "name": "Corridor Alliance", "short_name": "Corridor"}],
    "listed_places": [{"country": country, "source_mark": "named"} for country in ("CN", "LA")],
    "members": [
        {"reference": "chongqing", "kind": "school", "country": "CN", "city": "Chongqing", "source_mark": "assumed"},
        {"reference": "vientiane", "kind": "school", "country": "LA", "city": "Vientiane", "source_mark": "assumed"},
    ],
    "member_names": [
        {"organisation": "chongqing", "language": "en", "name": "Chongqing College", "kind": "official"},
        {"organisation": "vientiane", "language": "en", "name": "Vientiane College", "kind": "official"},
    ],
    "memberships": [
        {"organisation": member, "to_status": status, "effective_on": day}
        for member in ("chongqing", "vientiane")
        for status, day in (
            ("applied", "2021-02-01"), ("under_review", "2021-03-01"), ("approved", "2021-04-01"), ("active", "2021-05-01"),
        )
    ],
    "accounts": [{"username": "mei", "role": "secretariat", "held_from": "2021-06-01"}],
}  # fmt: skip


def make_folder(folder: Path, sheets: Mapping[str, Rows] = ALLIANCE) -> Path:
    """Write the folder. Sheets are named by their files, without the ending; each row is {column: cell}."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds_for(folder=folder, by=NIGHTLY):
        path = path_of(kind, folder) or folder / kind.pattern.replace("*", "COH-2023-041")
        write_sheet(path, kind, sheets.get(path.stem, []))
    return folder


def path_of(kind: SheetKind, folder: Path) -> Path | None:
    """Where the one file of that kind stands; None for kinds of many files."""
    name = kind.pattern.removesuffix(".*")
    return None if "*" in name else folder / (name if name.endswith(".csv") else f"{name}.csv")


def write_sheet(path: Path, kind: SheetKind, rows: Rows) -> None:
    names = list(dict.fromkeys([*(column.name for column in kind.columns), *(name for row in rows for name in row)]))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
