"""Records that may be one organisation are found across scripts and spellings, and only what changed is compared again."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.members import actions
from corridor.rooms.members.doubles import Rarity, Seen, clues_between, counted, kilometres
from corridor.rooms.members.models import OrganisationPair
from corridor.rooms.members.refusals import PairSettled
from tests.factories.actors import make_actor
from tests.factories.members import make_alliance, make_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2024, 1, 18, 9, tzinfo=UTC)
PLACES = ["Chengdu", "Mianyang", "Luzhou", "Yibin", "Deyang", "Nanning", "Qinzhou", "Guiyang", "Kunming", "Lanzhou", "Haikou", "Xining"]  # fmt: skip


@pytest.fixture
def crowd():
    """Schools and companies with names of common words, so that the search learns which words are common."""
    make_alliance()
    for number, place in enumerate(PLACES):
        for kind, tail in (("school", "Vocational and Technical College"), ("company", "Machinery Co., Ltd.")):
            make_organisation(f"{kind}-{number}", kind=kind, city=place, names={"en": f"{place} {tail}"})
    for number, place in enumerate(
        ["成都", "绵阳", "泸州", "宜宾", "德阳", "南宁", "钦州", "贵阳", "昆明", "兰州", "海口", "西宁"]
    ):
        make_organisation(f"zh-{number}", city=f"city {number}", names={"zh-Hans": f"{place}交通职业技术学院"})


def look(**more):
    return actions.look_for_doubles(at=AT, by=NIGHTLY, **more)


def pairs():
    return {frozenset((pair.one.reference, pair.other.reference)) for pair in OrganisationPair.objects.all()}


def test_one_organisation_under_two_spellings_is_found_and_its_neighbours_are_not(crowd):
    make_organisation("bright-a", country="LA", city="Vientiane", names={"en": "Vientiane Bright Future Institute"})
    make_organisation("bright-b", country="LA", city="Viengchan", names={"en": "Inst. Bright-Future of Vientiane"})
    look()
    assert frozenset(("bright-a", "bright-b")) in pairs()
    assert pairs() == {frozenset(("bright-a", "bright-b"))}


def test_one_organisation_in_two_scripts_is_found(crowd):
    make_organisation("chuanyu-zh", city="Chongqing", names={"zh-Hans": "川渝交通职业技术学院"})
    make_organisation("chuanyu-en", city="Chongqing", names={"en": "Chuanyu Vocational and Technical College"})
    make_organisation("lao", country="LA", city="Pakse", names={"lo": "ວິທະຍາໄລ ສີພັນດອນ"})
    make_organisation("latin", country="LA", city="Pakse", names={"en": "Vithanyalai Siphandon"})
    look()
    assert frozenset(("chuanyu-zh", "chuanyu-en")) in pairs()
    assert frozenset(("lao", "latin")) in pairs()


def test_a_shared_number_is_found_whatever_the_names_say(crowd):
    one = make_organisation("one", city="Colombo", country="LK", names={"en": "Sandaras Institute"})
    other = make_organisation("other", city="Colombo", country="LK", names={"en": "Lanka Training Centre"})
    one.identifiers.create(scheme="duns", value="150483782")
    other.identifiers.create(scheme="iso6523", value="0060:150483782")
    look()
    assert pairs() == {frozenset(("one", "other"))}


def test_only_what_changed_is_compared_again(crowd):
    first = look()
    assert first.compared == 36
    assert look().compared == 0
    late = make_organisation("late", city="Chengdu", names={"en": "Chengdu Vocational & Technical College"})
    again = look()
    assert (again.compared, pairs()) == (1, {frozenset(("late", "school-0"))})
    late.names.update(name="Something Else Entirely")
    assert look().compared == 1
    assert pairs() == set()


def test_an_incremental_search_finds_what_a_whole_one_finds(crowd):
    look()
    make_organisation("late", city="Mianyang", names={"en": "Mian Yang Vocational and Technical College"})
    look()
    step_by_step = {(pair.one_id, pair.other_id, pair.score) for pair in OrganisationPair.objects.all()}
    look(everything=True)
    assert {(pair.one_id, pair.other_id, pair.score) for pair in OrganisationPair.objects.all()} == step_by_step
    assert step_by_step


def test_not_the_same_is_remembered_and_can_be_taken_back(crowd):
    secretariat = make_actor("secretariat")
    make_organisation("late", city="Chengdu", names={"en": "Chengdu Vocational & Technical College"})
    look()
    pair = OrganisationPair.objects.get()
    with pytest.raises(BadInput):
        actions.keep_apart(pair=pair, reason=" ", by=secretariat)
    actions.keep_apart(pair=pair, reason="Two schools in one town", by=secretariat)
    with pytest.raises(PairSettled):
        actions.keep_apart(pair=pair, reason="Again", by=secretariat)
    assert look(everything=True).waiting == 0
    actions.ask_again(pair=pair, by=secretariat)
    assert look(everything=True).waiting == 1


def test_a_coordinator_looks_for_no_doubles():
    with pytest.raises(AccessDenied):
        actions.look_for_doubles(at=AT, by=make_actor("coordinator"))


def seen(key, name, **more):
    facts = {"country": "LA", "city": "Vientiane", "kind": "school", "place": None, "identifiers": frozenset(), **more}
    return Seen(key=key, names=(name,), **facts)


def test_the_score_says_what_speaks_for_and_against():
    one = seen(1, "Vientiane Bright Institute", place=(17.97, 102.61))
    other = seen(2, "Bright Institute Vientiane", country="TH", city="Bangkok", kind="company", place=(13.75, 100.5))
    clues = {clue.code: clue for clue in clues_between(one, other, Rarity(counted([one, other]), of=2))}
    assert set(clues) == {"name", "other_country", "other_kind", "far"}
    assert clues["name"].places["percent"] == "100"
    assert clues["far"].places["km"] == "521"
    assert clues_between(one, seen(3, "Wholly Different"), Rarity({}, of=2)) == []


def test_kilometres_are_along_the_great_circle():
    assert round(kilometres((29.56, 106.55), (17.97, 102.61))) == 1349
