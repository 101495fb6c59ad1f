"""Where the files of the example stand, and how a test reads them: with the standard library, not with the product."""

import csv
from pathlib import Path

from openpyxl import load_workbook

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "ilstc"
REFERENCE = ROOT.parent / "shared" / "data" / "reference"

type Row = dict[str, str]


def table(name: str) -> list[Row]:
    if name == "members":
        sheet = load_workbook(EXAMPLE / "members.xlsx")["members"]
        head, *rest = sheet.iter_rows(values_only=True)
        return [
            {str(key): "" if cell is None else str(cell) for key, cell in zip(head, row, strict=True)} for row in rest
        ]
    return read(EXAMPLE / f"{name}.csv")


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def attendance() -> dict[str, list[Row]]:
    return {path.stem: read(path) for path in sorted((EXAMPLE / "attendance").glob("*.csv"))}
