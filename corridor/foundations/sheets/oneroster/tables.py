"""One table of a package: its header, and each row against the columns that it has."""

from .findings import Finding, Rule
from .format import COMMON, EXTENSION, Field, FileFormat
from .records import BULK, Record, Table
from .texts import rows_of
from .values import faults_of, has_controls

_ID = Field(COMMON[0], "guid", is_needed=True)
_LIFECYCLE = (Field("status", "word", words="status"), Field("dateLastModified", "instant"))


def read_table(content: bytes, *, form: FileFormat, mode: str) -> tuple[Table, list[Finding]]:
    """The records of a table and what is wrong with it."""
    rows, findings = rows_of(content, file=form.file)
    if findings:
        return Table(form, mode, is_readable=False), findings
    header = rows[0] if rows else []
    if findings := _faults_of_header(header, form):
        return Table(form, mode, is_readable=False), findings
    records = []
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != len(header):
            places: dict[str, object] = {"wanted": len(header)}
            findings.append(Finding(Rule.WIDTH, form.file, number, value=str(len(cells)), places=places))
            continue
        record = Record(number, {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()})
        findings += _faults_of_record(record, form, mode)
        records.append(record)
    return Table(form, mode, records, header[len(form.header) :]), findings


def _faults_of_header(header: list[str], form: FileFormat) -> list[Finding]:
    wanted, file = form.header, form.file
    findings = [Finding(Rule.HEADER_MISSING, file, 1, name) for name in wanted if name not in header]
    for place, name in enumerate(header):
        if name in header[:place] or (name not in wanted and not _is_extension(name)):
            findings.append(Finding(Rule.HEADER_UNKNOWN, file, 1, name, name))
        elif _is_extension(name) and any(later in wanted for later in header[place:]):
            findings.append(Finding(Rule.HEADER_EXTENSION_PLACE, file, 1, name, name))
    # One column in the wrong place is told once, not for each column that it moved.
    ours = [name for name in dict.fromkeys(header) if name in wanted]
    order = [name for name in wanted if name in ours]
    findings += [
        Finding(Rule.HEADER_ORDER, file, 1, name, stands)
        for name, stands in zip(order, ours, strict=True)
        if name != stands
    ]
    return findings


def _is_extension(name: str) -> bool:
    return name.startswith(EXTENSION) and len(name) > len(EXTENSION)


def _faults_of_record(record: Record, form: FileFormat, mode: str) -> list[Finding]:
    file, row = form.file, record.row
    findings = [Finding(Rule.CONTROLS, file, row, name) for name, text in record.values.items() if has_controls(text)]
    for field in _LIFECYCLE:
        text = record[field.name]
        if mode == BULK:
            if text:
                findings.append(Finding(Rule.BULK_IS_EMPTY, file, row, field.name, text))
        elif not text:
            findings.append(Finding(Rule.DELTA_IS_FILLED, file, row, field.name))
        else:
            findings += faults_of(field, text, file=file, row=row)
    for field in (_ID, *form.fields):
        text = record[field.name]
        if text:
            findings += faults_of(field, text, file=file, row=row)
        elif field.is_needed:
            findings.append(Finding(Rule.NEEDED, file, row, field.name))
    if len(record.several("subjects")) != len(record.several("subjectCodes")) and record["subjectCodes"]:
        findings.append(Finding(Rule.LIST, file, row, "subjectCodes", record["subjectCodes"]))
    return findings
