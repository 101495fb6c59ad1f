"""Two hundred registers on paper, filled by as many hands and photographed by as many phones: how many boxes are read right."""

import time
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from corridor.kernel.errors import BadInput  # noqa: E402 (tables need Django set up)
from corridor.kernel.identifiers import new_id  # noqa: E402
from corridor.rooms.training.paper.printing import print_sheets  # noqa: E402
from corridor.rooms.training.paper.reading import read_sheet  # noqa: E402
from tests.factories.filled_sheets import fill_and_photograph, page_of  # noqa: E402

ROWS = 40


def register() -> Any:
    """A register of forty invented learners, of no database."""
    place = SimpleNamespace(reference="LGTC-VI-2024-A", site=SimpleNamespace(zone="Asia/Vientiane"))
    session = SimpleNamespace(
        pk=new_id(), topic="VI-02 Brakes, steering, tyres", number=39, held_on=date(2024, 2, 2), cohort=place,
        begins_at=datetime(2024, 2, 2, 1, 30, tzinfo=UTC),
    )  # fmt: skip
    rows = tuple(
        SimpleNamespace(number=n, own_name="ສົມສັກ ວົງສາ", romanised_name="Somsak Vongsa") for n in range(1, ROWS + 1)
    )
    return SimpleNamespace(session=session, rows=rows)


def main(words: list[str] | None = None) -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=200)
    sheets = parser.parse_args(words).sheets
    page = page_of(print_sheets([register()]))
    right = wrong = doubtful = unclear = unread = 0
    taken = 0.0
    for seed in range(sheets):
        sheet = fill_and_photograph(page, rows=ROWS, seed=seed)
        begun = time.perf_counter()
        try:
            read = read_sheet(sheet.photo)
        except BadInput:
            unread += 1
            continue
        finally:
            taken += time.perf_counter() - begun
        for row, truth in zip(read.rows, sheet.truth, strict=True):
            unclear += not truth
            doubtful += row.is_doubtful and bool(truth)
            right += bool(truth) and row.mark == truth
            wrong += not row.is_doubtful and row.mark != truth
    clear = right + doubtful + wrong
    print(f"{sheets} sheets, {unread} not read (the person is told to photograph again), {taken / sheets:.2f} s each")
    print(
        f"rows with one clear mark: {clear}; read right {right} ({right / max(clear, 1):.4%}), "
        f"flagged as doubtful {doubtful}, wrong and not flagged {wrong}"
    )
    print(f"rows with no mark or two: {unclear}, all flagged" if not wrong else "")
    return 1 if wrong or right < 0.995 * clear else 0


if __name__ == "__main__":
    raise SystemExit(main())
