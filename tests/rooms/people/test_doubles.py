"""Likely doubles are found across scripts and romanisations, explained, answered by a person, and a merge can be taken back."""

from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people.actions import answer_different, merge_person, search_doubles, unmerge_person
from corridor.rooms.people.merging import final_person_ids
from corridor.rooms.people.models import LikelyDouble
from corridor.rooms.people.queries import count_doubles, get_double, list_doubles, list_persons, list_undone_merges
from corridor.rooms.people.refusals import NotMerged
from tests.factories.actors import make_actor
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
BORN = date(1990, 4, 13)


def at(day: int) -> datetime:
    return datetime(2024, 1, day, tzinfo=UTC)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def bounmy(reference, romanised, **more):
    given = {
        "own_name": romanised,
        "own_language": "lo-Latn",
        "romanised_name": "",
        "born_on": BORN,
        "sex": "male",
    } | more
    return make_person(reference, **given)


@pytest.fixture
def three():
    return [
        bounmy("b-1", "Bounmy Sisavath", own_name="ບຸນມີ ສີສະຫວາດ", own_language="lo", residence_country="LA"),
        bounmy("b-2", "BUNMI SISAVAT", residence_country="LA"),
        bounmy("b-3", "Sysavath Boun-my"),
    ]


def pairs(by, answer="open"):
    return {(each.one.reference, each.other.reference) for each in list_doubles(by=by, answer=answer)}


def test_one_person_under_three_romanisations_is_found(secretariat, three):
    for number, name in enumerate(["Somchai Rattana", "Nimali Perera", "Khamla Vongsa", "Siti Aminah"]):
        make_person(f"other-{number}", own_name=name, own_language="en", romanised_name="", born_on=BORN)
    found = search_doubles(at=at(2), by=secretariat)
    assert pairs(secretariat) == {("b-1", "b-2"), ("b-1", "b-3"), ("b-2", "b-3")}
    assert (found.persons, found.likely, found.new) == (7, 3, 3)


def test_chinese_characters_and_pinyin_meet(secretariat):
    make_person("mei", romanised_name="", born_on=BORN)
    make_person("mei-2", own_name="CHEN, Mei", own_language="en", romanised_name="", born_on=BORN)
    search_doubles(at=at(2), by=secretariat)
    assert pairs(secretariat) == {("mei", "mei-2")}


def test_another_day_of_birth_or_another_sex_speaks_against_it(secretariat):
    bounmy("b-1", "Bounmy Sisavath")
    bounmy("b-2", "Bounmy Sisavath", born_on=date(1979, 1, 2))
    search_doubles(at=at(2), by=secretariat)
    assert pairs(secretariat) == set()


def test_the_score_is_explained(secretariat, three):
    search_doubles(at=at(2), by=secretariat, members={three[0].pk: {three[0].pk}, three[1].pk: {three[0].pk}})
    pair = LikelyDouble.objects.get(one=three[0], other=three[1])
    side = get_double(key=pair.pk, by=secretariat)
    assert [clue.code for clue in side.clues] == ["name", "born", "country", "sex"]
    assert pair.score == 100


def test_what_somebody_answered_is_not_asked_again(secretariat, three):
    search_doubles(at=at(2), by=secretariat)
    pair = LikelyDouble.objects.get(one=three[0], other=three[1])
    with pytest.raises(BadInput):
        answer_different(pair=pair.pk, reason=" ", at=at(3), by=secretariat)
    answer_different(pair=pair.pk, reason="Father and son", at=at(3), by=secretariat)
    with pytest.raises(NotFound):
        answer_different(pair=pair.pk, reason="Again", at=at(3), by=secretariat)
    assert search_doubles(at=at(4), by=secretariat).new == 0
    assert ("b-1", "b-2") not in pairs(secretariat)
    assert count_doubles(by=secretariat) == {"open": 2, "different": 1, "merged": 0}


def test_a_pair_that_is_no_longer_likely_goes(secretariat, three):
    search_doubles(at=at(2), by=secretariat)
    three[2].born_on = date(1950, 1, 1)
    three[2].save()
    search_doubles(at=at(3), by=secretariat, among={three[2].pk})
    assert pairs(secretariat) == {("b-1", "b-2")}


def test_a_merge_answers_the_pair_and_taking_it_back_brings_both(secretariat, three):
    one, other, _ = three
    search_doubles(at=at(2), by=secretariat)
    merge_person(person=other, into=one, at=at(5), reason="Same passport", by=secretariat)
    assert pairs(secretariat, "merged") == {("b-1", "b-2")}
    back = unmerge_person(person=other, at=at(9), reason="Cousins", by=secretariat)
    assert back.merged_into is None
    assert other in list_persons(by=secretariat).rows
    assert pairs(secretariat, "different") == {("b-1", "b-2")}
    assert [each.undone_because for each in list_undone_merges(person=one, by=secretariat)] == ["Cousins"]


def test_what_was_known_before_it_was_taken_back_stays_known(secretariat, three):
    one, other, third = three
    merge_person(person=other, into=one, at=at(5), reason="Same passport", by=secretariat)
    unmerge_person(person=other, at=at(9), reason="Cousins", by=secretariat)
    merge_person(person=other, into=third, at=at(12), reason="Now surely", by=secretariat)
    known = [final_person_ids([other.pk], at=at(day))[other.pk] for day in (4, 6, 10, 13)]
    assert known == [other.pk, one.pk, other.pk, third.pk]


def test_only_a_merge_that_stands_is_taken_back_with_a_reason_by_the_secretariat(secretariat, three):
    one, other, _ = three
    with pytest.raises(NotMerged):
        unmerge_person(person=other, at=at(9), reason="x", by=secretariat)
    merge_person(person=other, into=one, at=at(5), reason="Same passport", by=secretariat)
    with pytest.raises(NotMerged):
        unmerge_person(person=other, at=at(5), reason="x", by=secretariat)
    with pytest.raises(BadInput):
        unmerge_person(person=other, at=at(9), reason="", by=secretariat)
    for role in ("auditor", "site_manager", "council"):
        with pytest.raises(AccessDenied):
            unmerge_person(person=other, at=at(9), reason="x", by=make_actor(role))
        with pytest.raises(AccessDenied):
            search_doubles(at=at(9), by=make_actor(role))
