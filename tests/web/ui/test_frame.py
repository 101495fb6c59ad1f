"""The frame of every page: languages, direction, light and dark, what the browser may load, the way around."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as product
from django.shortcuts import render
from django.utils import translation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]
WEB = Path(product.BASE_DIR) / "corridor" / "web"


def test_the_policy_lets_nothing_inline_and_nothing_from_a_third_party_in(client):
    policy = client.get("/public/")["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_template_style_or_script_names_an_address_elsewhere():
    ours = [path for kind in ("html", "css", "js") for path in WEB.rglob(f"*.{kind}") if "built" not in path.parts]
    assert len(ours) > 40
    # A name in RDF looks like an address; nothing is asked of it.
    names = {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
    found = {
        path.name: set(re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))) - names for path in ours
    }
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_no_template_has_an_inline_style_or_script():
    for path in WEB.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_a_page_says_its_language_and_direction(client):
    client.cookies["language"] = "zh-hans"
    assert '<html lang="zh-Hans" dir="ltr"' in client.get("/public/").content.decode()


def test_urdu_runs_from_right_to_left_with_its_own_style_sheet(rf):
    with translation.override("ur"):
        page = render(rf.get("/public/"), "base.html").content.decode()
    assert '<html lang="ur" dir="rtl"' in page
    assert "tabler.rtl.min.css" in page


def test_the_offered_languages_are_those_that_are_translated(client):
    page = client.get("/public/").content.decode()
    assert re.findall(r'name="language" value="([^"]+)"', page) == ["en", "zh-hans", "lo", "ur"]


def test_a_choice_of_language_is_kept_without_script(client):
    answer = client.post("/language/", {"language": "lo", "next": "/public/"})
    assert answer.headers["Location"] == "/public/"
    assert '<html lang="lo"' in client.get("/public/").content.decode()


def test_a_choice_of_dark_is_kept_and_can_be_forgotten(client):
    client.post("/theme/", {"theme": "dark", "next": "/public/"})
    assert 'data-bs-theme="dark"' in client.get("/public/").content.decode()
    client.post("/theme/", {"theme": "auto", "next": "/public/"})
    assert "data-bs-theme=" not in client.get("/public/").content.decode()


def test_a_choice_never_leads_to_another_site(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_field_page_loads_no_tabler(client):
    assert "tabler" not in client.get("/field/").content.decode()
    assert "tabler.min.css" in client.get("/public/").content.decode()


def test_the_example_says_on_every_page_that_its_day_is_held(client, settings):
    assert "today is held at" not in client.get("/public/").content.decode()
    settings.EXAMPLE_DAY = date(2024, 2, 2)
    for address in ("/public/", "/field/"):
        assert "today is held at Friday, 2 February 2024." in client.get(address).content.decode()


def test_a_reader_without_mouse_can_skip_to_the_content(client):
    page = client.get("/public/").content.decode()
    assert page.index('href="#main"') < page.index("<header")
    assert 'id="main"' in page
