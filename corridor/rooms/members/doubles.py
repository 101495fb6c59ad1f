"""
How alike two records of organisations are, and why: pure, from what the records say.

Names are compared word by word. A word counts by how rare it is among all names ("college" says little, a place's or a founder's name
says much), learned from the names themselves, in whatever language: no list of legal forms is kept.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import asin, cos, log, radians, sin, sqrt
from uuid import UUID

from rapidfuzz import fuzz

from corridor.foundations.likeness.letters import is_han, latin_forms, plain, squeezed
from corridor.foundations.likeness.scoring import Clue, score_of
from corridor.kernel.wording import N_, CountryCode

# What each thing that two records have in common is worth. Their sum, held between 0 and 100, is the score; a pair is shown from LEAST.
WEIGHTS = {
    "name": 70,  # times how alike the most alike two names are
    "identifier": 60,  # one and the same number, in two registers that share it
    "city": 15,  # the same city, as it is spelled
    "near": 15,  # within NEAR km, where no city speaks for it
    "far": -25,  # more than FAR km apart
    "country": 10,
    "other_country": -40,
    "other_identifier": -30,  # two numbers in a register that gives one each
    "kind": 5,
    "other_kind": -10,
}
LEAST = 78
NEAR, FAR = 5.0, 150.0
_EARTH = 6371.0
# Half the weight of a name of common words alone is not enough to be shown.
_LEAST_ALIKE = 0.55
_TELLS_LITTLE = 0.35
# What a common word weighs, a rare one being 1; and what it weighs beside its translation.
_LITTLE, _LITTLE_SIGN, _NOTHING = 0.15, 0.06, 0.03
_SPELLED_ALIKE, _LETTERS_ALIKE = 0.75, 0.8
_MOST_FORMS = 8
_A_NUMBER = 8
ONE_EACH = {"ror", "uscc", "lei"}


@dataclass(frozen=True)
class Seen:
    """What is compared of one organisation."""

    key: UUID
    names: tuple[str, ...]
    country: str
    city: str
    kind: str
    place: tuple[float, float] | None
    identifiers: frozenset[tuple[str, str]]

    def looks_like(self) -> str:
        """Changes when anything that is compared changes."""
        said = (sorted(self.names), self.country, self.city, self.kind, self.place, sorted(self.identifiers))
        return sha256(repr(said).encode()).hexdigest()

    def numbers(self) -> frozenset[str]:
        """Its numbers without the register: a D-U-N-S number stands also in a code of ISO 6523."""
        bare = {value.rpartition(":")[2] for _, value in self.identifiers}
        return frozenset(value for value in bare if len(value) >= _A_NUMBER)


def words_of(name: str) -> frozenset[str]:
    """Every word that a name is compared by: those of its Latin forms, and the Chinese characters one by one."""
    words = {word for form in latin_forms(name) for word in form.split()}
    return frozenset(words | ({sign for sign in plain(name) if sign != " "} if is_han(name) else set()))


class Rarity:
    """How much a word tells, from 0 for one that every tenth organisation has to 1 for one that a single organisation has."""

    def __init__(self, counts: Mapping[str, int], *, of: int) -> None:
        """``counts`` says for each word in how many of the ``of`` organisations it stands."""
        self._counts = counts
        # Two or three of one word are no crowd: among few organisations every word tells.
        self._crowd = log(max(of / 10, 20))

    def of(self, word: str) -> float:
        return max(0.0, 1.0 - log(max(self._counts.get(word, 1), 1)) / self._crowd)

    def common(self) -> frozenset[str]:
        """Words that tell little; they make no key by themselves."""
        return frozenset(word for word in self._counts if self.of(word) <= _TELLS_LITTLE)


def counted(seen: Iterable[Seen]) -> Counter[str]:
    """In how many of these organisations each word stands."""
    counts: Counter[str] = Counter()
    for each in seen:
        counts.update({word for name in each.names for word in words_of(name)})
    return counts


def alike(one: str, other: str, rarity: Rarity, *, cities: Collection[str] = ()) -> float:
    """
    From 0 to 1: the share of the telling words that both names have, each found in the other as well as it is spelled alike.

    Words of ``cities`` (in plain Latin letters) tell little: where the two are is another clue. Between two scripts, common words tell
    nothing: they are translated, not spelled.
    """
    if plain(one) == plain(other):
        return 1.0
    if is_han(one) and is_han(other):
        # Signs tell more than their sounds, which many share.
        return _both_ways(
            [*plain(one).replace(" ", "")], [*plain(other).replace(" ", "")], _weigher(rarity, (), _LITTLE_SIGN)
        )
    weigh = _weigher(rarity, cities, _LITTLE if _script(one) == _script(other) else _NOTHING)
    best = max((_both_ways(a, b, weigh) for a in _forms(one) for b in _forms(other)), default=0.0)
    if _script(one) == _script(other) == "other":
        # Lao, Thai, Khmer and Myanmar part words as the writer likes: letters are compared as well, where most are the same.
        letters = fuzz.ratio(squeezed(one), squeezed(other)) / 100
        return max(best, letters if letters >= _LETTERS_ALIKE else 0.0)
    return best


Weigh = Callable[[str], float]


def _weigher(rarity: Rarity, cities: Collection[str], least: float) -> Weigh:
    joined = [city.replace(" ", "") for city in cities]

    def weigh(word: str) -> float:
        if word.isascii() and (len(word) < 3 or any(word in city for city in joined)):
            return least
        return max(least, rarity.of(word))

    return weigh


@lru_cache(maxsize=100_000)
def _forms(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(form.split()) for form in sorted(latin_forms(name))[:_MOST_FORMS])


def _both_ways(here: Sequence[str], there: Sequence[str], weigh: Weigh) -> float:
    if "".join(here) == "".join(there):
        return 1.0
    return (_found(here, there, weigh) + _found(there, here, weigh)) / 2


def _found(words: Sequence[str], among: Sequence[str], weigh: Weigh) -> float:
    """The share of the words, by weight, that stand among the others."""
    there = frozenset(among)
    whole = _run_together(words, there) | (_parts_of(among) & frozenset(words))
    weight = found = 0.0
    for word in words:
        tells = weigh(word)
        weight += tells
        found += tells * (1.0 if word in there or word in whole else _best(word, among))
    return found / weight if weight else 0.0


def _best(word: str, among: Sequence[str]) -> float:
    if len(word) < 3:
        return 0.0
    # "Inst." stands for "Institute".
    if any(each.startswith(word) or (len(each) > 2 and word.startswith(each)) for each in among):
        return 0.9
    best = max((fuzz.ratio(word, each) for each in among), default=0.0) / 100
    return best if best >= _SPELLED_ALIKE else 0.0


def _run_together(words: Sequence[str], there: Collection[str]) -> frozenset[str]:
    """The words that, two or three written as one, stand there: "chuan yu" for "chuanyu"."""
    return frozenset(
        word
        for size in (2, 3)
        for start in range(len(words) - size + 1)
        if "".join(words[start : start + size]) in there
        for word in words[start : start + size]
    )


def _parts_of(among: Sequence[str]) -> frozenset[str]:
    """What two or three neighbours among them make, written as one."""
    return frozenset("".join(among[start : start + size]) for size in (2, 3) for start in range(len(among) - size + 1))


def clues_between(one: Seen, other: Seen, rarity: Rarity) -> list[Clue]:
    """Everything that speaks for and against their being one, the heaviest first; empty where no two names are alike."""
    best, mine, theirs = _most_alike(one, other, rarity)
    shared = sorted(one.numbers() & other.numbers())
    if best < _LEAST_ALIKE and not shared:
        return []
    clues = [
        Clue("name", round(WEIGHTS["name"] * best), N_("“%(one)s” and “%(other)s” are %(percent)s per cent alike."),
             {"one": mine, "other": theirs, "percent": str(round(best * 100))})
    ]  # fmt: skip
    clues += [
        Clue("identifier", WEIGHTS["identifier"], N_("Both have the number %(value)s in a public register."), {"value": value})
        for value in shared[:1]
    ]  # fmt: skip
    clues += _apart_by_number(one, other) if not shared else []
    clues += [*_of_place(one, other), *_of_kind(one, other)]
    return sorted(clues, key=lambda clue: -abs(clue.points))


def _most_alike(one: Seen, other: Seen, rarity: Rarity) -> tuple[float, str, str]:
    """
    How alike the names are, with the most alike two: in each script that both have, the best two; the mean of these.

    So two companies whose Chinese names end alike, but whose English names do not, are not taken for one. Names in different scripts are
    compared where the two have no script in common, or nothing alike in it.
    """
    cities = latin_forms(one.city) | latin_forms(other.city)
    by_script: dict[str, list[tuple[str, str]]] = {}
    across = []
    for mine in one.names:
        for theirs in other.names:
            if _script(mine) == _script(theirs):
                by_script.setdefault(_script(mine), []).append((mine, theirs))
            else:
                across.append((mine, theirs))
    found = [_best_of(names, rarity, cities) for names in by_script.values()]
    if found:
        alike_in_mean = sum(best for best, _, _ in found) / len(found)
        if alike_in_mean >= _LEAST_ALIKE or len(found) > 1:
            _, mine, theirs = max(found)
            return alike_in_mean, mine, theirs
    return max([*found, _best_of(across, rarity, cities)])


def _best_of(names: list[tuple[str, str]], rarity: Rarity, cities: Collection[str]) -> tuple[float, str, str]:
    found = ((alike(mine, theirs, rarity, cities=cities), mine, theirs) for mine, theirs in names)
    return max(found, default=(0.0, "", ""))


@lru_cache(maxsize=100_000)
def _script(name: str) -> str:
    return "han" if is_han(name) else "latin" if plain(name).isascii() else "other"


def _apart_by_number(one: Seen, other: Seen) -> list[Clue]:
    mine, theirs = dict(one.identifiers), dict(other.identifiers)
    return [
        Clue("other_identifier", WEIGHTS["other_identifier"], N_("They have different numbers in the register %(scheme)s."),
             {"scheme": scheme})
        for scheme in sorted(ONE_EACH & set(mine) & set(theirs))[:1]
    ]  # fmt: skip


def _of_place(one: Seen, other: Seen) -> list[Clue]:
    clues = []
    if one.country == other.country:
        clues.append(
            Clue("country", WEIGHTS["country"], N_("Both are in %(country)s."), {"country": CountryCode(one.country)})
        )
    else:
        places: dict[str, str] = {"one": CountryCode(one.country), "other": CountryCode(other.country)}
        clues.append(
            Clue("other_country", WEIGHTS["other_country"], N_("One is in %(one)s, the other in %(other)s."), places)
        )
    same_city = bool(latin_forms(one.city) & latin_forms(other.city))
    apart = kilometres(one.place, other.place) if one.place and other.place else None
    if same_city:
        clues.append(Clue("city", WEIGHTS["city"], N_("Both are in the city of %(city)s."), {"city": one.city}))
    if apart is not None and apart > FAR:
        clues.append(Clue("far", WEIGHTS["far"], N_("They are %(km)s km apart."), {"km": str(round(apart))}))
    elif apart is not None and apart <= NEAR and not same_city:
        clues.append(Clue("near", WEIGHTS["near"], N_("They are %(km)s km apart."), {"km": str(round(apart))}))
    return clues


def _of_kind(one: Seen, other: Seen) -> list[Clue]:
    if one.kind == other.kind:
        return [Clue("kind", WEIGHTS["kind"], N_("Both are of one kind."))]
    return [Clue("other_kind", WEIGHTS["other_kind"], N_("They are of different kinds."))]


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Along the great circle, on a round earth; degrees north and east."""
    (north, east), (north_too, east_too) = (tuple(map(radians, point)) for point in (here, there))
    half = sin((north_too - north) / 2) ** 2 + cos(north) * cos(north_too) * sin((east_too - east) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def scored(one: Seen, other: Seen, rarity: Rarity) -> int:
    """From 0 to 100. Two in different countries reach LEAST by a common number alone: their names need not be compared."""
    if one.country != other.country and not one.numbers() & other.numbers():
        return 0
    return score_of(clues_between(one, other, rarity))
