"""
Names in the scripts of all twelve languages, alone and mixed in one line, drawn as somebody who reads them has looked at them.

The references beside this file are ours: pieces of certificates, looked at letter by letter. With DRAW_REFERENCES=1 this file draws them anew;
look at each before it is committed.
"""

import os
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from corridor.rooms.credentials.certificates.printing import print_certificate
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.models import CredentialKind
from tests.rooms.credentials.test_certificate import LONG, NAMES, facts, pages

REFERENCES = Path(__file__).with_name("references")
SCALE = 1.5
MOST_UNLIKE = 1
# Points of the page: where the names stand.
BOX = (60, 168, 540, 236)
# Marks below, above, before and around; ligatures, conjuncts, a slanting line, tones over tones.
HARD = {
    "lo": ("ສົມສັກ ນ້ຳງື່ມ ຢັ້ງຢືນ ກຳປູເຈຍ", "ຫຼ້າ ໝູ່ ໜຶ່ງ"), "th": ("น้ำผึ้ง ศิษย์ กตัญญู ปั้น", "ผู้ใหญ่ ฐิติ ญี่ปุ่น"),
    "km": ("ខ្ញុំ ស្រីមុំ ក្រុម ព្រះ", "ស្ត្រី គ្រឿង ហ្វ្រ័ង់"), "my": ("ဒေါ်အောင်ဆန်းစုကြည် မြို့", "ကျွန်ုပ် ဣန္ဒြေ သင်္ဘော"),
    "si": ("ක්‍රිෂාන්ති ශ්‍රී ලංකා", "ප්‍රේමදාස කෞශල්‍යා"), "ta": ("க்ஷேமா ஸ்ரீதரன் கௌரி", "பொன்னி தௌபீக் நொய்யல்"),
    "ur": ("عائشہ صدیقہ چوہدری", "محمد نستعلیق لیے ہے"), "ko": ("김영희 꽃밭 뷁", "선우 황보 독고"), "zh-Hans": ("欧阳娜娜 令狐冲 龘", "诸葛"),
    "vi": ("Nguyễn Thị Ánh Tuyết", "Đặng Hữu Phước Ỷ"), "fil": ("María Niña dela Peña", "Ñoño"), "id": ("Suparman Ki’Agus", "Raden"),
    "en": ("Zoë O’Brien-Smith fi ffl", "Ærøskøbing"),
    "mixed": ("陈美 Khamla ຄຳຫຼ້າ สมชาย عمران 김영희 නිමාලි இராம ស្រី ခင်",),
    "long": (LONG, LONG),
}  # fmt: skip


def drawn(names) -> Image.Image:
    pdf = print_certificate(facts(names), document="{}")
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil().convert("L")
    return page.crop(tuple(round(each * SCALE) for each in BOX))


def unlike(one: Image.Image, other: Image.Image) -> float:
    """0: alike; a letter of thirty that is another gives more than 1."""
    soft = [each.filter(ImageFilter.GaussianBlur(1.5)) for each in (one, other)]
    difference = ImageStat.Stat(ImageChops.difference(*soft)).sum[0]
    ink = ImageStat.Stat(ImageChops.invert(soft[0])).sum[0]
    return 100 * difference / max(ink, 1)


@pytest.mark.parametrize("language", HARD)
def test_names_are_drawn_as_they_were_looked_at(language):
    now, kept = drawn(HARD[language]), REFERENCES / f"{language}.png"
    if os.environ.get("DRAW_REFERENCES"):
        now.save(kept, optimize=True)
    assert unlike(Image.open(kept).convert("L"), now) < MOST_UNLIKE


def test_the_comparison_sees_a_mark_that_is_missing():
    whole, without = drawn(("ຢັ້ງຢືນ",)), drawn(("ຢັງຢືນ",))
    assert unlike(whole, whole) == 0 and unlike(whole, without) > MOST_UNLIKE


def replaced(pdf):
    """What a reader that follows the standard takes from the page: ActualText before glyphs (ISO 32000-1, 14.9.4)."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for operands, operator in pikepdf.parse_content_stream(opened.pages[0]):
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
                yield str(operands[1].ActualText)


@pytest.mark.parametrize("language", HARD)
def test_a_name_comes_back_from_the_page_as_it_was_written(language):
    """
    Letter by letter, marks and joiners too. PDFium, which is in most browsers, takes what stands for a line for what is seen from the left, and
    turns words around that run leftwards; a reader that follows the standard does not.
    """
    pdf = print_certificate(facts(HARD[language]), document="{}")
    (text,) = pages(pdf)
    for name in HARD[language]:
        if language == "ur":
            assert name in list(replaced(pdf))
            assert " ".join(word[::-1] for word in name.split()) in text
        else:
            assert " ".join(name.split()) in " ".join(text.split())
    assert "ໃບຢັ້ງຢືນ" in text


@pytest.mark.parametrize("language", NAMES)
def test_an_office_in_any_script_can_stand_below(language):
    mixed = Signatory(NAMES[language][0], {"en": "Director", "zh-Hans": "校长", "lo": "ຜູ້ອຳນວຍການ"})
    (text,) = pages(print_certificate(facts(signatories=(mixed,)), document="{}"))
    assert "Director" in text and "校长" in text


def test_a_long_name_gets_smaller_letters_before_a_second_line():
    def letters(name):
        """How high its first letter stands, and how many lines it takes."""
        page = pypdfium2.PdfDocument(print_certificate(facts((name,)), document="{}"))[0].get_textpage()
        index, _ = page.search(name.split()[0]).get_next()
        boxes = [page.get_charbox(place) for place in range(index, index + len(name))]
        return round(boxes[0][3] - boxes[0][1], 1), len({round(box[1] / 20) for box in boxes if box[3] > box[1]})

    short, longer, longest = (
        letters(name) for name in ("Nimali Jayawardena", "Rajapaksha Mudiyanselage Nimali Jayawardena", LONG)
    )
    assert short[0] > longer[0] > longest[0] and longest[1] >= 2


def test_what_a_kind_is_called_stands_in_one_line():
    """Otherwise the name, which follows it, stands lower."""

    def foot_of_the_name(kind):
        page = pypdfium2.PdfDocument(print_certificate(facts(("Chen Mei",), kind=kind), document="{}"))[
            0
        ].get_textpage()
        first, _count = page.search("Chen Mei").get_next()
        return page.get_charbox(first)[1]

    lines = {kind: foot_of_the_name(kind) for kind in CredentialKind}
    assert max(lines.values()) - min(lines.values()) < 6, lines
