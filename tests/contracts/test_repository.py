"""What must not stand in tracked files: addresses of package registries, paths of one machine, and facts of one alliance in the code."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from .source import ROOT, files, plant

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted", "npm" + r"js\.", r"deb\." + "debian", "registry" + r"\.npm"])
)
PATHS = re.compile(r"(?<![A-Za-z0-9_.])/(?:" + "|".join(["wo" + "rk", "fa" + "rm", "ro" + "ot"]) + r")/[a-z.]")
# True of one alliance: data, never code.
ONE_ALLIANCE = re.compile(
    r"(?<!Asia/)\b(?:ilstc|panda|chongqing|sichuan|deves|vientiane|lao-german|land-sea)\b|陆海|熊猫|重庆", re.IGNORECASE
)
MADE_BY = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
TEXT = {
    ".py",
    ".html",
    ".md",
    ".toml",
    ".sh",
    ".txt",
    ".js",
    ".css",
    ".json",
    ".csv",
    ".lock",
    ".in",
    ".yml",
    ".yaml",
    ".cfg",
    ".po",
    "",
}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is not a checkout: git lists no files")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def holds(paths: Iterable[Path], pattern: re.Pattern[str], root: Path) -> list[str]:
    """Each line of these files that matches, with its place."""
    found = []
    for path in paths:
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
                if pattern.search(line):
                    found.append(f"{path.relative_to(root).as_posix()}:{number}: {line.strip()[:100]}")
    return found


def code(root: Path) -> list[Path]:
    return [path for ending in (".py", ".html", ".js", ".css") for path in files(root, "corridor", ending=ending)]


def test_no_address_of_a_registry():
    assert holds(tracked(), HOSTS, ROOT) == []


def test_no_path_of_one_machine():
    assert holds(tracked(), PATHS, ROOT) == []


def test_nothing_in_the_code_is_true_of_one_alliance_alone():
    assert holds(code(ROOT), ONE_ALLIANCE, ROOT) == []


def test_nothing_in_the_code_is_left_for_later():
    assert holds(code(ROOT), MADE_BY, ROOT) == []


# A catalogue holds every sentence of the product, in three bytes a letter where the script asks for them; the description of the API (.json)
# every operation with all the ways in which it says no.
MOST_BYTES = {".po": 3_000_000, ".pot": 2_000_000, ".json": 2_000_000}


def test_no_file_is_large():
    assert [
        f"{p.relative_to(ROOT)}: {p.stat().st_size} bytes"
        for p in tracked()
        if p.stat().st_size > MOST_BYTES.get(p.suffix, 600_000)
    ] == []


def test_an_address_a_path_and_a_fact_of_one_alliance_are_caught(tmp_path: Path):
    text = (
        "a = 'https://"
        + "py"
        + "pi.org/simple'\nb = '/"
        + "work"
        + "/main/data'\nc = 'Panda Workshop'\n"
        + "# TO"
        + "DO\n"
    )
    plant(tmp_path, "corridor/settings.py", text)
    for number, pattern in enumerate([HOSTS, PATHS, ONE_ALLIANCE, MADE_BY], start=1):
        assert [found.split(":")[1] for found in holds(code(tmp_path), pattern, tmp_path)] == [str(number)]
