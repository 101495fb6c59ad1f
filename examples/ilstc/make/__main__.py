"""Write every file of the example alliance: ``python -m make`` in examples/ilstc. The same bytes on every run."""

import shutil
import sys

from . import (
    agreement_changes,
    agreements,
    alliance,
    applications,
    assessment,
    certified,
    check,
    conferences,
    curricula,
    data_calls,
    demand,
    evidence_pictures,
    figures,
    judged,
    judging,
    known_before,
    learning,
    living,
    meetings,
    members,
    outcomes,
    placements,
    profiles,
    programmes,
    records,
    rights,
    scans,
    selection,
    sites,
    trainers,
    training,
    upkeep,
    visits,
)
from .cohorts import plan
from .people import People
from .references import References
from .staff import Staff, write_accounts
from .tables import OUT, Book


def main() -> int:
    book = Book()
    alliance.write(book)
    members.write(book)
    applications.write(book)
    refer = References(book)
    curricula.write(book, refer)
    conferences.write(book, refer)
    meetings.write(book, refer)
    agreements.write(book, refer)
    agreement_changes.write(book, refer)
    demand.write(book, refer)
    data_calls.write(book)
    sites.write(book, refer)
    programmes.write(book, refer)
    people = People(book)
    staff = Staff(people)
    cohorts = plan(people, refer, {row["reference"]: row for row in book.rows("sites")})
    training.write(book, refer, cohorts, staff)
    learner = next(row["reference"] for row in book.rows("people") if row["romanised_name"] == "Khamla Phommachanh")
    write_accounts(book, staff, learner)
    selection.write(book)
    learning.write(book)
    placements.write(book, refer)
    trainers.write(book, staff)
    assessment.write(book, cohorts, staff)
    assessment.write_credentials(book, cohorts, refer)
    judging.write(book)
    outcomes.write(book, cohorts)
    figures.write(book)
    rights.write(book)
    upkeep.write(book, refer)
    living.write(book)
    judged.write(book)
    known_before.write(book)
    certified.write(book)
    for old in ("documents", "attendance", "photos", "living"):
        shutil.rmtree(OUT / old, ignore_errors=True)
    scans.write(book, OUT / "documents")
    visits.write(book, OUT / "documents", refer)
    book.write(OUT)
    records.write(OUT)
    profiles.write(OUT)
    evidence_pictures.write(OUT / "living")
    return check.report(OUT)


if __name__ == "__main__":
    sys.exit(main())
