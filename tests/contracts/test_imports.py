"""The storeys and the pipeline, as .importlinter draws them; and each line of the drawing, shown to hold."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .source import ROOT

FORWARD = "from corridor.rooms.programmes import models\n"
PLANTED = {
    "a room imports a later one": ("rooms/agreements/planted.py", FORWARD),
    "a room imports a later one inside a function": ("rooms/curricula/planted.py", f"def late():\n    {FORWARD}"),
    "the conference imports the agreement": (
        "rooms/conferences/planted.py",
        "from corridor.rooms.agreements import models\n",
    ),
    "rooms on one step import each other": (
        "rooms/demand/planted.py",
        "from corridor.rooms.agreements import models\n",
    ),
    "a room imports a journey": ("rooms/indicators/planted.py", "from corridor.journeys import recognise\n"),
    "a foundation imports a room": ("foundations/audit/planted.py", "from corridor.rooms.members import models\n"),
    "a foundation imports a later one": (
        "foundations/audit/planted.py",
        "from corridor.foundations.accounts import models\n",
    ),
    "a page imports a table": ("web/planted.py", "from corridor.rooms.members.models import Organisation\n"),
    "an operation imports a table": ("api/planted.py", "from corridor.rooms.sites import models\n"),
    "a command imports a table": ("commands/planted.py", "from corridor.rooms.training import models\n"),
    "a command imports a page": ("commands/planted.py", "from corridor.web import wording\n"),
    "the kernel imports Django": ("kernel/planted.py", "from django.utils import timezone\n"),
    "the kernel imports a foundation": ("kernel/planted.py", "from corridor.foundations.access import Actor\n"),
    "a room looks at the clock": ("rooms/training/planted.py", "from corridor.foundations.clock import today\n"),
    "a journey looks at the clock": ("journeys/planted.py", "from corridor.foundations import clock\n"),
    "a lifecycle imports its models": ("rooms/sites/lifecycle.py", "from . import models\n"),
    "a room nobody declared": ("rooms/spare/__init__.py", ""),
    "a foundation nobody declared": ("foundations/spare/__init__.py", ""),
    "a storey nobody declared": ("spare/__init__.py", ""),
}


def broken(root: Path) -> list[str]:
    """The contracts that do not hold for the package ``corridor`` below that folder."""
    lint = Path(sys.executable).with_name("lint-imports")
    command = [lint, "--no-cache", "--config", ROOT / ".importlinter"]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, text=True)
    if done.returncode == 0:
        return []
    return [line for line in done.stdout.splitlines() if line.endswith("BROKEN")] or [done.stdout + done.stderr]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "corridor",
        root / "corridor",
        ignore=shutil.ignore_patterns("static", "templates", "__pycache__", "*.json"),
    )
    return root


@pytest.fixture
def planted(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    file, text = PLANTED[request.param]
    path = copy / "corridor" / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text((before or "") + text, encoding="utf-8")
    yield copy
    if before is not None:
        path.write_text(before, encoding="utf-8")
    elif path.name == "__init__.py":
        shutil.rmtree(path.parent)
    else:
        path.unlink()


def test_the_house_stands_in_its_order():
    assert broken(ROOT) == []


@pytest.mark.parametrize("planted", PLANTED, indirect=True)
def test_it_is_caught_when(planted: Path):
    assert len(broken(planted)) >= 1


def test_the_copy_without_a_violation_is_clean(copy: Path):
    assert broken(copy) == []
