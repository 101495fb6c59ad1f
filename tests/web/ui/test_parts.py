"""The smaller parts: what they say, and what they leave out."""

from datetime import date

from django import forms
from django.template import engines
from django.test import RequestFactory
from django.utils import translation


def render(text: str, address: str = "/", **given: object) -> str:
    return engines["django"].from_string(text).render(given, RequestFactory().get(address))


class NameForm(forms.Form):
    name = forms.CharField(label="Name", help_text="In its own script.")
    note = forms.CharField(label="Note", required=False)


def test_a_form_keeps_what_was_typed_and_says_the_no_beside_the_field():
    page = render("{{ form }}", form=NameForm({"name": "", "note": "ສະບາຍດີ"}))
    assert "ສະບາຍດີ" in page
    assert 'class="refusal' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_error"' in page
    assert "(optional)" in page


def test_the_story_is_cut_by_today_before_the_first_step_that_has_not_happened():
    steps = [
        {"day": date(2023, 5, 18), "icon": "check", "title": "Signed"},
        {"day": None, "icon": "check", "title": "Certificates", "state": "not"},
        {"day": None, "icon": "check", "title": "At work", "state": "not"},
    ]
    with translation.override("en"):
        page = engines["django"].from_string("{% story steps %}").render({"steps": steps, "today": date(2024, 2, 2)})
    assert page.index("Signed") < page.index("Today") < page.index("Certificates")
    assert page.count("story-today") == 1


def test_facts_without_a_value_are_left_out():
    page = render("{% facts rows %}", rows=[("Kind", "school"), ("City", ""), ("Since", None), ("Learners", 0)])
    assert "Kind" in page
    assert "Learners" in page
    assert "City" not in page
    assert "Since" not in page


def test_paging_keeps_the_filters():
    page = render("{% pager 'ANN-2023-007' %}", "/announcements/?state=silent")
    assert 'href="?state=silent&amp;after=ANN-2023-007"' in page


def test_a_last_page_has_no_next_one():
    assert "after=" not in render("{% pager '' %}", "/announcements/?after=x&state=silent")


def test_tabs_mark_the_one_that_the_address_names():
    page = render(
        "{% tabs 'state' options 'State' %}", "/?state=silent", options=[("", "All", 21), ("silent", "Silent", 2)]
    )
    assert 'href="?state=silent" aria-current="true"' in page
    assert "#volume-off" in page


def test_a_level_of_the_walk_holds_what_stands_inside():
    page = render("{% walk_step 2 'rows' 'Rows' here=True %}<p>250 rows</p>{% endwalk_step %}")
    assert 'class="walk-step is-here" id="rows"' in page
    assert "<p>250 rows</p>" in page


def test_foreign_text_is_never_markup():
    page = render("{% facts rows %}{% note said %}{% refusal said %}", rows=[("<b>", "<i>")], said="<script>")
    assert "<script>" not in page
    assert "<i>" not in page


def test_a_check_that_was_not_looked_at_does_not_look_like_one_that_passed():
    text = "{% include 'partials/check_row.html' %}"
    passed = render(text, row={"result": "pass", "name": "Signature", "word": "fits"})
    skipped = render(text, row={"result": "not_looked_at", "name": "Status", "word": "not looked at"})
    assert "#check" in passed
    assert "check--none" in skipped
    assert "#check" not in skipped


def test_rows_of_the_ledger_the_desk_signatures_and_documents_say_their_words():
    row = {
        "status": "silent",
        "icon": "link",
        "title": "Scholarships",
        "name": "Colombo",
        "own_name": "කොළඹ",
        "own_language": "si",
        "text": "Nothing was heard.",
        "url": "/announcements/ANN-2023-006/",
        "reference": "ANN-2023-006",
        "day": date(2023, 12, 31),
        "is_late": True,
        "verb": "Report",
        "word": "33 days late",
        "fingerprint": "ab" * 32,
    }
    with translation.override("en"):
        ledger = render("{% include 'partials/ledger_row.html' %}", row=row)
        owed = render("{% include 'partials/owed_row.html' %}", row=row)
        signature = render("{% include 'partials/signature_row.html' %}", row=row)
        document = render("{% include 'partials/document_row.html' %}", row=row)
    assert "is-silent" in ledger
    assert 'class="is-late">31 December 2023' in ledger
    assert 'Report<span class="vh">: Scholarships</span>' in owed
    assert 'lang="si">කොළඹ' in signature
    assert "abab abab abab … abab" in document
