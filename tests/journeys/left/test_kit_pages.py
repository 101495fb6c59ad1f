"""The pages and the README of a kit speak every language of the house, and need nothing of it any more."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.kit_pages import Held, Told, Verifier, held_page, marked_sentences
from corridor.rooms.credentials.kits import make_kit
from corridor.rooms.credentials.models import Credential
from corridor.rooms.members.models import Organisation, OrganisationName
from tests.factories.credentials import award, make_alliance_key, make_assessed_cohort

AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
TAGS = ["en", "zh-Hans", "lo", "ur", "km"]
SAID = "Revoked on %(since)s (%(why)s). The status is of %(as_of)s."


@pytest.fixture
def member() -> Organisation:
    award(make_assessed_cohort(learners=2))
    make_alliance_key()
    (revoked, _held) = Credential.objects.order_by("reference")
    actions.revoke_credential(credential=revoked, on=AT.date(), at=AT, by=NIGHTLY, why=Why.MISCONDUCT)
    actions.sign_issuers(on=AT.date(), at=AT, by=NIGHTLY)
    return Organisation.objects.get(reference="chongqing")


def files_of(member: Organisation) -> dict[str, str]:
    return make_kit(member, on=AT.date(), at=AT, verifier=Verifier("export {};", (SAID, "Never said."))).files


def section(page: str, tag: str) -> str:
    return re.search(rf'<section id="{tag}" lang="{tag}"[^>]*>(.*?)</section>', page, re.DOTALL).group(1)


@pytest.mark.django_db
def test_every_page_says_everything_in_every_language(member: Organisation):
    OrganisationName.objects.update_or_create(
        organisation=member, kind="official", language="zh-Hans", defaults={"name": "重庆职业技术学院"}
    )
    files = files_of(member)
    held = next(
        text for name, text in files.items() if re.fullmatch(r"site/c/\w+/index.html", name) and "Revoked" in text
    )
    for page in (files["site/index.html"], held):
        assert re.findall(r'<section id="([\w-]+)"', page) == TAGS
        assert re.findall(r'<a href="#([\w-]+)" hreflang="\1"', page) == TAGS
        assert 'lang="ur" dir="rtl"' in page and page.count("<!doctype html>") == 1
    assert "重庆职业技术学院" in section(files["site/index.html"], "zh-Hans")
    for tag, revoked, day in (
        ("en", "Revoked", "2 February 2024"),
        ("zh-Hans", "已撤销", "2024年2月2日"),
        ("lo", "ຖອນ", "2 ກຸມພາ 2024"),
    ):
        assert revoked in section(held, tag) and day in section(held, tag)
    assert 'src="../../language.js"' in held and 'src="language.js"' in files["site/index.html"]
    assert files["site/language.js"].startswith("//")


@pytest.mark.django_db
def test_the_page_that_verifies_takes_its_words_from_the_catalogues_of_that_day(member: Organisation):
    page = files_of(member)["site/verify/index.html"]
    words = json.loads(re.search(r'<script id="words" type="application/json">(.*?)</script>', page).group(1))
    assert list(words) == TAGS
    assert words["en"]["headings"]["valid"] == "Genuine and in force" and words["en"]["reasons"] == {}
    for tag in TAGS[1:]:
        assert set(words[tag]["say"]) == set(words["en"]["say"])
        told = words[tag]["reasons"][SAID]
        assert set(re.findall(r"%\((\w+)\)s", told)) == {"since", "why", "as_of"}
        assert words[tag]["headings"]["revoked"] != words["en"]["headings"]["revoked"]
        assert words[tag]["whys"]["misconduct"] != words["en"]["whys"]["misconduct"]
        assert "Never said." not in words[tag]["reasons"]
    assert page.count("<noscript><p lang=") == 1 and 'lang="km"' in page.partition("<noscript>")[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "own"), [("CN", "退盟资料包"), ("LA", "ຊຸດເອກະສານ"), ("PK", "دستخط"), ("KH", "ហត្ថលេខា"), ("TH", None)]
)
def test_the_readme_is_in_english_and_in_the_language_of_the_country(
    member: Organisation, country: str, own: str | None
):
    member.country = country
    text = files_of(member)["README.txt"]
    assert text.startswith("LEAVING KIT of ") and settings.PUBLIC_URL in text
    parts = text.split("=" * 78)
    assert len(parts) == (2 if own else 1)
    for part in parts:
        assert "./run verify THIS_FOLDER" in part and "keys.sealed.json" in part and "chongqing" in part
    if own:
        assert own in parts[1]


def test_names_and_addresses_cannot_become_markup():
    told = Told({"en": "A <b>college</b> & sons"}, date(2024, 2, 2))
    page = held_page(told, Held('CRD-1"><script>', date(2024, 1, 1), "Issued", "0" * 64, ["proof.json"]), up="../../")
    assert "<b>college" not in page and page.count("<script") == 1
    assert "A &lt;b&gt;college&lt;/b&gt; &amp; sons" in page


def test_what_scripts_may_say_is_read_where_it_is_marked():
    assert marked_sentences(['a(N_("It ended on %(ends)s."));', 'b(N_("Say \\"no\\".")); c("not marked")']) == (
        "It ended on %(ends)s.", 'Say "no".',
    )  # fmt: skip


@pytest.mark.django_db
def test_a_kit_bears_the_name_of_its_day_and_no_former_one(member: Organisation):
    OrganisationName.objects.filter(organisation=member, kind="official").delete()
    for name, valid_from, valid_before in (
        ("Chongqing University", date(2024, 1, 1), None),
        ("Chongqing School", None, date(2024, 1, 1)),
    ):
        OrganisationName.objects.create(
            organisation=member, kind="official", language="en", name=name, valid_from=valid_from, valid_before=valid_before
        )  # fmt: skip
    files = files_of(member)
    assert json.loads(files["kit.json"])["name"] == "Chongqing University"
    assert "Chongqing University" in files["README.txt"] and "Chongqing School" not in files["README.txt"]
    pages = [text for name, text in files.items() if name.endswith("index.html") and text.startswith("<!doctype html>")]
    assert pages and not [page for page in pages if "Chongqing School" in page]
