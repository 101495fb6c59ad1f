"""
How many persons a second Kolibri's ``bulkimportusers`` takes in: measured where the variable KOLIBRI names its program, else as it was once.

Kolibri hashes a password for each person, which is nearly all of its time, and has no dry run that it keeps. It is no dependency of ours: install
it for a measurement into an environment of its own (``pip install kolibri==0.19.5``).
"""

import csv
import os
import subprocess
import tempfile
from pathlib import Path

from .measuring import milliseconds

ROWS = 300
# 440 s for 10,000 persons with version 0.19.5, on a machine with two cores like the one of RESULTS.md.
ONCE_PER_SECOND = 10_000 / 440
HEADS = [
    "Database ID (UUID)", "Username (USERNAME)", "Password (PASSWORD)", "Full name (FULL_NAME)", "User type (USER_TYPE)",
    "Identifier (IDENTIFIER)", "Birth year (BIRTH_YEAR)", "Gender (GENDER)", "Learner enrollment (ENROLLED_IN)", "Coach assignment (ASSIGNED_TO)",
]  # fmt: skip
FACILITY = ["--facility", "School", "--superusername", "admin", "--superuserpassword", "admin-of-a-day", "--preset", "nonformal"]  # fmt: skip


def persons_per_second() -> tuple[float, str]:
    """The rate, and a note that says whether it is of this run."""
    program = os.environ.get("KOLIBRI")
    if program is None:
        return ONCE_PER_SECOND, "Kolibri 0.19.5 was measured another day (440 s for 10,000), not in this run"
    with tempfile.TemporaryDirectory(prefix="kolibri-") as home:
        environment = {**os.environ, "KOLIBRI_HOME": home}
        # What is meant for us means something else to it.
        for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONPATH"):
            environment.pop(name, None)

        def manage(*words: str) -> None:
            subprocess.run([program, "manage", *words], env=environment, check=True, capture_output=True)

        manage("provisiondevice", *FACILITY, "--language_id", "en", "--noinput")
        few, many = (_sheet(Path(home) / f"{rows}.csv", rows) for rows in (1, 1 + ROWS))
        # The program starts for both; what is left is the rows.
        start = milliseconds(lambda: manage("bulkimportusers", str(few)))
        whole = milliseconds(lambda: manage("bulkimportusers", str(many)))
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, env=environment).stdout
    return ROWS * 1000 / (whole - start), f"Kolibri {version.split()[-1]}: {ROWS} rows in this run, its start left out"


def _sheet(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(HEADS)
        for number in range(rows):
            name = f"learner{rows}x{number}"
            writer.writerow(["", name, "kept-secret", name.title(), "LEARNER", "", "2001", "FEMALE", "", ""])
    return path
