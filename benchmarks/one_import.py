"""
Two sheets into an empty alliance, in a process of their own so that its memory can be told: ``python -m benchmarks.one_import COUNT FOLDER``.

The settings are the caller's; the cohorts stand. Answers, as one line of JSON, how many milliseconds each part took and how much memory the
process held at most.
"""

import json
import resource
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import django

django.setup()

from benchmarks import learners  # noqa: E402 (they reach tables)
from benchmarks.measuring import milliseconds  # noqa: E402
from corridor.foundations.access import NIGHTLY  # noqa: E402
from corridor.foundations.sheets.models import Import  # noqa: E402
from corridor.journeys.import_sheets import check_import, import_file, write_import  # noqa: E402

AT = datetime(2024, 2, 2, 4, tzinfo=UTC)


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    persons = learners.write_sheet(folder / "people.xlsx", learners.PERSONS, learners.persons(count))
    took = {"people": bring_in("people", persons, {"twins": "create"})}
    places = learners.write_sheet(folder / "enrolments.xlsx", learners.PLACES, learners.places())
    took["enrolments"] = bring_in("enrolments", places, {})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({**took, "peak": peak}) + "\n")


def bring_in(kind: str, path: Path, answers: dict[str, str]) -> dict[str, float]:
    """From the file to the records; between, the dry run once more for itself, which is not part of the way."""
    held: list[Import] = []
    receiving = milliseconds(lambda: held.append(_received(kind, path, answers)))
    dry = milliseconds(partial(check_import, held=held[0], at=AT, by=NIGHTLY, wait=True))
    writing = milliseconds(partial(write_import, held=held[0], at=AT, by=NIGHTLY, wait=True))
    return {"dry": dry, "whole": receiving + writing}


def _received(kind: str, path: Path, answers: dict[str, str]) -> Import:
    return import_file(
        kind=kind, file_name=path.name, content=path.read_bytes(), language="en", answers=answers, columns={}, at=AT, by=NIGHTLY
    )  # fmt: skip


if __name__ == "__main__":
    main()
