"""What is wrong with a package: the rule that is not kept, where, what stands there, and what to do, as one sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

# Who sees a thousand problems mends the system that wrote the package, not its cells.
MOST_FINDINGS = 1_000
SHOWN = 80


class Rule(StrEnum):
    """The rules of a package, by names that stay."""

    PACKED = "package.packed"
    SIZE = "package.size"
    ENTRY_PLACE = "package.entry_place"
    ENTRY_TWICE = "package.entry_twice"
    ENTRY_LOCKED = "package.entry_locked"
    ENTRY_UNKNOWN = "package.entry_unknown"
    MANIFEST_THERE = "manifest.there"
    MANIFEST_HEADER = "manifest.header"
    MANIFEST_ROW = "manifest.row"
    MANIFEST_TWICE = "manifest.twice"
    MANIFEST_UNKNOWN = "manifest.unknown"
    MANIFEST_INCOMPLETE = "manifest.incomplete"
    MANIFEST_VERSION = "manifest.version"
    MANIFEST_MODE = "manifest.mode"
    FILE_MISSING = "manifest.file_missing"
    FILE_UNEXPECTED = "manifest.file_unexpected"
    ENCODING = "table.encoding"
    QUOTES = "table.quotes"
    WIDTH = "table.width"
    HEADER_MISSING = "header.missing"
    HEADER_ORDER = "header.order"
    HEADER_EXTENSION_PLACE = "header.extension_place"
    HEADER_UNKNOWN = "header.unknown"
    CONTROLS = "value.controls"
    NEEDED = "value.needed"
    GUID = "value.guid"
    DATE = "value.date"
    INSTANT = "value.instant"
    YEAR = "value.year"
    WHOLE = "value.whole"
    NUMBER = "value.number"
    FLAG = "value.flag"
    WORD = "value.word"
    LIST = "value.list"
    BULK_IS_EMPTY = "lifecycle.bulk_is_empty"
    DELTA_IS_FILLED = "lifecycle.delta_is_filled"
    ID_TWICE = "record.id_twice"
    TARGET_FILE = "record.target_file"
    TARGET = "record.target"
    ENDS_EARLY = "record.ends_early"
    SCORE_RANGE = "record.score_range"
    SCORE_MAPPING = "record.score_mapping"
    CASE_ID = "record.case_id"


SENTENCES: dict[Rule, str] = {
    Rule.PACKED: N_("This is no ZIP file that can be opened. Pack the tables as a ZIP and send that."),
    Rule.SIZE: N_("The package unpacks to %(value)s MB; at most %(most)s MB are read. Send it in several packages."),
    Rule.ENTRY_PLACE: N_("“%(value)s” does not stand at the top of the package. Pack the tables themselves, without a folder around them."),
    Rule.ENTRY_TWICE: N_("“%(value)s” stands in the package twice. Leave one out."),
    Rule.ENTRY_LOCKED: N_("“%(value)s” is protected by a password. Pack it without one."),
    Rule.ENTRY_UNKNOWN: N_("“%(value)s” is no table of OneRoster 1.2. Take it out, or call it what the standard calls it, in the same letters."),
    Rule.MANIFEST_THERE: N_("The package has no manifest.csv. It says which tables the package holds; have the sending system write it."),
    Rule.MANIFEST_HEADER: N_("The first row is “%(value)s”. Write propertyName,value."),
    Rule.MANIFEST_ROW: N_("The row has %(value)s cells. Write the name of a property and its value."),
    Rule.MANIFEST_TWICE: N_("“%(value)s” stands there twice. Leave one of the rows out."),
    Rule.MANIFEST_UNKNOWN: N_("“%(value)s” is no property of a manifest. Take the row out."),
    Rule.MANIFEST_INCOMPLETE: N_("The property %(value)s is missing. Every table is named: absent, bulk or delta."),
    Rule.MANIFEST_VERSION: N_("%(property)s is “%(value)s”; only %(wanted)s is read. Have the sending system write that version."),
    Rule.MANIFEST_MODE: N_("%(property)s is “%(value)s”. Write absent, bulk or delta."),
    Rule.FILE_MISSING: N_("The manifest says that %(value)s is in the package, and it is not. Add it, or write absent."),
    Rule.FILE_UNEXPECTED: N_("The manifest says that %(value)s is not in the package, and it is. Take it out, or write bulk or delta."),
    Rule.ENCODING: N_("The text is not UTF-8. Save the table as UTF-8."),
    Rule.QUOTES: N_("A quotation mark stands inside “%(value)s”. Put the cell in quotation marks and double those inside; no more is read here."),
    Rule.WIDTH: N_("The row has %(value)s cells; the first row has %(wanted)s. Look for a comma too many or too few."),
    Rule.HEADER_MISSING: N_("The column %(column)s is missing. It may be empty, but it stands there."),
    Rule.HEADER_ORDER: N_("“%(value)s” stands where %(column)s belongs. Keep the order and the letters of the standard."),
    Rule.HEADER_EXTENSION_PLACE: N_("“%(value)s” stands before columns of the standard. Columns of one’s own come after those."),
    Rule.HEADER_UNKNOWN: N_("“%(value)s” is no column of this table. Take it out, or let its name begin with metadata."),
    Rule.CONTROLS: N_("The cell holds characters that cannot be printed. Take them out."),
    Rule.NEEDED: N_("The cell is empty. Fill it: this column is needed in every row."),
    Rule.GUID: N_("“%(value)s” is no identifier: 1 to 255 of the letters A to Z, digits and . - _ / @. Have the sending system write another."),
    Rule.DATE: N_("“%(value)s” is no day. Write it like 2024-02-29."),
    Rule.INSTANT: N_("“%(value)s” is no instant. Write it like 2024-02-29T08:30:00.000Z."),
    Rule.YEAR: N_("“%(value)s” is no year. Write four digits, like 2024."),
    Rule.WHOLE: N_("“%(value)s” is no whole number. Write digits alone."),
    Rule.NUMBER: N_("“%(value)s” is no number. Write digits, with a point before the fraction."),
    Rule.FLAG: N_("“%(value)s” is neither true nor false. Write one of them."),
    Rule.WORD: N_("“%(value)s” is not one of: %(words)s. Write one of them."),
    Rule.LIST: N_("“%(value)s” is no list of this column. Put one comma between two values, leave none empty; write a typed one as {type:value}."),
    Rule.BULK_IS_EMPTY: N_("“%(value)s” stands here, and the manifest calls this table bulk. Leave the cell empty, or call the table delta."),
    Rule.DELTA_IS_FILLED: N_("The cell is empty, and the manifest calls this table delta. Fill it, or call the table bulk."),
    Rule.ID_TWICE: N_("“%(value)s” is the identifier of row %(first)s already. Give each record its own."),
    Rule.TARGET_FILE: N_("“%(value)s” is a record of %(target)s, which the package does not hold. Add the table."),
    Rule.TARGET: N_("There is no “%(value)s” in %(target)s. Add the record, or correct the identifier."),
    Rule.ENDS_EARLY: N_("“%(value)s” is not after the day on which it begins, %(begin)s. Correct one of the days."),
    Rule.SCORE_RANGE: N_("The least value %(value)s is above the greatest, %(most)s. Correct one of them."),
    Rule.SCORE_MAPPING: N_("“%(value)s” does not say what is worth what. Write {A:94}."),
    Rule.CASE_ID: N_("“%(value)s” is no identifier of CASE. Write a UUID, or urn:uuid: and a UUID."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a package does not keep: in which file, row and column, and what stands there."""

    rule: Rule
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    places: dict[str, object] = field(default_factory=dict)

    def problem(self) -> Problem:
        said = {"value": self.value[:SHOWN], "column": self.column, **self.places}
        return Problem(SENTENCES[self.rule], said, file=self.file, row=self.row, column=self.column)


class BadPackage(BadInput):
    """A package that is not taken. ``findings`` are all that is wrong with it, as far as it could be read."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        problems = [each.problem() for each in findings[:MOST_FINDINGS]]
        if more := len(findings) - len(problems):
            problems.append(Problem(N_("%(count)s more problems are not listed."), {"count": more}))
        super().__init__(
            problems, N_("This is no package of OneRoster 1.2 as the standard wants it; nothing of it was kept.")
        )
        self.findings = tuple(findings)
