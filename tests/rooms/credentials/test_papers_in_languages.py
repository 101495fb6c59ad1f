"""A paper in every language in which there are words for one: it can be set, says in which language each part is, and fits its page."""

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from corridor.foundations.typesetting import set_alike
from corridor.foundations.vocabularies.languages import is_right_to_left
from corridor.rooms.credentials.certificates import printing
from corridor.rooms.credentials.certificates.printing import inputs_of, print_certificate, printed
from corridor.rooms.credentials.compact.claims import Signatory
from corridor.rooms.credentials.models import CredentialKind
from corridor.rooms.credentials.paper_words import paper_languages, words_in
from tests.rooms.credentials.test_certificate import facts, pages

OTHERS = [each for each in paper_languages() if each != "en"]
# Two scripts with high lines beside English, or three that run differently.
THREE = [("zh-Hans", "km", "en"), ("si", "ta", "en"), ("zh-Hans", "ur", "en"), ("my", "th", "en"), ("ur", "lo", "ko")]


def paper(*languages, **more):
    title = {each: f"{each} title" for each in languages}
    return facts(languages=languages, title=title, **more)


def tagged_languages(pdf):
    """The languages that the structure of a document names: what a screen reader changes its voice by."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        found, waiting = {str(opened.Root.Lang)}, [opened.Root.StructTreeRoot]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Dictionary):
                found |= {str(node.Lang)} if "/Lang" in node else set()
                waiting += [node.K] if "/K" in node else []
            elif isinstance(node, pikepdf.Array):
                waiting += list(node)
        for page in opened.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/Lang" in operands[1]:
                    found.add(str(operands[1].Lang))
    return {each.split("-")[0] for each in found}


@pytest.mark.parametrize("language", OTHERS)
def test_a_paper_in_one_language_and_english_says_which_is_which(language):
    pdf = print_certificate(paper(language, "en"), document="{}")
    (text,) = pages(pdf)
    assert "Certificate" in text and "has completed en title" in " ".join(text.split())
    assert {language.split("-")[0], "en"} <= tagged_languages(pdf)
    if not is_right_to_left(language):
        assert words_in(language).title[CredentialKind.AWARD] in text.replace("\r\n", " ")


@pytest.mark.parametrize(("tag", "named"), [("fil", "fil"), ("zh-Hans", "zh"), ("en", "en")])
def test_a_paper_says_its_language_by_all_the_letters_of_its_tag(tag, named):
    """Filipino has three: by the first two of them it would be called Finnish."""
    inputs = inputs_of(paper("en"), document="{}")
    words = json.loads(inputs["certificate"])
    words["languages"] = [{"lang": tag, "dir": "ltr"}]
    template = Path(printing.__file__).with_name("certificate.typ")
    pdf = set_alike(template, inputs | {"certificate": json.dumps(words)}, standards=["a-3a", "ua-1"])
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang).split("-")[0] == named


@pytest.mark.parametrize("language", OTHERS)
def test_a_paper_in_one_language_alone_has_no_word_of_another(language):
    pdf = print_certificate(paper(language), document="{}")
    (text,) = pages(pdf)
    strange = {"Certificate", "证书", "ໃບຢັ້ງຢືນ", "SPECIMEN"} - {words_in(language).title[CredentialKind.AWARD]}
    assert not [each for each in strange if each in text] and language.split("-")[0] in tagged_languages(pdf)


@pytest.mark.parametrize("languages", THREE)
@pytest.mark.parametrize("kind", CredentialKind)
def test_three_languages_of_high_lines_fit_one_page_and_every_kind_is_called_in_one_line(languages, kind):
    office = Signatory("Mei", dict.fromkeys(languages, "Director"))
    pdf = print_certificate(paper(*languages, kind=kind, signatories=(office,)), document="{}")
    assert len(pages(pdf)) == 1
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    first, _count = page.search("Khamla Phommachanh").get_next()
    assert page.get_charbox(first)[1] > 600, "the name stands where it always stands: what is above it takes one line"


def test_a_paragraph_in_urdu_begins_at_the_right():
    page = pypdfium2.PdfDocument(print_certificate(paper("ur"), document="{}"))[0]
    right = max(page.get_textpage().get_charbox(place)[2] for place in range(page.get_textpage().count_chars()))
    assert right == pytest.approx(page.get_width() - 68, abs=4)


def test_a_language_of_another_house_is_passed_over():
    assert [each["lang"] for each in printed(paper("fr", "th"))["heading"]] == ["th"]
    assert [each["lang"] for each in printed(paper("fr"))["heading"]] == ["en"]
