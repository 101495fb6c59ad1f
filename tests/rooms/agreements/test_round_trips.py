"""What an agreement says is the same after a way through a sheet, in whatever order and with whatever spaces it comes back."""

import pytest

from corridor.journeys.import_sheets import write_import
from corridor.rooms.agreements.actions import write_lines
from corridor.rooms.agreements.canonical import hash_of
from corridor.rooms.agreements.drafts import LineDraft
from corridor.rooms.agreements.models import Agreement
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
