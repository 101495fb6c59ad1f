"""Days, numbers and places as the reader writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation

from corridor.web.ui import days, languages

DAY = date(2024, 1, 18)


def render(text: str, **given: object) -> str:
    return engines["django"].from_string(text).render(given)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "18 January 2024"), ("zh-hans", "2024年1月18日"), ("lo", "18 ມັງກອນ 2024")]
)
def test_a_day_is_written_in_the_language_of_the_page(language, text):
    with translation.override(language):
        assert render("{{ day|day }}", day=DAY) == text


def test_an_instant_is_told_in_the_zone_of_the_place(settings):
    settings.HOME_ZONE = "Asia/Shanghai"
    at = datetime(2024, 1, 25, 0, 10, tzinfo=UTC)
    with translation.override("en"):
        assert days.instant_text(at) == "25 January 2024, 08:10"
        assert render('{{ at|instant:"Asia/Vientiane" }}', at=at) == "25 January 2024, 07:10"


def test_a_period_is_said_with_both_days_inside():
    with translation.override("en"):
        assert days.period_text(date(2022, 10, 10), date(2024, 1, 19)) == "10 October 2022 to 18 January 2024"
        assert days.period_text(DAY, date(2024, 1, 19)) == "18 January 2024"
        assert days.period_text(DAY, None) == "since 18 January 2024"
        assert days.period_text(None, date(2024, 1, 19)) == "until 18 January 2024"


def test_a_distance_counts_days():
    with translation.override("en"):
        assert days.distance_text(date(2024, 1, 31), DAY) == "in 13 days"
        assert days.distance_text(DAY, DAY) == "today"
        assert days.distance_text(date(2024, 1, 17), DAY) == "1 day ago"


def test_a_share_never_stands_without_its_two_numbers():
    with translation.override("en"):
        assert days.share_text(5, 9) == "5 of 9 (55.6%)"
        assert days.share_text(0, 0) == "0 of 0"


def test_a_printed_share_gets_the_decimal_sign_of_the_reader():
    with translation.override("en"):
        assert render("{{ '38.2%'|printed_share }}") == "38.2%"
    with translation.override("lo"):
        assert render("{{ '38.2%'|printed_share }} {% num 2914 %}") == "38,2% 2.914"


def test_places_and_languages_have_names_in_the_language_of_the_page():
    with translation.override("en"):
        assert render("{{ 'LA'|country_name }}, {{ 'lo'|language_name }}") == "Laos, Lao"
    with translation.override("zh-hans"):
        assert languages.country_name("LA") == "老挝"
        assert languages.zone_city("Asia/Vientiane") == "万象"


def test_a_number_is_grouped_and_opens_only_where_it_leads_somewhere():
    with translation.override("en"):
        assert render("{% num 2914 '/rows/' %}") == '<a class="num" href="/rows/">2,914</a>'
        assert render("{% num 2914 %}") == "2,914"


def test_tags_of_languages_are_those_of_html():
    assert [languages.html_lang(code) for code in ("zh-hans", "en", "ur")] == ["zh-Hans", "en", "ur"]
    assert [languages.direction(code) for code in ("ur", "lo")] == ["rtl", "ltr"]


@pytest.mark.parametrize(
    ("language", "minutes", "text"),
    [
        ("en", 0, "0 minutes"), ("en", 1, "1 minute"), ("en", 534, "8 hours, 54 minutes"), ("en", 1440, "1 day"),
        ("en", 3001, "2 days, 2 hours"), ("zh-hans", 534, "8小时54分钟"), ("ur", 60, "1 گھنٹہ"), ("km", 1440, "1 ថ្ងៃ"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_said_in_its_two_largest_parts(language, minutes, text):
    with translation.override(language):
        assert render("{{ minutes|duration }}", minutes=minutes) == text
