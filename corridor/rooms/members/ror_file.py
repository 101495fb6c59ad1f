"""
The file of the Research Organization Registry, read one record at a time: its JSON (schema 2) alone or in a ZIP, or its CSV.

https://ror.readme.io/docs/data-dump says what stands in it. Whole, it is some 300 MB of JSON: never more than one record is held.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

_CHUNK = 1 << 18
# One record is some kilobytes; what grows beyond this is no such file.
_LONGEST = 1 << 24
_OLD_CHARACTERS = "utf-8-sig"


@dataclass(frozen=True)
class FromRor:
    """One record: ``ror`` without the address before it; names as (language or "", name), the one that ROR shows first."""

    ror: str
    country: str
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None
    names: list[tuple[str, str]] = field(default_factory=list)


def read_ror_file(path: Path) -> Iterator[FromRor]:
    """
    Every record that is active. Names that stand twice are taken once.

    :raises BadInput: if it is no such file, as far as it was read.
    """
    with _opened(path) as (name, stream):
        if name.endswith(".csv"):
            yield from _from_csv(stream, path)
        else:
            yield from (found for record in _objects(stream, path) if (found := _from_json(record, path)))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[str, TextIO]]:
    """The JSON in a ZIP where there is one, else its CSV; the file itself otherwise."""
    if not path.is_file():
        raise BadInput([Problem(N_("There is no such file."), file=path.name)])
    if not zipfile.is_zipfile(path):
        with path.open(encoding=_OLD_CHARACTERS, newline="") as stream:
            yield path.name.lower(), stream
        return
    with zipfile.ZipFile(path) as packed:
        inside = sorted(packed.namelist(), key=lambda name: (not name.endswith(".json"), "v2" not in name, name))
        if not inside or not inside[0].endswith((".json", ".csv")):
            raise BadInput([Problem(N_("There is neither JSON nor CSV in this ZIP."), file=path.name)])
        with packed.open(inside[0]) as raw:
            yield inside[0].lower(), io.TextIOWrapper(raw, encoding=_OLD_CHARACTERS, newline="")


def _objects(stream: TextIO, path: Path) -> Iterator[Any]:
    """The members of one JSON array, one after another."""
    decoder = json.JSONDecoder()
    text, begun, ended = "", False, False
    while True:
        text = text.lstrip() if begun else text.lstrip().removeprefix("[")
        begun = begun or bool(text)
        text = text.lstrip().removeprefix(",").lstrip()
        if text.startswith("]"):
            return
        try:
            found, end = decoder.raw_decode(text)
        except ValueError:
            more = stream.read(_CHUNK)
            ended = not more
            text += more
            if ended or len(text) > _LONGEST:
                if ended and not text.strip() and begun:
                    return
                raise _not_ror(path) from None
            continue
        yield found
        text = text[end:]


def _from_json(record: Any, path: Path) -> FromRor | None:
    try:
        if record.get("status", "active") != "active":
            return None
        where = (record.get("locations") or [{}])[0].get("geonames_details", {})
        ordered = sorted(record["names"], key=lambda name: "ror_display" not in name.get("types", ()))
        names = dict.fromkeys((name.get("lang") or "", str(name["value"])) for name in ordered)
        return FromRor(
            ror=_key(record["id"]),
            country=where.get("country_code") or "",
            city=where.get("name") or "",
            latitude=where.get("lat"),
            longitude=where.get("lng"),
            names=list(names),
        )
    except (KeyError, TypeError, AttributeError, IndexError):
        raise _not_ror(path) from None


def _from_csv(stream: TextIO, path: Path) -> Iterator[FromRor]:
    rows = csv.DictReader(stream)
    place = "locations.geonames_details."
    if not {"id", "names.types.ror_display"} <= set(rows.fieldnames or ()):
        raise _not_ror(path)
    for row in rows:
        if (row.get("status") or "active") != "active":
            continue
        names = {("", row["names.types.ror_display"]): None}
        for column in ("names.types.label", "names.types.alias", "names.types.acronym"):
            for part in filter(None, (each.strip() for each in (row.get(column) or "").split(";"))):
                language, found, name = part.partition(": ")
                is_tagged = bool(found) and language.isalpha() and len(language) in {2, 3, 7}
                names[(language if is_tagged and language != "no_lang" else "", name if is_tagged else part)] = None
        yield FromRor(
            ror=_key(row["id"]),
            country=(row.get(f"{place}country_code") or "").split(";")[0].strip(),
            city=(row.get(f"{place}name") or "").split(";")[0].strip(),
            latitude=_degrees(row.get(f"{place}lat")),
            longitude=_degrees(row.get(f"{place}lng")),
            names=list(names),
        )


def _degrees(text: str | None) -> float | None:
    first = (text or "").split(";")[0].strip()
    return float(first) if first else None


def _key(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1]


def _not_ror(path: Path) -> BadInput:
    return BadInput([Problem(N_("This is no file of ROR (its JSON in schema 2, or its CSV)."), file=path.name)])
