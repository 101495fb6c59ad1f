"""What an agreement says is the same after a way through a sheet, in whatever order and with whatever spaces it comes back."""

import pytest

from corridor.journeys.import_sheets import write_import
from corridor.rooms.agreements.actions import write_lines
from corridor.rooms.agreements.canonical import hash_of
from corridor.rooms.agreements.drafts import LineDraft
from corridor.rooms.agreements.models import Agreement, AgreementKind
from tests.factories.actors import NIGHTLY
from tests.factories.sheet_round import AT, make_everything, rows_of, sent, sheet_of, taken

pytestmark = pytest.mark.django_db
DRAFT = "AGR-2024-0032"


def test_a_sheet_that_comes_back_in_another_order_and_with_other_spaces_says_the_same():
    make_everything()
    agreement = Agreement.objects.get(reference=DRAFT)
    write_lines(lines=[(agreement, LineDraft(1, "th", "เครื่องทดสอบเบรก"))], by=NIGHTLY)
    before = hash_of(Agreement.objects.get(pk=agreement.pk))
    rows = rows_of("agreements", taken("agreements"))
    row = next(row for row in rows if DRAFT in row.values())
    (parties,) = [name for name, cell in row.items() if cell and "chongqing" in cell]
    (text,) = [name for name, cell in row.items() if cell and "We teach together." in cell]
    row[parties] = "\n".join(reversed(row[parties].splitlines()))
    row[text] = row[text].replace(" ", "  ").replace("\n\n", "\r\n \r\n\r\n")
    held = sent("agreements", sheet_of("agreements", rows))
    assert (held.refused, held.updated) == (0, 1)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.version == 2, "it was written anew"
    assert agreement.lines.get().text == "เครื่องทดสอบเบรก"
    assert hash_of(agreement) == before


def brought(**cells):
    """One row of the sheet of the draft with some cells written anew, as it is understood."""
    rows = rows_of("agreements", taken("agreements"))
    row = next(row for row in rows if DRAFT in row.values())
    for column, cell in cells.items():
        row[column] = cell
    return sent("agreements", sheet_of("agreements", rows))


LINES_EN, LINES_LO, KIND = "lines_en", "lines_lo", "kind"


def test_lines_go_out_and_come_back_by_their_numbers():
    make_everything()
    agreement = Agreement.objects.get(reference=DRAFT)
    said = [
        LineDraft(2, "en", "Two trainers"),
        LineDraft(1, "en", "Two brake testers\n\nwith spare parts"),
        LineDraft(1, "th", "เครื่องทดสอบ"),
    ]
    write_lines(lines=[(agreement, line) for line in said], by=NIGHTLY)
    out = next(row for row in rows_of("agreements", taken("agreements")) if DRAFT in row.values())
    assert out[LINES_EN] == "1: Two brake testers\n\nwith spare parts\n2: Two trainers"
    assert brought().updated == 0
    held = brought(**{LINES_EN: "3. Third\n1: Two brake testers", LINES_LO: "1: ເຄື່ອງ"})
    assert (held.refused, held.updated) == (0, 1)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    lines = Agreement.objects.get(reference=DRAFT).lines.order_by("language", "number")
    assert [(each.language, each.number, each.text) for each in lines] == [
        ("en", 1, "Two brake testers"), ("en", 3, "Third"), ("lo", 1, "ເຄື່ອງ"), ("th", 1, "เครื่องทดสอบ"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [{LINES_EN: "Two brake testers"}, {LINES_EN: "1: One\n1: Another"}, {KIND: "no-such-kind"}],
    ids=["no number", "a number twice", "no such kind"],
)
def test_lines_and_kinds_that_cannot_be_read_are_refused_at_their_cell(cells):
    make_everything()
    assert brought(**cells).refused == 1


def test_a_new_draft_is_of_its_kind_which_stays():
    make_everything()
    AgreementKind.objects.create(code="implementation", quorum=2)
    rows = rows_of("agreements", taken("agreements"))
    row = dict(next(row for row in rows if DRAFT in row.values()))
    row |= {
        "reference": "",
        "status": "",
        "title_en": "Another",
        KIND: "implementation",
        LINES_EN: "1: Two brake testers",
    }
    held = sent("agreements", sheet_of("agreements", [row]))
    assert (held.refused, held.created) == (0, 1)
    write_import(held=held, at=AT, by=NIGHTLY, wait=True)
    made = Agreement.objects.get(texts__title="Another")
    assert (made.kind.code, made.quorum, made.lines.get().text) == ("implementation", 2, "Two brake testers")
    out = next(one for one in rows_of("agreements", taken("agreements")) if made.reference in one.values())
    assert out[KIND] == "implementation"
