"""The text of a table as rows of cells (RFC 4180): stricter than most readers, because two of them would read a stray quotation mark in two ways."""

import re

from .findings import Finding, Rule

_LINES = re.compile(r"\r\n|\n|\r")
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|\Z)')
_REST = re.compile(r"[^,\r\n]*")


def rows_of(content: bytes, *, file: str) -> tuple[list[list[str]], list[Finding]]:
    """All rows, the header with them; a finding where the text cannot be read further."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = content.count(b"\n", 0, wrong.start) + 1
        return [], [Finding(Rule.ENCODING, file, row)]
    if '"' not in text:
        lines = _LINES.split(text)
        if lines[-1] == "":
            lines.pop()
        return [line.split(",") for line in lines], []
    return _quoted(text, file)


def _quoted(text: str, file: str) -> tuple[list[list[str]], list[Finding]]:
    rows: list[list[str]] = []
    cells: list[str] = []
    place, length = 0, len(text)
    while place < length or cells:
        found = _CELL.match(text, place)
        if found is None:
            rest = _REST.match(text, place)
            return rows, [Finding(Rule.QUOTES, file, len(rows) + 1, value=rest[0] if rest else "")]
        quoted, bare, end = found.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if end != ",":
            rows.append(cells)
            cells = []
            if end == "":
                break
        elif place == length:
            # A comma at the very end begins one more cell, which is empty.
            cells.append("")
            rows.append(cells)
            break
    return rows, []
