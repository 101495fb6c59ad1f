"""Files as offices send them: each ends in a clear sentence or in the right rows. All are made here."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from corridor.foundations.sheets.intake.encodings import find_encoding
from corridor.foundations.sheets.intake.opening import open_file
from corridor.foundations.sheets.intake.tables import Told, find_head, map_columns, table_rows
from corridor.kernel.errors import BadInput
from corridor.rooms.people.importing import PeopleImport

KIND = PeopleImport()
THAI = "ชื่อ,เพศ\nนภา แสงทอง,หญิง\nสมชาย ใจดี,ชาย\nวิภา ศรีสุข,หญิง\n"
CHINESE = "姓名,性别,国家\n陈美,女,中国\n李伟,男,中国\n王芳,女,老挝\n张明,男,泰国\n"


def opened(tmp_path, content, name="sheet"):
    path = tmp_path / name
    path.write_bytes(content)
    return open_file(path, file=name)


def rows_of(found, sheet=None, *, leave_hidden=False):
    sheet = found.sheets[0].name if sheet is None else sheet
    head = find_head(found, sheet, KIND)
    told = Told()
    rows = list(table_rows(found, sheet, head, marks=found.marks(sheet), leave_hidden=leave_hidden, told=told))
    return head, rows, told


def book_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def packed(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (CHINESE, "gb18030", "gb18030"), (THAI, "cp874", "cp874"), (CHINESE, "utf-16-le", "utf-16-le"), (CHINESE, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16", "utf-16"), (THAI, "utf-8-sig", "utf-8-sig"), (THAI, "utf-8", "utf-8"),
        ("이름,성별\n김민수,남자\n이영희,여자\n박지훈,남자\n", "cp949", "cp949"),
    ],
)  # fmt: skip
def test_an_encoding_is_told_without_a_word_about_it(text, encoding, found):
    told = find_encoding(text.encode(encoding))
    assert found in {told.chosen, *(guess.encoding for guess in told.guesses)}
    assert told.guesses[0].encoding == found


def test_every_plausible_encoding_is_shown_with_a_line():
    told = find_encoding(CHINESE.encode("gb18030"))
    assert all(guess.sample and 0 <= guess.confidence <= 1 for guess in told.guesses)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_the_columns_is_found(tmp_path, sign):
    found = opened(tmp_path, CHINESE.replace(",", sign).encode())
    assert found.delimiter == sign


def test_titles_above_and_notes_under_the_table_are_left_aside_and_told(tmp_path):
    book = book_of(
        ["Learners of the spring", None, None], [None], ["Name", "Sex", "Country"], ["ຄຳຫຼ້າ", "F", "LA"],
        ["ນາງ ແກ້ວ", "F", "LA"], [None], ["Source: the college's office"],
    )  # fmt: skip
    book.active.merge_cells("A1:C1")
    head, rows, told = rows_of(opened(tmp_path, packed(book)))
    assert (head.row, [number for number, _cells in rows], told.notes) == (3, [4, 5], [7])


def test_a_head_of_two_rows_is_read_as_one(tmp_path):
    book = book_of(
        ["Name", None, "Born"], ["In own script", "In Latin letters", "Date of birth"], ["ຄຳຫຼ້າ", "Khamla", "2001-01-31"]
    )
    found = opened(tmp_path, packed(book))
    head, rows, _told = rows_of(found)
    assert [number for number, _cells in rows] == [3]
    assert "born_on" in {each.name for each in map_columns(head, KIND)}


def test_hidden_and_filtered_rows_and_columns_are_known(tmp_path):
    book = book_of(["Name", "Sex"], ["ຄຳຫຼ້າ", "F"], ["ນາງ ແກ້ວ", "F"])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.active.auto_filter.ref = "A1:B3"
    found = opened(tmp_path, packed(book))
    marks = found.marks("Sheet")
    assert (marks.hidden_rows, marks.hidden_columns, marks.is_filtered) == ({3}, {2}, True)
    assert rows_of(found, leave_hidden=True)[2].hidden_rows == [3]
    assert len(rows_of(found)[1]) == 2


def test_formulas_without_a_value_and_errors_are_found_at_their_cells(tmp_path):
    book = book_of(["Name", "Sex"], ["=A1", "#N/A"])
    book.active["B2"].data_type = "e"
    assert opened(tmp_path, packed(book)).marks("Sheet").faulty == {(2, 1): "", (2, 2): "#N/A"}


def test_ods_is_read_whatever_it_is_called(tmp_path):
    document, table = OpenDocumentSpreadsheet(), Table(name="Learners")
    for row in (["Name", "Sex"], ["ຄຳຫຼ້າ", "F"]):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = BytesIO()
    document.save(out)
    found = opened(tmp_path, out.getvalue(), "people.xlsx")
    assert (found.kind, rows_of(found)[1]) == ("ods", [(2, ["ຄຳຫຼ້າ", "F"])])


def test_a_macro_is_not_run_and_that_is_said(tmp_path):
    content = BytesIO(packed(book_of(["Name"], ["ຄຳຫຼ້າ"])))
    with ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    found = opened(tmp_path, content.getvalue(), "people.xlsm")
    assert found.kind == "xlsm" and "macro" in str(found.notices[0])


def test_a_bomb_is_refused(tmp_path):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000_000)
    with pytest.raises(BadInput, match="unpacks to"):
        opened(tmp_path, out.getvalue())


def test_three_hundred_megabytes_are_refused_by_their_size(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(BadInput, match="300 MB"):
        open_file(path, file="large.csv")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"), (b"\x89PNG\r\n\x1a\n000", "picture"), (b"PK\x03\x04no", "damaged"), (b"%PDF-1.4", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_named(tmp_path, content, said):
    with pytest.raises(BadInput, match=said):
        opened(tmp_path, content, "people.xlsx")
