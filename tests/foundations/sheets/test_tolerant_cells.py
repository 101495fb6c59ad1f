"""Cells as people fill them: read where one meaning is possible, refused with a way out where two are."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import amount, decimal
from corridor.foundations.sheets.cells.phones import phone
from corridor.foundations.sheets.cells.reading import PLAIN, CannotRead, How, Mended
from corridor.foundations.sheets.cells.texts import text
from corridor.foundations.sheets.cells.words import country, yes_no


def read(reader, cell, how=PLAIN):
    value = reader.read(cell, how)
    return value.value if isinstance(value, Mended) else value


@pytest.mark.parametrize(
    ("cell", "how"),
    [
        ("2024-01-31", PLAIN), ("31/01/2024", PLAIN), ("๓๑/๐๑/๒๕๖๗", How(buddhist="yes")), ("２０２４－０１－３１", PLAIN),
        ("၃၁-၀၁-၂၀၂၄", PLAIN), ("٣١/٠١/٢٠٢٤", PLAIN), ("2024年1月31日", PLAIN), ("31 ມັງກອນ 2024", PLAIN), ("พ.ศ. 2567/01/31", PLAIN),
        (45322, PLAIN), ("45322", PLAIN), ("31.01.2024\u00a0", PLAIN), (date(2567, 1, 31), How(buddhist="yes")), ("2024-01-31 00:00:00", PLAIN),
    ],
)  # fmt: skip
def test_one_day_in_many_ways(cell, how):
    assert read(day, cell, how) == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("03/04/2024", "day_order"),
        ("31/01/2567", "day_buddhist"),
        ("1/2/24", "day_short_year"),
        ("31/02/2024", "day"),
        ("12", "day"),
    ],
)
def test_a_day_that_two_people_read_in_two_ways_is_refused_with_a_way_out(cell, rule):
    with pytest.raises(CannotRead) as refused:
        day.read(cell, PLAIN)
    assert (refused.value.rule, bool(refused.value.fix)) == (rule, True)


def test_an_answer_about_the_order_decides():
    assert read(day, "03/04/2024", How(order="dmy")) == date(2024, 4, 3)
    assert read(day, "03/04/2024", How(order="mdy")) == date(2024, 3, 4)


@pytest.mark.parametrize(
    "cell", ["1.234,50", "1,234.50", "1 234,50", "1\u00a0234.50", "１,２３４.５０", "๑,๒๓๔.๕๐", 1234.5]
)
def test_one_number_in_many_ways(cell):
    assert read(decimal(2), cell) == Decimal("1234.5")


def test_a_number_with_one_separator_is_asked_about():
    with pytest.raises(CannotRead) as refused:
        decimal(3).read("1.234", PLAIN)
    assert refused.value.rule == "number_separator"
    assert read(decimal(3), "1.234", How(decimal="comma")) == 1234


def test_an_amount_names_its_currency():
    assert str(read(amount(), "1.234,50 LAK")) == "1234.50 LAK"
    assert str(read(amount(), "฿1,234.50")) == "1234.50 THB"
    with pytest.raises(CannotRead):
        amount().read("1234.50", PLAIN)


def test_a_rounded_telephone_number_is_refused_and_a_lost_zero_is_put_back():
    with pytest.raises(CannotRead) as refused:
        phone.read("8.56E+11", PLAIN)
    assert (refused.value.rule, "text" in refused.value.fix) == ("phone_lost_digits", True)
    assert read(phone, 2055512345, How(country="LA")) == "+8562055512345"
    assert read(phone, 8562055512345) == "+8562055512345"
    with pytest.raises(CannotRead):
        phone.read("020 5551 2345", PLAIN)


def test_zawgyi_is_turned_only_where_somebody_said_so():
    zawgyi, unicode = "\u103b\u1019\u1014\u1039\u1019\u102c\u1005\u102c", "မြန်မာစာ"
    assert read(text(), zawgyi) == zawgyi
    assert read(text(), zawgyi, How(zawgyi="yes")) == unicode


@pytest.mark.parametrize("cell", ["Laos", "LA", "老挝", "ລາວ", "ลาว", "Lao PDR", "lao pdr "])
def test_one_country_in_many_languages(cell):
    assert read(country, cell) == "LA"


@pytest.mark.parametrize(
    ("cell", "answer"), [("ใช่", True), ("ບໍ່", False), ("是", True), ("ہاں", True), ("no", False), ("아니요", False)]
)
def test_yes_and_no_in_twelve_languages(cell, answer):
    assert read(yes_no, cell) is answer
