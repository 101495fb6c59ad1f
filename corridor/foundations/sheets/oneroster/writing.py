"""Writing a package: the same records give the same bytes, and what is written is read again without a fault."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .format import EXTENSION, FILES, MANIFEST
from .records import ABSENT, BULK

# A ZIP keeps the hour at which each part was written; the same package shall be the same file tomorrow.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def write_package(tables: Mapping[str, Sequence[Mapping[str, str]]], *, system_name: str, system_code: str) -> bytes:
    """
    A bulk package of these tables, by their names in the manifest: rows of values by column. A table without rows is called absent.

    Columns that begin with ``metadata.`` are written after those of the standard.
    """
    filled = {name: rows for name, rows in tables.items() if rows}
    manifest = [
        ("propertyName", "value"),
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.2"),
        *((f"file.{name}", BULK if name in filled else ABSENT) for name in FILES),
        ("source.systemName", system_name),
        ("source.systemCode", system_code),
    ]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        _add(package, MANIFEST, manifest)
        for name, form in FILES.items():
            if name in filled:
                own = sorted({column for row in filled[name] for column in row if column.startswith(EXTENSION)})
                header = [*form.header, *own]
                rows = [[row.get(column, "") for column in header] for row in filled[name]]
                _add(package, form.file, [header, *rows])
    return packed.getvalue()


def _add(package: ZipFile, name: str, rows: Sequence[Sequence[str]]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    part = ZipInfo(name, _NO_DAY)
    part.compress_type = ZIP_DEFLATED
    part.external_attr = 0o644 << 16
    package.writestr(part, text.getvalue().encode("utf-8"))
