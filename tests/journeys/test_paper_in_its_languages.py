"""A paper is written in the languages of its place that have every text, or in those that its layout names: then in all of them or not at all."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.vocabularies.sentences import sentence
from corridor.journeys.award_credentials import award_cohort
from corridor.journeys.award_further import award_further
from corridor.journeys.award_preview import preview_award
from corridor.kernel.errors import BadInput
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.certificates.languages import LanguagesOnPaper, LeftOut, Places, choose_languages
from corridor.rooms.credentials.compact import base41
from corridor.rooms.credentials.compact.message import read_message
from corridor.rooms.credentials.layouts import LayoutDraft
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.credentials.refusals import NotAllReady, TextNotReviewed
from corridor.rooms.members.models import Organisation
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort
from tests.factories import credentials as factory
from tests.factories.actors import VISITOR
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_assessed_cohort

AT = datetime(2023, 7, 1, 9, tzinfo=UTC)
WORDS = {
    "zh-Hans": ("车辆检测", "制动检查"), "lo": ("ການກວດກາ", "ກວດເບຣກ"), "th": ("การตรวจสภาพรถ", "ตรวจเบรก"), "km": ("ការត្រួតពិនិត្យ", "ពិនិត្យហ្វ្រាំង"),
    "si": ("වාහන පරීක්ෂාව", "තිරිංග පරීක්ෂාව"), "ta": ("வாகன ஆய்வு", "பிரேக் ஆய்வு"), "ur": ("گاڑیوں کا معائنہ", "بریک کا معائنہ"),
}  # fmt: skip


def make_cohort_in(country, *translated, learners=1):
    cohort = make_assessed_cohort(learners=learners)
    Site.objects.filter(pk=cohort.site_id).update(country=country)
    for language in translated:
        translate(cohort, language)
    return Cohort.objects.select_related("site", "programme").get(pk=cohort.pk)


def translate(cohort, language, **more):
    title, unit = WORDS[language]
    factory.translate(cohort, language, title=title, unit=unit, **more)


def chongqing():
    return Organisation.objects.get(reference="chongqing")


def name_languages(*languages, **more):
    draft = LayoutDraft(organisation=chongqing(), languages=languages, **more)
    return actions.set_layout(draft=draft, at=AT, by=NIGHTLY)


def award(cohort, **more):
    given = {"issuer": chongqing(), "on": AWARDED_ON, "at": SIGNED_AT, "by": NIGHTLY} | more
    return award_cohort(cohort=cohort, wait=True, **given)


def preview(cohort):
    return preview_award(cohort=cohort, issuer=chongqing(), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY)


def awarded(cohort):
    award(cohort)
    credential = Credential.objects.select_related("layout").get()
    facts = queries.certificate_facts(credential=credential, by=VISITOR)
    pdf = queries.certificate_pdf(credential=credential, by=VISITOR)
    return facts, " ".join(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "translated", "written", "said"),
    [
        ("LA", ("zh-Hans", "lo"), ("zh-Hans", "lo", "en"), "ໃບຢັ້ງຢືນ"),
        ("TH", ("zh-Hans", "th"), ("zh-Hans", "th", "en"), "การตรวจสภาพรถ"),
        ("KH", ("zh-Hans", "km"), ("zh-Hans", "km", "en"), "ពិនិត្យហ្វ្រាំង"),
        ("LK", ("zh-Hans", "si", "ta"), ("zh-Hans", "si", "en"), "වාහන පරීක්ෂාව"),
        ("LK", ("si", "ta"), ("si", "ta", "en"), "வாகன ஆய்வு"),
        ("PK", ("zh-Hans", "ur"), ("zh-Hans", "ur", "en"), "Vehicle inspection"),
        ("TH", ("lo",), ("en",), "Certificate"),
        ("MY", ("zh-Hans",), ("zh-Hans", "en"), "车辆检测"),
    ],
)
def test_a_paper_is_written_in_the_languages_of_its_place_that_have_every_text(country, translated, written, said):
    facts, text = awarded(make_cohort_in(country, *translated))
    assert facts.languages == written
    assert set(facts.title) == set(written) == set(facts.units[0].titles), "titles are kept for those languages alone"
    assert said in text and "Certificate" in text
    assert ("证书" in text.replace(" ", "")) == ("zh-Hans" in written)


@pytest.mark.django_db
def test_the_languages_are_signed_and_kept_whatever_is_translated_later():
    cohort = make_cohort_in("TH", "zh-Hans")
    assert awarded(cohort)[0].languages == ("zh-Hans", "en")
    translate(cohort, "th")
    credential = Credential.objects.get()
    assert queries.certificate_facts(credential=credential, by=VISITOR).languages == ("zh-Hans", "en")
    claims = read_message(base41.decode(credential.signed_words)).claims[-65537]
    assert claims[21] == ["zh-Hans", "en"] and set(claims[4]) == {"zh-Hans", "en"}


@pytest.mark.django_db
def test_the_preview_says_which_language_is_left_out_for_want_of_which_texts():
    cohort = make_cohort_in("TH", "zh-Hans")
    translate(cohort, "th", units=("VI-1",))
    assert preview(cohort).languages == (LanguagesOnPaper(("zh-Hans", "en"), (LeftOut("th", ("VI-2",)),)),)
    assert not preview(cohort).waiting, "nobody waits for a language that nobody named"


@pytest.mark.django_db
def test_named_languages_are_refused_text_by_text_until_they_are_whole():
    cohort = make_cohort_in("LA", "zh-Hans", learners=2)
    translate(cohort, "km", units=("VI-1",))
    cohort.curriculum_version.titles.filter(language="km").update(text_state="draft")
    name_languages("km", "en")
    found = preview(cohort)
    assert found.languages == (LanguagesOnPaper(("km", "en")),)
    assert [each.code for each in found.waiting[0].refusals] == ["TextNotReviewed"] * 2 and len(found.waiting) == 2
    with pytest.raises(NotAllReady) as refused:
        award(cohort)
    said = [str(each) for each in refused.value.problems]
    assert len(said) == 2, "each text once, however many learners"
    assert f"The title of {cohort.curriculum_version} has no reviewed text in the language “km”" in said[0]
    assert "The title of VI-2" in said[1] and "or name other languages in the layout" in said[1]
    assert not Credential.objects.exists()
    cohort.curriculum_version.titles.filter(language="km").update(text_state="reviewed")
    cohort.curriculum_version.units.get(code="VI-2").titles.create(language="km", text="ឯកតា", text_state="reviewed")
    award(cohort)
    facts = queries.certificate_facts(credential=Credential.objects.first(), by=VISITOR)
    assert facts.languages == ("km", "en") and set(facts.title) == {"km", "en"}


@pytest.mark.django_db
def test_further_kinds_are_refused_alike_and_by_the_layout_of_their_kind():
    cohort = make_cohort_in("LA", "zh-Hans", "lo")
    name_languages("th", kind=CredentialKind.UNIT)
    award(cohort)
    with pytest.raises(NotAllReady, match="ready") as refused:
        award_further(
            cohort=cohort, kind=CredentialKind.UNIT, units=["VI-1"], issuer=chongqing(), on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY
        )  # fmt: skip
    assert any("“th”" in str(each) for each in refused.value.problems)


@pytest.mark.django_db
def test_an_old_award_is_not_signed_in_a_language_that_it_has_no_texts_for_either():
    cohort = make_cohort_in("LA")
    name_languages("ur")
    with pytest.raises(TextNotReviewed, match="ur") as refused:
        award(cohort, is_history=True)
    assert "in the language “Urdu”" in sentence(refused.value), "a member reads its name"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (("tlh", "en"), "We have no words for a paper in “tlh”. There are papers in: en,"),
        (("zh-Hans", "lo", "th", "en"), "at most 3 languages"),
        (("lo", "lo"), "each of them once"),
    ],
)
def test_languages_that_no_paper_has_are_refused(languages, said):
    make_assessed_cohort(learners=1)
    with pytest.raises(BadInput) as refused:
        name_languages(*languages)
    assert any(said in str(each) for each in refused.value.problems)
    assert {each.column for each in refused.value.problems} == {"languages"}


def whole(*languages):
    return {"": dict.fromkeys(languages, "x"), "VI-1": dict.fromkeys(languages, "x")}


EVERY = whole("zh-Hans", "lo", "th", "km", "si", "ta", "ur", "my", "vi", "ko", "id", "en")


@pytest.mark.parametrize(
    ("places", "written"),
    [
        (Places("LA", "CN"), ("zh-Hans", "lo", "en")),
        (Places("LA", "LA", home="CN"), ("lo", "zh-Hans", "en")),
        (Places("LA", "TH", signers=("KH",), home="CN"), ("th", "lo", "en")),
        (Places("LK", "LK", home="CN"), ("si", "ta", "en")),
        (Places("PK", "PK", home="CN"), ("ur", "zh-Hans", "en")),
        (Places("CN", "CN", home="CN"), ("zh-Hans", "en")),
        (Places("GB", "US"), ("en",)),
        (Places("", ""), ("en",)),
    ],
)
def test_the_largest_is_that_of_the_issuer_then_that_of_the_site_then_english(places, written):
    assert choose_languages(places, EVERY).written == written
