"""Looking for a name among 200,000 in seven scripts: against the bare index of the database, and against reading all of them."""

import random
from collections.abc import Iterator
from functools import partial
from itertools import batched
from uuid import UUID

from django.db import connection, transaction

from corridor.foundations.search.finding import find
from corridor.foundations.search.grams import asked
from corridor.foundations.search.indexing import put

from . import stores
from .measuring import Result, mean_milliseconds

COUNT, ROUNDS, SHOWN = 200_000, 5, 20
KIND = "person"
TENTH_OF_A_SECOND = 100.0
# Letters and syllables of names, by script.
PARTS = {
    "Latin": ["ba", "den", "ko", "lan", "mi", "nor", "pa", "ri", "sa", "tu", "vel", "xin", "yo", "zha"],
    "Chinese": [*"陈李王张刘杨黄赵周吴徐孙马朱胡林郭何高罗川渝江海山明德光华丽敏静强军平刚伟芳娜秀英慧巧美"],
    "Lao": ["ຄຳ", "ຫຼ້າ", "ແກ້ວ", "ວົງ", "ສີ", "ພອນ", "ບຸນ", "ມະ", "ນີ", "ທອງ", "ໃຈ", "ດາວ"],
    "Thai": ["สม", "ชาย", "หญิง", "วัน", "ดี", "พร", "ทอง", "ศรี", "บุญ", "มา", "ลี", "แก้ว"],
    "Burmese": ["အောင်", "မြင့်", "သန်း", "ခင်", "လှ", "မောင်", "ဝင်း", "ထွန်း", "စိုး", "ကျော်"],
    "Korean": [*"김이박최정강조윤장임한오서신권황안송류홍민지수현영"],
    "Urdu": ["محمد", "علی", "خان", "احمد", "حسن", "فاطمہ", "بانو", "اقبال", "رضا", "زینب"],
}
SPACED = {"Latin", "Lao", "Thai", "Urdu"}


def measure(seconds: float, count: int = COUNT) -> list[Result]:
    with stores.kept("searching"):
        for part in batched(_names(count), 5_000):
            put(KIND, {key: [name] for key, name in part})
        _make_bare_index()
        found = [_one(words, what, seconds, count) for words, what in _questions()]
    return [result for results in found for result in results]


def _names(count: int) -> Iterator[tuple[UUID, str]]:
    draw = random.Random(11)
    scripts = list(PARTS)
    for number in range(count):
        script = scripts[number % len(scripts)]
        length = draw.choice([2, 3, 3, 4]) if script in {"Chinese", "Korean"} else draw.choice([4, 5, 6])
        parts = [draw.choice(PARTS[script]) for _ in range(length)]
        if script in SPACED:
            parts.insert(length // 2, " ")
        yield UUID(int=number + 1), "".join(parts)


def _questions() -> list[tuple[str, str]]:
    return [
        ("陈", "one Chinese character"),
        ("川渝", "two Chinese characters"),
        ("김", "one Hangul syllable"),
        ("陈美华", "three Chinese characters"),
        ("den", "three letters"),
        ("bakolan", "seven letters"),
        ("ແກ້ວວົງ", "two Lao syllables"),
        ("บุญศรี", "two Thai syllables"),
        ("qqqxq", "letters that nobody bears"),
    ]


def _one(words: str, what: str, seconds: float, count: int) -> list[Result]:
    ask = partial(find, words, kinds=[KIND], among={}, limit=SHOWN)
    letters = asked(words)
    scanned = _scan(letters)
    hits = {hit.key for hit in ask()}
    if not hits <= scanned or len(hits) != min(len(scanned), SHOWN):
        raise SystemExit(f"{words}: the index finds {len(hits)}, reading all finds {len(scanned)}")
    is_long = len(letters) >= 3
    ours, bare, whole = [], [], []
    for _ in range(ROUNDS):
        ours.append(mean_milliseconds(ask, seconds / 10))
        whole.append(mean_milliseconds(lambda: _scan(letters), seconds / 10))
        if is_long:
            bare.append(mean_milliseconds(lambda: _ask_bare_index(letters), seconds / 10))
    name = f"search {count:,} names for {what}"
    note = f"{len(scanned):,} fit"
    results = [
        Result.of(name, "a tenth of a second", "ms", ours, [TENTH_OF_A_SECOND] * ROUNDS, goal=1, note=note),
        # A scan is what short words are measured by; it is told of long ones too.
        Result.of(name, "reading all names", "ms", ours, whole, goal=None if is_long else 0.2),
    ]
    if is_long:
        results.append(
            Result.of(name, "the bare index of trigrams", "ms", ours, bare, goal=3, note="which ranks nothing")
        )
    return results


def _scan(letters: str) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM search_found WHERE plain LIKE %s", [f"%{letters}%"])
        return {UUID(str(key)) for (key,) in cursor.fetchall()}


def _make_bare_index() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if stores.is_sqlite():
            cursor.execute("CREATE VIRTUAL TABLE bare USING fts5(plain, key UNINDEXED, tokenize='trigram')")
            cursor.execute("INSERT INTO bare(plain, key) SELECT plain, key FROM search_found")
        else:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("CREATE TEMPORARY TABLE bare AS SELECT plain, key FROM search_found")
            cursor.execute("CREATE INDEX ON bare USING gin (plain gin_trgm_ops)")
    if not stores.is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _ask_bare_index(letters: str) -> list[tuple[object]]:
    statement = (
        "SELECT key FROM bare WHERE plain MATCH %s"
        if stores.is_sqlite()
        else "SELECT key FROM bare WHERE plain ILIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT {SHOWN}", [f'"{letters}"' if stores.is_sqlite() else f"%{letters}%"])
        return list(cursor.fetchall())
