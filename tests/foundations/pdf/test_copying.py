"""The text of a line from its strokes, and PDFs of Typst packed so that nothing is lost."""

import tracemalloc
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from django.conf import settings
from pikepdf import Dictionary
from PIL import ImageChops

from corridor.foundations.pdf.glyphs import Piece
from corridor.foundations.pdf.objects import Objects
from corridor.foundations.pdf.reading import reading_of
from corridor.foundations.typesetting import source_alike
from corridor.rooms.credentials.certificates import printing
from corridor.rooms.credentials.certificates.attachments import attached_credential
from corridor.rooms.credentials.certificates.printing import Picture, Pictures, inputs_of, print_certificate
from tests.rooms.credentials.test_certificate import facts
from tests.rooms.credentials.test_scripts import HARD

TEMPLATE = Path(printing.__file__).with_name("certificate.typ")
FONTS = [str(each) for each in (settings.NODE_MODULES / "@expo-google-fonts").glob("n*/[467]00[RSB]*")]
SPLIT = {
    "a mark drawn in a run of its own": ([["ຢັ້"], ["ຢັ້"], ["ງ", "ຢື", "ນ"]], "ຢັ້ງຢືນ", "ຢັ້ງຢືນ"),
    "a syllable that is written twice": ([["ມື້"], ["ມື້"]], "ມື້ມື້", "ມື້ມື້"),
    "twice, one of them in two strokes": ([["ມື້"], ["ມື້"], ["ມື້"]], "ມື້ມື້", "ມື້ມື້"),
    "nowhere among the words": ([["ຢັ້"], ["ຢັ້"]], "", "ຢັ້"),
    "letters that are doubled": ([["A", "n", "n", "a"]], "", "Anna"),
    "leftwards": ([["ہ", "ش", "ش"], ["ا", "ع"]], "عاشہ", "عاشہ"),
    "leftwards, two words and a blank between": ([["ہ", "ے"], [" "], ["ن", "ا"]], "", "ان ےہ"),
    "both directions in one line": ([["陈"], [" "], ["ن", "ا"], [" "], ["K"]], "", "陈 ان K"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPLIT)
def test_what_is_drawn_in_strokes_is_said_once_and_in_the_order_of_reading(case):
    runs, words, said = SPLIT[case]
    assert reading_of([[Piece(text, len(text) > 1) for text in run] for run in runs]).text(words) == said


def printed(language="lo", document="{}"):
    return print_certificate(facts(HARD[language], units=8), document=document)


@pytest.mark.parametrize("language", HARD)
def test_each_part_of_a_page_is_known_to_one_piece_of_its_structure(language):
    """What became one part is one in the page, in its piece, and in the table from parts to pieces."""
    with pikepdf.open(BytesIO(printed(language))) as pdf:
        (page,) = pdf.pages
        drawn = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]
        ]
        parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))[page.StructParents]
        held = {}
        for each in pdf.objects:
            if isinstance(each, Dictionary) and each.get("/Type") == "/StructElem":
                held |= {part: each.objgen for part in each.get("/K", []) if isinstance(part, int)}
        assert sorted(drawn) == sorted(held) and len(drawn) == len(set(drawn))
        assert {part: parents[part].objgen for part in drawn} == held
        assert [each for part, each in enumerate(parents) if part not in held and each is not None] == []


@pytest.mark.parametrize("language", ["lo", "km", "ur", "mixed"])
def test_not_a_dot_of_the_page_moves(language):
    inputs = inputs_of(facts(HARD[language], units=8), document="{}")
    before = bytes(
        typst.Compiler(None, root=str(TEMPLATE.parent), font_paths=FONTS, ignore_system_fonts=True).compile(
            input=source_alike(TEMPLATE, inputs), format="pdf", pdf_standards=["a-3a", "ua-1"]
        )
    )
    one, other = (pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil() for pdf in (before, printed(language)))
    assert ImageChops.difference(one, other).getbbox() is None


def with_drawing(number):
    """A certificate with a logo of thousands of strokes, which no other has."""
    strokes = "".join(
        f'<path d="M{at % 97} {number + at / 1000}L{at % 89} 50" stroke="#123456"/>' for at in range(2_000)
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{strokes}</svg>'
    logo = Picture(drawing.encode(), "image/svg+xml", "A logo")
    return print_certificate(facts(HARD["lo"], units=8), document="{}", pictures=Pictures(logo=logo))


def test_drawings_that_differ_from_paper_to_paper_are_not_kept_in_memory():
    with_drawing(0)
    tracemalloc.start()
    try:
        sizes = [len(with_drawing(number)) for number in range(1, 5)]
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert min(sizes) > 20_000 and kept < 400_000


def test_what_is_packed_is_whole_and_lighter():
    pdf = printed()
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.trailer.ID and opened.docinfo["/Title"] == "Certificate CRD-2024-0107"
        plain = BytesIO()
        opened.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
        kinds = [str(each.get("/Type", "")) for each in opened.objects if isinstance(each, Dictionary)]
    assert kinds.count("/StructElem") > 50 and pdf.count(b"/ObjStm") == 1
    assert len(pdf) < 0.85 * len(plain.getvalue())


def test_the_file_of_another_writer_is_not_taken_for_ours():
    with pytest.raises(ValueError, match="classic table"):
        Objects(printed())


@pytest.mark.parametrize("text", ['"', "\\", '\\"', "\r\n\t", "\u2028\u2029\x85", "#{1}$x$`", "\ufeff", "//", "\x7f"])
def test_whatever_is_attached_arrives_byte_for_byte(text):
    document = f'{{"a": {text!r}, "b": "{text}"}}'
    assert attached_credential(printed(document=document)) == document.encode()
