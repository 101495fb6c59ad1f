"""
``report check``: opens only the folder. Counts the rows again, and compares what every format prints with what they give.

How a figure is counted is not read from the folder: the recipe of its definition comes from the house that checks.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.evidence import read_rows
from corridor.kernel.printed_figures import printed
from corridor.kernel.recompute import Recipe, Result, recompute
from corridor.kernel.small_cells import HIDDEN
from corridor.kernel.wording import N_

from ..fingerprints import PARTICULARS, edition_fingerprint
from .reading import Printed, Unreadable, printed_in_html, printed_in_json, printed_in_xlsx, read_object
from .shape import EVIDENCE, HTML, JSON, MANIFEST, NUMBERS, PDF, PUBLIC, SAID, XLSX, flat

SHA, FINGERPRINT = "SHA-256", "fingerprint"
UNREADABLE = "–"

type RecipeOf = Callable[[str, int], Recipe]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: the figure it names (or none), the file, the place in it, both values."""

    figure: str
    file: str
    place: str
    printed: str
    expected: str


@dataclass(frozen=True, slots=True)
class PackCheck:
    """
    ``fingerprint`` is what the folder gives, to be compared with the edition's page; empty where it cannot be computed.

    ``recounted``: how many figures were counted again from rows. ``has_evidence``: whether the folder brought any.
    """

    edition: str
    fingerprint: str
    figures: int
    recounted: int
    has_evidence: bool
    findings: tuple[Finding, ...]

    @property
    def is_right(self) -> bool:
        return not self.findings

    @property
    def wrong_figures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.figure for each in self.findings if each.figure))


@dataclass(slots=True)
class _Work:
    findings: list[Finding] = field(default_factory=list)
    particulars: list[Mapping[str, Any]] = field(default_factory=list)
    fingerprints: list[tuple[str, str]] = field(default_factory=list)
    recounted: int = 0

    def differs(self, figure: str, file: str, place: str, was: object, should: object) -> None:
        self.findings.append(Finding(figure, file, place, str(was), str(should)))


def check_pack(folder: Path, *, recipe_of: RecipeOf) -> PackCheck:
    """
    Check a folder that ``build_pack`` wrote. ``recipe_of`` gives the counting rule of a definition by code and version.

    :raises NotFound: if there is no manifest or no JSON to read.
    """
    manifest = _opened(folder / MANIFEST)
    said = _opened(folder / PUBLIC / JSON)
    work = _Work()
    has_evidence = (folder / EVIDENCE).is_dir()
    _check_files(folder, manifest, work, has_evidence=has_evidence)
    try:
        in_json = printed_in_json(said)
    except Unreadable:
        raise NotFound(N_("%(file)s cannot be read as an edition."), file=JSON) from None
    expected = {}
    for each in said["figures"]:
        reference = str(each["reference"])
        expected[reference] = _expected(folder, each, work, recipe_of, has_evidence=has_evidence)
    _check_set(manifest, expected, work)
    for file, found in _formats(folder, in_json, work):
        _check_printed(file, found, expected, work)
        work.fingerprints += [(file, text) for text in found.fingerprint or ["nothing"]]
    fingerprint = _check_fingerprint(manifest, work)
    return PackCheck(
        str(said.get("edition", "")), fingerprint, len(expected), work.recounted, has_evidence, tuple(work.findings)
    )


def _opened(path: Path) -> dict[str, Any]:
    try:
        return read_object(path)
    except (Unreadable, OSError):
        raise NotFound(N_("There is no readable %(file)s in this folder."), file=path.name) from None


def _check_files(folder: Path, manifest: Mapping[str, Any], work: _Work, *, has_evidence: bool) -> None:
    """Each file by its SHA-256, and none beside those of the manifest."""
    listed = manifest.get("files")
    listed = listed if isinstance(listed, dict) else {}
    for name in (JSON, HTML, XLSX, PDF):
        if f"{PUBLIC}/{name}" not in listed:
            work.differs("", f"{PUBLIC}/{name}", SHA, "in the manifest: nothing", "a SHA-256")
    for name, digest in sorted(listed.items()):
        if name.startswith(f"{EVIDENCE}/") and not has_evidence:
            continue
        path = folder / name
        found = sha256(path.read_bytes()).hexdigest() if _is_inside(folder, path) else "no such file"
        if found != digest:
            work.differs(_figure_of(name), name, SHA, found, digest)
    for path in sorted(found for part in (PUBLIC, EVIDENCE) for found in (folder / part).rglob("*") if found.is_file()):
        name = path.relative_to(folder).as_posix()
        if name not in listed:
            work.differs(_figure_of(name), name, SHA, "a file that is not in the manifest", "nothing")


