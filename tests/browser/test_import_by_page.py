"""A sheet goes in by its steps: dropped, mapped, asked about, checked row by row; its remarks come back in the file; mended, it is written."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from .alliance import Alliance, run
from .axe import give_axe, violations
from .strictness import SIDEWAYS, TOO_SMALL, WIDTHS

HEAD = ["ຊື່", "Sex", "Date of birth", "Shoe size"]
GOOD = ["ຄຳຫຼ້າ ສີສະຫວາດ", "ຍິງ", "03/04/2544", 38]
BAD = ["ນາງ ແກ້ວ", "F", "31/02/2544", 37]


@pytest.fixture(autouse=True)
def with_axe(context: BrowserContext) -> None:
    give_axe(context)


def sheet(folder: Path, *rows: list) -> Path:
    """A workbook with a title above its head, as offices write them."""
    book, file = Workbook(), folder / "learners.xlsx"
    page = book.active
    assert page is not None
    page.title = "Learners"
    for row in (["Learners of the spring"], HEAD, *rows):
        page.append(row)
    book.save(file)
    return file


def looked_at(page: Page) -> None:
    for size in reversed(WIDTHS.values()):
        page.set_viewport_size(size)
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(TOO_SMALL) == []
    assert violations(page) == []
    page.set_viewport_size(WIDTHS["desktop"])


def send(page: Page, file: Path) -> None:
    """Drop the file, agree to what it is read as, and answer what only the sender knows."""
    page.goto("/imports/")
    page.locator("input[name=kind][value=people]").check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/columns/")
    expect(page.locator("#main")).to_contain_text("The head of the table is row 2")
    looked_at(page)
    page.get_by_role("button", name="Check every row").click()


def answer(page: Page, answers: dict[str, str]) -> None:
    """What the file leaves open; where a 31 stands, it says itself which is the day."""
    page.wait_for_url("**/questions/")
    for question, said in answers.items():
        page.locator(f"input[name='{question}'][value={said}]").check()
    looked_at(page)
    page.get_by_role("button", name="Check every row").click()


def test_a_sheet_goes_in_by_steps_and_its_remarks_come_back(
    strict_page: Page, alliance_to_change: Alliance, be, shot, tmp_path: Path
):
    page, count = strict_page, "SELECT count(*) FROM people_person"
    before = alliance_to_change.ask(count)[0][0]
    be("secretariat")
    send(page, sheet(tmp_path, GOOD, BAD))
    answer(page, {"calendar.born_on": "yes"})
    expect(page.locator("#main")).to_contain_text("31/02/2544")
    expect(page.get_by_role("button", name="Write all")).to_have_count(0)
    looked_at(page)
    shot("import-refused")
    with page.expect_download() as waited:
        page.get_by_role("link", name="The same file with remarks").click()
    returned = load_workbook(BytesIO(waited.value.path().read_bytes()))["Learners"]
    assert [cell.value for cell in returned[2]] == [*HEAD, "Remarks"]
    assert [cell.value for cell in returned[3]][:4] == GOOD
    assert "31/02/2544" in str(returned["E4"].value)
    assert alliance_to_change.ask(count)[0][0] == before

    send(page, sheet(tmp_path, GOOD))
    answer(page, {"dates.born_on": "dmy", "calendar.born_on": "yes"})
    expect(page.locator("#main")).to_contain_text("Sex is collected for")
    expect(page.get_by_role("button", name="Write 1 row")).to_have_count(0)
    looked_at(page)
    page.get_by_role("link", name="Answer what the rows wait for").click()
    answer(page, {"purpose_needed": "equal_access"})
    expect(page.locator("#main")).to_contain_text("2001")
    page.get_by_role("button", name="Write 1 row").click()
    looked_at(page)
    run(alliance_to_change.folder, "worker", "--once")
    expect(page.locator("#main")).to_contain_text("For a day it can be taken back")
    looked_at(page)
    assert alliance_to_change.ask(count)[0][0] == before + 1
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#main")).to_contain_text("The import is taken back")
    assert alliance_to_change.ask(count)[0][0] == before
