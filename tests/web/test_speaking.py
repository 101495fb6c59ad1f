"""Khmer is spoken by the pages of the workshop: these whole, and no other page in part."""

import io

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import trans_real
from pikepdf import Pdf

from corridor.web.speaking import PAGES
from tests.factories.assessment import make_assessor, make_decision
from tests.factories.credentials import SIGNED_AT, make_alliance_key, make_credential
from tests.factories.training import make_cohort, make_enrolment, make_session
from tests.web.people_at_work import make_colleague
from tests.web.readers import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def bounmy(today):
    """A trainer and assessor before a register of today, and a learner of the same cohort beside them."""
    person, browser = make_colleague("bounmy")
    cohort = make_cohort(learners=2, trainers=[person])
    make_session(cohort, on=today)
    browser.cookies["language"] = "km"
    return browser


@pytest.fixture
def khamla():
    person, browser = make_colleague("khamla")
    cohort = make_cohort("COH-2023-042")
    enrolment = make_enrolment(cohort, person=person, number=1)
    make_session(cohort, status="locked")
    make_decision(enrolment, cohort.curriculum_version.units.first(), assessor=make_assessor(cohort))
    browser.cookies["language"] = "km"
    return browser


@pytest.fixture
def lacking(monkeypatch) -> set[str]:
    """The sentences of our own that a page asked Khmer for, and had to say in English."""
    ours = {key if isinstance(key, str) else key[0] for key in trans_real.translation("lo")._catalog._catalogs[0]}
    found: set[str] = set()
    read = trans_real.TranslationCatalog.get

    def get(self, key, default=None):
        said = read(self, key, default)
        plain = key[0] if isinstance(key, tuple) else key
        if trans_real.get_language() == "km" and said is default and plain in ours:
            found.add(plain)
        return said

    monkeypatch.setattr(trans_real.TranslationCatalog, "get", get)
    return found


@pytest.mark.parametrize(
    "address",
    ["/registers/", "/registers/phone/", "/registers/phone/data/", "/cohorts/COH-2023-041/sessions/1/", "/judging/", "/judging/phone/"],
)  # fmt: skip
def test_the_pages_of_a_trainer_and_assessor_are_whole_in_khmer(bounmy, lacking, address):
    answer = bounmy.get(address)
    assert answer.status_code == 200
    if "html" in answer["Content-Type"]:
        assert 'lang="km"' in text_of(answer)
    assert lacking == set()


def test_the_page_of_signing_is_whole_in_khmer(bounmy, lacking):
    bounmy.post("/cohorts/COH-2023-041/sessions/1/", {"version": "1", "seats": "1 2", "exception": "2", "x2": "late"})
    assert 'lang="km"' in text_of(bounmy.get("/cohorts/COH-2023-041/sessions/1/sign/"))
    assert lacking == set()


def test_a_learner_s_path_is_whole_in_khmer(khamla, lacking):
    assert 'lang="km"' in text_of(khamla.get("/learn/"))
    assert lacking == set()


def test_a_report_is_saved_in_the_language_of_the_page_on_which_it_was_asked_for(client, settings, lacking):
    settings.EXAMPLE_DAY = SIGNED_AT.date()
    make_alliance_key()
    held = make_credential().token
    client.cookies["language"] = "km"
    assert 'lang="km"' in text_of(client.get(f"/c/{held}/verify/"))
    report = client.get(f"/c/{held}/verify/report.pdf")
    with Pdf.open(io.BytesIO(report.content)) as pdf:
        assert str(pdf.Root.Lang).startswith("km")
    assert lacking == set()


def test_another_page_is_whole_in_the_language_that_comes_next(bounmy):
    page = text_of(bounmy.get("/cohorts/"))
    assert 'lang="en"' in page
    assert not any("ក" <= letter <= "៿" for letter in page)
    assert 'lang="lo"' in text_of(bounmy.get("/cohorts/", headers={"Accept-Language": "lo"}))


def test_khmer_is_offered_where_it_is_spoken(bounmy):
    assert 'value="km"' in text_of(bounmy.get("/registers/"))
    assert 'value="km"' not in text_of(bounmy.get("/cohorts/"))


def test_every_page_of_the_workshop_is_one():
    assert set(get_resolver().reverse_dict) >= PAGES
    assert {code for code, _name in settings.WORKSHOP_LANGUAGES}.isdisjoint(dict(settings.LANGUAGES))
