"""What only the whole package shows: identifiers that stand twice, records that name none, and values that contradict each other."""

import re
from collections.abc import Iterator, Mapping

from .findings import Finding, Rule
from .records import BULK, Record, Table
from .values import is_date, is_guid, is_typed

_CASE = re.compile(r"(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Tables in which a day begins something and another ends it, which is the first day on which it is over.
_SPANS = {
    "academicSessions": ("startDate", "endDate"),
    "roles": ("beginDate", "endDate"),
    "enrollments": ("beginDate", "endDate"),
}


def faults_between(tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Everything wrong between the records of a package."""
    keys = {name: {record.key for record in table.records} for name, table in tables.items()}
    for name, table in tables.items():
        yield from _twice(table)
        yield from _unknown(name, table, tables, keys)
        for record in table.records:
            yield from _contradictions(name, table.form.file, record)


def _twice(table: Table) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for record in table.records:
        if record.key and (row := first.setdefault(record.key, record.row)) != record.row:
            yield Finding(Rule.ID_TWICE, table.form.file, record.row, "sourcedId", record.key, {"first": row})


def _unknown(name: str, table: Table, tables: Mapping[str, Table], keys: Mapping[str, set[str]]) -> Iterator[Finding]:
    # What has changed may name what was sent before; everything names nothing but itself.
    if table.mode != BULK:
        return
    named = [(field.name, field.names) for field in table.form.fields if field.names]
    if name == "demographics":
        named.append(("sourcedId", "users"))
    for column, target in named:
        there = tables.get(target)
        if there is not None and (there.mode != BULK or not there.is_readable):
            continue
        for record in table.records:
            for key in record.several(column):
                if there is None and is_guid(key):
                    yield Finding(
                        Rule.TARGET_FILE, table.form.file, record.row, column, key, {"target": f"{target}.csv"}
                    )
                elif is_guid(key) and key not in keys[target]:
                    yield Finding(Rule.TARGET, table.form.file, record.row, column, key, {"target": f"{target}.csv"})


def _contradictions(name: str, file: str, record: Record) -> Iterator[Finding]:
    if name in _SPANS:
        begin, end = (record[column] for column in _SPANS[name])
        if is_date(begin) and is_date(end) and end <= begin:
            yield Finding(Rule.ENDS_EARLY, file, record.row, _SPANS[name][1], end, {"begin": begin})
    if name == "lineItems":
        least, most = _number(record["resultValueMin"]), _number(record["resultValueMax"])
        if least is not None and most is not None and least > most:
            places: dict[str, object] = {"most": record["resultValueMax"]}
            yield Finding(Rule.SCORE_RANGE, file, record.row, "resultValueMin", record["resultValueMin"], places)
    if name == "scoreScales":
        for part in record.several("scoreScaleValue"):
            if not is_typed(part):
                yield Finding(Rule.SCORE_MAPPING, file, record.row, "scoreScaleValue", part)
    if record["source"] == "case" and not _CASE.fullmatch(record["learningObjectiveId"]):
        yield Finding(Rule.CASE_ID, file, record.row, "learningObjectiveId", record["learningObjectiveId"])


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
