"""Readers that the sheet of members does not use."""

from datetime import date, datetime

import pytest

from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.columns import Unreadable


def test_several_values_stand_in_one_cell():
    assert read.many(read.reference(20))("VI-1; VI-2 ;") == ("VI-1", "VI-2")
    assert read.many(read.reference(20)).empty == ()
    with pytest.raises(Unreadable, match="says the same twice"):
        read.many(read.reference(20))("a;a")
    with pytest.raises(Unreadable, match="“b b” is no reference"):
        read.many(read.reference(20))("a;b b")


def test_a_local_time_has_no_zone_of_its_own():
    assert read.local_time("2023-03-01 08:30") == datetime(2023, 3, 1, 8, 30)  # noqa: DTZ001 (the site's zone is put to it later)
    assert read.local_time(datetime(2023, 3, 1, 8, 30)).hour == 8  # noqa: DTZ001
    for wrong in ("2023-03-01", "2023-03-01 24:30", "2023-02-29 08:30", date(2023, 3, 1)):
        with pytest.raises(Unreadable):
            read.local_time(wrong)


@pytest.mark.parametrize(
    "tag", ["en", "zh-Hans", "lo", "th", "km", "my", "si", "ta", "ur", "id", "ko", "fil", "lo-Latn"]
)
def test_languages_of_the_corridor_are_known(tag):
    assert read.language(tag) == tag


@pytest.mark.parametrize("tag", ["zh-hans", "xx", "english", "EN", "lo-Lxyz"])
def test_what_is_no_language_is_refused(tag):
    with pytest.raises(Unreadable, match="is no language"):
        read.language(tag)


def test_yes_and_no_and_user_names():
    assert read.yes_no("Yes") is True
    assert read.yes_no("no") is False
    with pytest.raises(Unreadable):
        read.yes_no("maybe")
    assert read.user_name("mei.chen@site") == "mei.chen@site"
    with pytest.raises(Unreadable):
        read.user_name("mei chen")


def test_numbers_of_a_workbook_are_written_as_people_write_them():
    assert read.reference(10)(2024.0) == "2024"
    assert str(read.decimal(5)(106.55107)) == "106.55107"
    with pytest.raises(Unreadable):
        read.whole()(True)
