"""manifest.csv: which tables a package holds, and whether each is everything or what has changed."""

from .findings import Finding, Rule
from .format import FILES, MANIFEST
from .records import ABSENT, MODES, Manifest
from .texts import rows_of
from .values import has_controls

_VERSIONS = {"manifest.version": "1.0", "oneroster.version": "1.2"}
_SOURCE = ("source.systemName", "source.systemCode")
_FILES = {f"file.{name}": name for name in FILES}


def read_manifest(content: bytes) -> tuple[Manifest, list[Finding]]:
    rows, findings = rows_of(content, file=MANIFEST)
    if findings:
        return Manifest({}), findings
    header = rows[0] if rows else []
    if header != ["propertyName", "value"]:
        # Rows under another header may mean anything.
        return Manifest({}), [Finding(Rule.MANIFEST_HEADER, MANIFEST, 1, value=",".join(header))]
    said = _properties(rows, findings)
    for name, wanted in _VERSIONS.items():
        if name in said and said[name][1] != wanted:
            row, value = said[name]
            places: dict[str, object] = {"property": name, "wanted": wanted}
            findings.append(Finding(Rule.MANIFEST_VERSION, MANIFEST, row, "value", value, places))
    modes = dict.fromkeys(_FILES.values(), ABSENT)
    for name, table in _FILES.items():
        if name in said:
            row, modes[table] = said[name]
            if modes[table] not in MODES:
                findings.append(Finding(Rule.MANIFEST_MODE, MANIFEST, row, "value", modes[table], {"property": name}))
    missing = [name for name in (*_VERSIONS, *_FILES) if name not in said]
    findings += [Finding(Rule.MANIFEST_INCOMPLETE, MANIFEST, value=name) for name in missing]
    system_name, system_code = (said.get(name, (0, ""))[1].strip() for name in _SOURCE)
    return Manifest(modes, system_name, system_code), findings


def _properties(rows: list[list[str]], findings: list[Finding]) -> dict[str, tuple[int, str]]:
    """Each property with its row and value."""
    said: dict[str, tuple[int, str]] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != 2:
            findings.append(Finding(Rule.MANIFEST_ROW, MANIFEST, number, value=str(len(cells))))
            continue
        name, value = cells
        if has_controls(name + value):
            findings.append(Finding(Rule.CONTROLS, MANIFEST, number))
        elif name in said:
            findings.append(Finding(Rule.MANIFEST_TWICE, MANIFEST, number, "propertyName", name))
        elif name not in _VERSIONS and name not in _SOURCE and name not in _FILES:
            findings.append(Finding(Rule.MANIFEST_UNKNOWN, MANIFEST, number, "propertyName", name))
        else:
            said[name] = (number, value)
    return said
