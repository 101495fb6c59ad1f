"""One box, any script: a part of a name finds the thing, one and two Chinese characters as well."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corridor.foundations.search.finding import RANKED, find
from corridor.foundations.search.grams import asked
from corridor.foundations.search.indexing import forget, put
from corridor.foundations.search.models import Found, Gram

pytestmark = pytest.mark.django_db

NAMES = {
    "王美玲": "Wang Meiling", "ຄຳຫຼ້າ ວົງສາ": "Khamla Vongsa", "නිමාලි පෙරේරා": "Nimali Perera", "สมชาย ใจดี": "Somchai Jaidee",
    "ជា សុខា": "Chea Sokha", "မောင်မောင်": "Maung Maung", "김민수": "Kim Minsu", "محمد علی": "Muhammad Ali", "José Ñandú": "",
    "Nguyễn Văn An": "", "Suharto": "", "欧阳娜娜": "Ouyang Nana", "李": "Li",
}  # fmt: skip


@pytest.fixture
def people() -> dict[str, UUID]:
    keys = {name: uuid4() for name in NAMES}
    put("person", {key: [name, NAMES[name]] for name, key in keys.items()})
    return keys


def keys_of(words: str, **more) -> list[UUID]:
    return [hit.key for hit in find(words, **{"kinds": {"person"}, "among": {}, **more})]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("王", "王美玲"), ("美玲", "王美玲"), ("娜", "欧阳娜娜"), ("欧阳", "欧阳娜娜"), ("meiling", "王美玲"), ("WANG MEI", "王美玲"),
        ("ວົງສາ", "ຄຳຫຼ້າ ວົງສາ"), ("vongs", "ຄຳຫຼ້າ ວົງສາ"), ("පෙරේ", "නිමාලි පෙරේරා"), ("ใจดี", "สมชาย ใจดี"), ("សុខា", "ជា សុខា"),
        ("မောင်", "မောင်မောင်"), ("민", "김민수"), ("علی", "محمد علی"), ("jose", "José Ñandú"), ("nandu", "José Ñandú"), ("nguyen van", "Nguyễn Văn An"),
        ("nguyenvanan", "Nguyễn Văn An"), ("harto", "Suharto"),
    ],
)  # fmt: skip
def test_any_part_of_a_name_in_any_script_finds_it(people, words: str, name: str):
    assert people[name] in keys_of(words)


@pytest.mark.parametrize(
    ("written", "words"),
    [("陳美玲", "陈美"), ("陈美玲", "陳美"), ("鄧", "邓"), ("臺灣", "台湾"), ("مي", "می"), ("کریم", "كريم")],
)
def test_what_is_written_in_two_ways_is_found_in_either(written, words):
    key = uuid4()
    put("person", {key: [written]})
    assert keys_of(words) == [key]


@pytest.mark.parametrize("letters", [1, 2, 3, 4])
def test_the_index_finds_what_a_scan_finds(people, letters: int):
    for row in list(Found.objects.all()):
        for start in range(len(row.plain) - letters + 1):
            part = row.plain[start : start + letters]
            if asked(part) != part:
                continue  # half a sign: nobody types it
            scanned = set(Found.objects.filter(plain__contains=part).values_list("key", flat=True))
            assert set(keys_of(part, limit=200)) == scanned, part


def test_the_best_fit_comes_first(people):
    other = uuid4()
    put("person", {other: ["李小龙"]})
    assert keys_of("李") == [people["李"], other]


def test_nothing_typed_finds_nothing(people):
    assert keys_of("") == keys_of("  ·") == []


def test_only_among_those_keys(people):
    assert keys_of("王", among={"person": {people["Suharto"]}}) == []
    assert keys_of("王", among={"person": {people["王美玲"]}}) == [people["王美玲"]]
    assert keys_of("王", among={"person": set()}) == []


def test_a_kind_is_narrowed_by_its_own_keys_alone(people):
    site = uuid4()
    put("site", {site: ["王府"]})
    assert keys_of("王", kinds={"person", "site"}, among={"person": {people["Suharto"]}}) == [site]


def test_what_is_called_exactly_so_is_found_among_many_that_hold_it(people):
    put("person", {uuid4(): [f"李{chr(0x4E00 + number)}"] for number in range(RANKED + 50)})
    exact = uuid4()
    put("person", {exact: ["李"]})
    assert set(keys_of("李", limit=2)) == {exact, people["李"]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("علي", "علی"),
        ("علی", "علي"),
        ("كريم", "کریم"),
        ("محمد", "مُحَمَّد"),
        ("مُحَمَّد", "محمد"),
        ("محـــمد", "محمد"),
        ("ہاشم", "هاشم"),
        ("آمنہ", "آمنة"),
        ("احمد", "أحمد"),
        ("ﻋﻠﻲ", "علی"),
        ("ＷＡＮＧ", "Wang"),
        ("COH-２０２３", "COH-2023"),
        ("໒໐໒໓", "COH-2023"),
        ("۲۰۲۳", "COH-2023"),
    ],
    ids=[
        "Arabic yeh",
        "Farsi yeh",
        "Arabic kaf",
        "without points",
        "with points",
        "drawn out",
        "heh",
        "teh marbuta",
        "hamza",
        "forms of presentation",
        "full width",
        "digits in full width",
        "Lao digits",
        "Urdu digits",
    ],
)
def test_letters_that_are_the_same_to_a_reader_find_each_other(typed: str, kept: str):
    key = uuid4()
    put("person", {key: [kept]})
    assert keys_of(typed) == [key]


def test_what_is_put_again_is_called_as_it_is_now(people):
    put("person", {people["Suharto"]: ["Soeharto"]})
    assert keys_of("suharto") == [] and keys_of("soeharto") == [people["Suharto"]]


def test_what_is_forgotten_leaves_nothing(people):
    forget("person", people.values())
    assert not Found.objects.exists() and not Gram.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite writes them")
@pytest.mark.parametrize("words", ["王", "美玲", "王美玲", "meiling"], ids=["sign", "pair", "signs", "letters"])
@pytest.mark.usefixtures("people")
def test_a_search_begins_at_a_pair_and_not_at_every_name(words):
    with CaptureQueriesContext(connection) as statements:
        assert len(find(words, kinds={"person"}, among={})) == 1
    assert len(statements) <= 3
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statements[-1]['sql']}")
        steps = [text for _key, parent, _, text in cursor.fetchall() if parent == 0]
    assert steps[0].startswith(f"SEARCH {Gram._meta.db_table} USING"), steps
    assert not any(step.startswith("SCAN") for step in steps), steps
