"""A file is one thought: small, named for its subject."""

from pathlib import Path

from .source import ROOT, files, plant

SPLIT, FAIL = 300, 600
LARGE = Path(__file__).with_name("large_files.txt")
# Of a database backend Django imports the module ``base``.
SO_CALLED_BY_DJANGO = {"corridor/foundations/sqlite/base.py"}
DRAWERS = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "signals", "managers", "constants", "core", "shared", "stuff",
}  # fmt: skip


def sizes(root: Path) -> dict[str, int]:
    """Lines of every Python file and template that is longer than it should be."""
    long = {}
    for ending in (".py", ".html"):
        for path in files(root, "corridor", "tests", "tools", "benchmarks", "examples", ending=ending):
            count = len(path.read_text(encoding="utf-8").splitlines())
            if count > SPLIT:
                long[path.relative_to(root).as_posix()] = count
    return long


def too_large(found: dict[str, int], listed: dict[str, int]) -> list[str]:
    """The list may only shrink: a new file, a file that grew, a line that is no longer needed, and anything beyond the limit."""
    return sorted(
        [f"{file} has {count} lines; split it" for file, count in found.items() if count > FAIL]
        + [f"{file} has {count} lines; look for the second noun" for file, count in found.items() if file not in listed]
        + [
            f"{file} grew from {listed[file]} to {count}"
            for file, count in found.items()
            if count > listed.get(file, count)
        ]
        + [f"{file} is small again; take it off {LARGE.name}" for file in listed if file not in found]
    )


def read_list(text: str) -> dict[str, int]:
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {file: int(count) for count, file in rows}


def drawers(root: Path) -> list[str]:
    found = files(root, "corridor", "tests", "tools")
    named = [p.relative_to(root).as_posix() for p in found if p.stem in DRAWERS or p.parent.name in DRAWERS]
    return [path for path in named if path not in SO_CALLED_BY_DJANGO]


def test_files_are_one_thought():
    assert too_large(sizes(ROOT), read_list(LARGE.read_text(encoding="utf-8"))) == []


def test_no_junk_drawers():
    assert drawers(ROOT) == []


def test_a_long_file_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/actions.py", "x = 1\n" * 301)
    assert too_large(sizes(tmp_path), {}) == ["corridor/rooms/sites/actions.py has 301 lines; look for the second noun"]


def test_a_listed_file_may_shrink_but_not_grow():
    assert too_large({"a.py": 400}, {"a.py": 410}) == []
    assert too_large({"a.py": 411}, {"a.py": 410}) == ["a.py grew from 410 to 411"]
    assert too_large({}, {"a.py": 410}) == ["a.py is small again; take it off large_files.txt"]
    assert too_large({"a.py": 601}, {"a.py": 601}) == ["a.py has 601 lines; split it"]


def test_a_junk_drawer_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/sites/helpers.py", "")
    plant(tmp_path, "corridor/web/common/dates.py", "")
    assert drawers(tmp_path) == ["corridor/rooms/sites/helpers.py", "corridor/web/common/dates.py"]
