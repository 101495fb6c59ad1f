"""What a sheet would change is said to people by the words of choices and by their days; files and machines keep their own."""

import json
import re

import pytest
from django.utils.translation import override

from corridor.journeys.import_sheets import KINDS
from corridor.rooms.people.models import Person
from corridor.web.imports.said import told_value
from tests.factories.people import make_person

from .test_import_pages import go_on, secretariat, send

__all__ = ["secretariat"]

SHEET = (
    "reference,name,born on,country,name order,e-mail confirmed,e-mail\n"
    "khamla,ຄຳຫຼ້າ,2001-01-31,LA,family name first,2024-01-20,k@example.la\n"
)


@pytest.fixture
def page(secretariat):
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo")
    Person.objects.filter(reference="khamla").update(
        born_on="2001-01-30", residence_country="TH", name_order="given_first"
    )
    send(secretariat, SHEET)
    held, answer = go_on(secretariat)
    return held, answer


def shifts(html):
    return [
        tuple(re.sub("<[^>]+>", "", part).strip() for part in each)
        for each in re.findall(r"<dt>(.*?)</dt><dd><del>(.*?)</del>.*?<ins>(.*?)</ins>", html, re.DOTALL)
    ]


def test_the_page_says_words_and_days_and_the_record_of_the_import_keeps_codes(secretariat, page):
    held, answer = page
    told = {column: (old, new) for column, old, new in shifts(secretariat.get(answer["Location"]).content.decode())}
    assert told["Day of birth"] == ("30 January 2001", "31 January 2001")
    assert told["Country of residence"] == ("Thailand", "Laos")
    assert told["What is said first"] == ("Given name first", "Family name first")
    assert told["E-mail confirmed on"] == ("–", "20 January 2024")
    kept = {each[0]: each[2] for each in json.loads(held.verdicts.get().said)["changes"]}
    assert (kept["born_on"], kept["residence_country"], kept["name_order"]) == ("2001-01-31", "LA", "family_first")
    remarks = secretariat.get(f"/imports/{held.pk}/remarks/").content.decode("utf-8-sig")
    assert "2001-01-31" in remarks and "31 January" not in remarks


def test_the_first_rows_are_shown_as_a_reader_says_them(secretariat, page):
    held, _answer = page
    text = secretariat.get(f"/imports/{held.pk}/columns/").content.decode()
    assert "31 January 2001" in text and "Family name first" in text and "Laos" in text


@pytest.mark.parametrize(
    ("kind", "column", "written", "language", "said"),
    [
        ("people", "born_on", "2001-01-31", "zh-hans", "2001年1月31日"),
        ("people", "residence_country", "LA", "zh-hans", "老挝"),
        ("people", "own_language", "lo", "en", "Lao (lo)"),
        ("people", "phone", "+8562055512345; +85621212121", "en", "+8562055512345; +85621212121"),
        ("people", "phone_confirmed_on", "2024-01-20; ?", "en", "20 January 2024; ?"),
        ("people", "own_name", "2001-01-31", "en", "2001-01-31"),
        ("units", "remove", "yes", "en", "Yes"),
        ("members", "kind", "school", "en", "School"),
        ("people", "sex", "", "en", ""),
    ],
    ids=["day", "country", "language", "numbers", "days", "name", "yes", "choice", "empty"],
)  # fmt: skip
def test_a_value_is_said_in_the_reader_s_language(kind, column, written, language, said):
    with override(language):
        assert told_value(KINDS[kind].column(column), written) == said


def test_what_a_column_of_another_day_held_is_shown_as_it_was():
    assert told_value(None, "female") == "female"
