"""Which of many things are worth comparing: those that share a key. Comparing each with each would never end."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from .letters import latin_forms
from .sounds import bones

# A key that hundreds share says little; who is alike shares a rarer one too.
MOST_IN_A_BLOCK = 120
_WORDS_LOOKED_AT = 6


def block_keys(names: Iterable[str], *, aside: Collection[str] = ()) -> frozenset[str]:
    """
    The keys of a thing with these names: the consonants of each two of its words in alphabetical order, of all of them as one word,
    and these in whatever order.

    So "Chen Mei", "MEI Chen" and "Chenmei" share a key, "Bounmy Sisavath" and "Sysavath Boun-my", and 陈美 and "Chén Měi".
    ``aside`` are words that half of all such
    names hold ("university"): they make no key while another word is there.
    """
    keys = set()
    for name in names:
        for form in latin_forms(name):
            words = form.split()
            telling = [word for word in words if word not in aside] or words
            heard = [bone for bone in (bones(word) for word in telling[:_WORDS_LOOKED_AT]) if bone]
            for one, other in combinations(sorted(set(heard)), 2):
                keys.add(f"{one} {other}")
            joined = bones("".join(telling))
            keys.add(f"={joined[:12]}")
            keys.add(f"~{''.join(sorted(joined))[:16]}")
    return frozenset(keys)


def pairs_to_compare[K: Hashable](
    keys_of: Mapping[K, Iterable[str]], *, among: Collection[K] | None = None, most: int = MOST_IN_A_BLOCK
) -> Iterator[tuple[K, K]]:
    """
    Every two things that share a key, once, in the order in which the things stand in ``keys_of``.

    With ``among``, only pairs in which one of them stands: what a search after a few changes looks at. Keys that more than ``most`` things
    share are left out.
    """
    place = {thing: number for number, thing in enumerate(keys_of)}
    holders: dict[str, list[K]] = defaultdict(list)
    for thing, keys in keys_of.items():
        for key in keys:
            holders[key].append(thing)
    wanted = None if among is None else set(among)
    seen: set[tuple[int, int]] = set()
    for block in holders.values():
        if not 1 < len(block) <= most:
            continue
        for one, other in combinations(block, 2):
            if wanted is not None and one not in wanted and other not in wanted:
                continue
            both = (place[one], place[other])
            if both not in seen:
                seen.add(both)
                yield one, other
