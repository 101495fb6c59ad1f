"""The committed files are what the generator writes, byte for byte; nothing in them is of one machine."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image

from .folder import EXAMPLE


def contents(folder: Path) -> dict[str, str]:
    """What each file says: CSV byte for byte; of what is packed, the cells and the dots (packing differs between machines)."""
    said: dict[str, bytes] = {}
    for path in sorted([*folder.glob("*.csv"), *folder.glob("attendance/*.csv"), *folder.glob("living/*.csv")]):
        said[path.relative_to(folder).as_posix()] = path.read_bytes()
    for path in sorted(
        [*folder.glob("documents/*.png"), *folder.glob("photos/*.png"), *folder.glob("living/files/*.png")]
    ):
        with Image.open(path) as picture:
            said[path.relative_to(folder).as_posix()] = repr(picture.size).encode() + picture.tobytes()
    rows = load_workbook(folder / "members.xlsx")["members"].iter_rows(values_only=True)
    said["members.xlsx"] = repr(list(rows)).encode()
    return {name: hashlib.sha256(body).hexdigest() for name, body in said.items()}


def test_the_committed_files_are_what_it_writes(tmp_path: Path):
    shutil.copytree(EXAMPLE / "make", tmp_path / "make", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run([sys.executable, "-m", "make"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(tmp_path) == contents(EXAMPLE)


def test_the_files_are_small():
    sizes = {path.name: path.stat().st_size for path in EXAMPLE.rglob("*") if path.is_file()}
    assert sum(sizes.values()) < 6_000_000
    assert max(path.stat().st_size for path in (EXAMPLE / "attendance").iterdir()) < 600_000
