"""The list of persons finds a name however its letters are written, as the search box does."""

import pytest

from corridor.foundations.likeness.han import simplified
from corridor.journeys.keep_index import rebuild_index
from corridor.rooms.people.finding import letters_of
from corridor.rooms.people.models import NameKey
from corridor.rooms.people.queries import list_persons
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "language", "asked"),
    [
        ("陳美", "zh-Hant", "陈美"), ("陈美", "zh-Hans", "陳"), ("كريم علي", "ar", "کریم"), ("محمد علی", "ur", "علي"),
        ("مُحَمَّد", "ar", "محمد"), ("สมชาย ๒", "th", "2"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_way_of_writing_it(name, language, asked):
    make_person("one", own_name=name, own_language=language, romanised_name="")
    make_person("nimali", own_name="නිමාලි", own_language="si", romanised_name="")
    assert [each.reference for each in list_persons(by=make_actor("secretariat"), search=asked).rows] == ["one"]


def test_signs_that_are_no_chinese_stay_as_they_are():
    assert [simplified(text) for text in ("Chen", "ຄຳຫຼ້າ", "陳", "後裡")] == ["Chen", "ຄຳຫຼ້າ", "陈", "后里"]
    assert "陈美" in letters_of("P-1", ["陳美"])


def test_a_rebuild_writes_the_letters_of_the_list_anew():
    person = make_person("one", own_name="陳美", own_language="zh-Hant", romanised_name="")
    NameKey.objects.filter(person=person).delete()
    NameKey.objects.create(person=person, letters="陳美")
    assert not list_persons(by=make_actor("secretariat"), search="陈美").rows
    rebuild_index(by=NIGHTLY)
    assert list_persons(by=make_actor("secretariat"), search="陈美").rows == [person]
