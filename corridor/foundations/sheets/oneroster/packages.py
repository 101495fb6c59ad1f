"""A package as it was sent: a ZIP that is looked at before anything in it is unpacked, then its manifest, then its tables."""

from collections import Counter
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 (an exception, by its name)

from ..intake.sniffing import MOST_TIMES, MOST_UNPACKED, SMALL
from .findings import BadPackage, Finding, Rule
from .format import FILES, MANIFEST
from .manifests import read_manifest
from .meaning import faults_between
from .records import ABSENT, Manifest, Package, Table
from .tables import read_table

_LOCKED = 0x1
_KNOWN = {form.file: form for form in FILES.values()}


def read_package(content: bytes, *, file: str) -> Package:
    """
    The package in these bytes; ``file`` is its name, as its sender knows it.

    :raises BadPackage: with every fault in it, as far as it could be read.
    """
    try:
        with ZipFile(BytesIO(content)) as packed:
            _refuse(_faults_of_entries(packed.infolist(), file, len(content)))
            contents = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError):
        raise BadPackage([Finding(Rule.PACKED, file)]) from None
    if MANIFEST not in contents:
        raise BadPackage([Finding(Rule.MANIFEST_THERE, file)])
    manifest, findings = read_manifest(contents.pop(MANIFEST))
    _refuse(findings)
    wanted = _wanted(manifest, set(contents), findings)
    # A table that is promised and not there is told once, not for every record that names one of its own.
    is_complete = not findings
    tables: dict[str, Table] = {}
    for name in wanted:
        table, faults = read_table(contents[f"{name}.csv"], form=FILES[name], mode=manifest.modes[name])
        tables[name] = table
        findings += faults
    if is_complete:
        findings += faults_between(tables)
    _refuse(findings)
    return Package(manifest, tables)


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise BadPackage(findings)


def _wanted(manifest: Manifest, there: set[str], findings: list[Finding]) -> list[str]:
    """The tables to read, in the order of the standard."""
    wanted = []
    for name, mode in manifest.modes.items():
        file = f"{name}.csv"
        if mode == ABSENT and file in there:
            findings.append(Finding(Rule.FILE_UNEXPECTED, MANIFEST, value=file))
        elif mode != ABSENT and file not in there:
            findings.append(Finding(Rule.FILE_MISSING, MANIFEST, value=file))
        elif mode != ABSENT:
            wanted.append(name)
    return wanted


def _faults_of_entries(entries: list[ZipInfo], file: str, size: int) -> list[Finding]:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > 64 * SMALL and unpacked > MOST_TIMES * max(size, 1)):
        places: dict[str, object] = {"most": MOST_UNPACKED // SMALL}
        return [Finding(Rule.SIZE, file, value=str(unpacked // SMALL), places=places)]
    findings = []
    times = Counter(entry.filename for entry in entries)
    for name, count in times.items():
        if "/" in name or "\\" in name:
            findings.append(Finding(Rule.ENTRY_PLACE, file, value=name))
        elif name != MANIFEST and name not in _KNOWN:
            findings.append(Finding(Rule.ENTRY_UNKNOWN, file, value=name))
        elif count > 1:
            findings.append(Finding(Rule.ENTRY_TWICE, file, value=name))
    findings += [
        Finding(Rule.ENTRY_LOCKED, file, value=entry.filename) for entry in entries if entry.flag_bits & _LOCKED
    ]
    return findings