def _is_inside(folder: Path, path: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _figure_of(name: str) -> str:
    return Path(name).stem if name.startswith(f"{EVIDENCE}/") else ""


def _expected(
    folder: Path, figure: dict[str, Any], work: _Work, recipe_of: RecipeOf, *, has_evidence: bool
) -> dict[str, str]:
    """The texts that every format must print for this figure, by place: from its rows, or without them as the JSON has it."""
    said = {name: figure.get(name) for name in SAID}
    numbers = {name: figure[name] for name in NUMBERS if name in figure}
    particulars = {name: figure.get(name) for name in PARTICULARS}
    if has_evidence:
        result = _recounted(folder, figure, work, recipe_of)
        if result is not None:
            numbers = printed(result, to_public=True)
            particulars |= _values(result)
            work.recounted += 1
    work.particulars.append(particulars)
    return flat(said | numbers)


def _recounted(folder: Path, figure: dict[str, Any], work: _Work, recipe_of: RecipeOf) -> Result | None:
    reference = str(figure["reference"])
    file = f"{EVIDENCE}/{reference}.jsonl"
    path = folder / file
    if not _is_inside(folder, path):
        work.differs(reference, file, "rows", "no such file", "the rows of the figure")
        return None
    try:
        lines = [json.loads(line) for line in path.read_bytes().splitlines()]
        rows = read_rows((line if isinstance(line, dict) else {} for line in lines), file=file)
        version = figure.get("definition_version")
        return recompute(rows, recipe_of(str(figure.get("code")), version if isinstance(version, int) else 0))
    except ValueError:
        work.differs(reference, file, "rows", "lines that are no JSON", "the rows of the figure")
    except Refusal as refusal:
        work.differs(reference, file, refusal.code, str(refusal), "rows that can be counted")
    return None


def _values(result: Result) -> dict[str, Any]:
    """The particulars of a fingerprint that rows give, in full."""
    found: dict[str, Any] = {
        "value": result.value,
        "numerator": None,
        "denominator": None,
        "n": result.n,
        "evidence_hash": result.evidence_hash,
        "content_hash": result.content_hash,
    }
    if result.rate is not None:
        found |= {"numerator": result.rate.numerator, "denominator": result.rate.denominator}
    if result.ratio is not None:
        found |= {"numerator": result.ratio.numerator, "denominator": result.ratio.denominator}
    if result.block is not None:
        found |= {"numerator": result.block.yes, "denominator": result.block.to_ask}
    return found


def _check_set(manifest: Mapping[str, Any], expected: Mapping[str, object], work: _Work) -> None:
    listed = manifest.get("figures")
    listed = listed if isinstance(listed, list) else []
    if listed != list(expected):
        for reference in sorted({*map(str, listed), *expected}):
            was, should = reference in expected, reference in listed
            if was != should:
                work.differs(
                    reference, JSON, "figures", "there" if was else "not there", "there" if should else "not there"
                )
        if set(map(str, listed)) == set(expected):
            work.differs("", JSON, "figures", ", ".join(expected), ", ".join(map(str, listed)))


def _formats(folder: Path, in_json: Printed, work: _Work) -> Iterator[tuple[str, Printed]]:
    yield JSON, in_json
    for file, read in ((HTML, printed_in_html), (XLSX, printed_in_xlsx)):
        path = folder / PUBLIC / file
        try:
            if path.is_file():
                yield file, read(path)
        except Unreadable:
            work.differs("", file, "file", "not readable", "the figures of the edition")


def _check_printed(file: str, found: Printed, expected: Mapping[str, Mapping[str, str]], work: _Work) -> None:
    for reference, places in expected.items():
        shown = found.figures.get(reference, {})
        for place, text in places.items():
            for was in shown.get(place) or ["nothing"]:
                if was != text:
                    work.differs(reference, file, place, was, text)
        for place in shown.keys() - places.keys():
            for was in shown[place]:
                if was != UNREADABLE:
                    work.differs(reference, file, place, was, "nothing")
    for reference in found.figures.keys() - expected.keys():
        work.differs(reference, file, "figure", "there", "not there")


def _check_fingerprint(manifest: Mapping[str, Any], work: _Work) -> str:
    """What the figures give, beside what each file prints. Where a number is hidden, only rows can tell."""
    in_manifest = str(manifest.get("fingerprint"))
    is_hidden = any(HIDDEN in each.values() for each in work.particulars)
    computed = "" if is_hidden else edition_fingerprint(work.particulars)
    for file, was in ((MANIFEST, in_manifest), *work.fingerprints):
        if was != (computed or in_manifest):
            work.differs("", file, FINGERPRINT, was, computed or in_manifest)
    return computed
