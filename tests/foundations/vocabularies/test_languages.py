"""Languages and countries are named from CLDR; a reader gets the text nearest to their language."""

import pytest

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES, country_name, country_of_zone, is_country
from corridor.foundations.vocabularies.languages import (
    bcp47,
    choose,
    django_code,
    is_language,
    language_name,
    own_name,
)

TEXTS = {"zh-Hans": "车辆检测", "lo": "ການກວດກາພາຫະນະ", "en": "Vehicle inspection"}


@pytest.mark.parametrize(
    ("code", "tag"), [("zh-hans", "zh-Hans"), ("pt-br", "pt-BR"), ("en", "en"), ("fil", "fil"), ("zh-Hans", "zh-Hans")]
)
def test_codes_and_tags_are_two_spellings(code, tag):
    assert bcp47(code) == tag
    assert django_code(tag) == code.lower()


def test_a_reader_gets_their_own_language():
    assert choose(TEXTS, "zh-hans") == ("车辆检测", "zh-Hans")
    assert choose(TEXTS, "lo") == ("ການກວດກາພາຫະນະ", "lo")


def test_then_the_same_language_in_another_form_then_english_then_any():
    assert choose(TEXTS, "zh-Hant")[1] == "zh-Hans"
    assert choose(TEXTS, "si")[1] == "en"
    assert choose({"th": "ตรวจสภาพรถ"}, "si") == ("ตรวจสภาพรถ", "th")


def test_an_empty_text_is_no_text():
    assert choose({"lo": "", "en": "Inspection"}, "lo") == ("Inspection", "en")
    assert choose({}, "lo") == ("", "")


def test_countries_are_named_in_the_language_of_the_reader():
    assert country_name("LA", "zh-hans") == "老挝"
    assert country_name("LA") == "Laos"
    assert country_name("LK", "lo") == "ສີລັງກາ"
    assert country_name("HK", "en").startswith("Hong Kong")
    assert country_name("ZZ9", "en") == "ZZ9"


def test_groups_and_test_codes_are_no_countries():
    assert len(KNOWN_COUNTRIES) == 249
    assert is_country("HK")
    assert not any(is_country(code) for code in ("EU", "UN", "ZZ", "XA", "la", "", "LAO"))


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Asia/Vientiane", "LA"), ("Asia/Shanghai", "CN"), ("Asia/Chongqing", "CN"), ("PRC", "CN"), ("Asia/Saigon", "VN"), ("Asia/Rangoon", "MM"),
        ("Asia/Calcutta", "IN"), ("Asia/Katmandu", "NP"), ("Asia/Kathmandu", "NP"), ("UTC", ""), ("Etc/UTC", ""), ("Nowhere/Land", ""),
    ],
)  # fmt: skip
def test_a_zone_is_of_its_country_by_each_of_its_names(zone, country):
    assert country_of_zone(zone) == country


def test_languages_are_named_in_another_and_in_themselves():
    assert language_name("lo", "zh-Hans") == "老挝语"
    assert language_name("zh-Hans", "en") == "Simplified Chinese"
    assert own_name("lo") == "ລາວ"
    assert language_name("qqq") == "qqq"
    assert not is_language("qqq")
