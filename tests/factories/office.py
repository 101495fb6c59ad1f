"""LibreOffice, where it is installed: it opens what we write, and writes what offices send."""

import csv
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice (soffice) is not installed here, so no file was opened with it: install libreoffice-calc",
)
# Commas, UTF-8, every cell as it is shown, the first sheet alone.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"


def all_through_office(contents: Mapping[str, bytes], ending: str, to: str) -> dict[str, bytes]:
    """The files, by their names without ending, opened by LibreOffice and saved with another one. A run has a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in contents.items():
            Path(folder, f"{name}.{ending}").write_bytes(content)
        given = [str(Path(folder, f"{name}.{ending}")) for name in contents]
        form, made = _CSV if to == "csv" else to, Path(folder, "made")
        words = [str(SOFFICE), "--headless", "--norestore", "--convert-to", form, "--outdir", str(made), *given]
        said = _run_office(words, Path(folder))
        # LibreOffice puts the name of the sheet into that of a CSV.
        found = {name: next(iter(sorted(made.glob(f"{name}*.{to}"))), None) for name in contents}
        missing = [name for name, path in found.items() if path is None]
        assert not missing, f"{missing}: {said}"
        return {name: path.read_bytes() for name, path in found.items() if path is not None}


def _run_office(words: list[str], folder: Path, *, attempts: int = 3, seconds: int = 90) -> str:
    """
    What LibreOffice said. Now and then it stands still when it starts, and then so do the processes that it has started itself: all of
    them are ended, and it is asked again with another profile.
    """
    log = folder / "said"
    for attempt in range(attempts):
        profile = f"-env:UserInstallation=file://{folder}/profile-{attempt}"
        with log.open("w") as said:
            office = subprocess.Popen([*words, profile], stdout=said, stderr=said, start_new_session=True)
            try:
                office.wait(timeout=seconds)
                break
            except subprocess.TimeoutExpired:
                os.killpg(office.pid, signal.SIGKILL)
                office.wait()
    return log.read_text(errors="replace")


def through_office(content: bytes, ending: str, to: str) -> bytes:
    """One file, opened by LibreOffice and saved with another ending."""
    return all_through_office({"sheet": content}, ending, to)["sheet"]


def shown_by_office(content: bytes, ending: str) -> list[list[str]]:
    """The rows of the first sheet as LibreOffice shows them."""
    return rows_of_csv(through_office(content, ending, "csv"))


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))
