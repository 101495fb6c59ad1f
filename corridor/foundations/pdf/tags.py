"""Which piece of a document's structure each part of a page belongs to, and parts that become one."""

import re
from collections import defaultdict
from collections.abc import Iterable

from .objects import Objects

_TREE = re.compile(rb"/ParentTree<</Nums\[([^]]*)\]")
_PAIR = re.compile(rb"(\d+) (\d+) 0 R")
_KEY = re.compile(rb"/StructParents (\d+)")
_PARENT = re.compile(rb"(\d+) 0 R|null")
_KIDS = re.compile(rb"/K\[([^]<]*)\]")
_KID = re.compile(rb"(\d+ 0 R)|(\d+)")


class PageTags:
    """The pieces that the parts of a page belong to. Parts are known by their numbers."""

    def __init__(self, objects: Objects, number: int | None) -> None:
        self._objects, self._number = objects, number
        # 0: to none
        self._pieces = [int(each or 0) for each in _PARENT.findall(objects[number])] if number is not None else []
        self._parts: dict[int, set[bytes]] = {}
        self._gone: dict[int, set[int]] = defaultdict(set)

    def are_one(self, first: int, other: int) -> bool:
        """Whether both belong to one piece, which holds them as plain numbers."""
        if max(first, other) >= len(self._pieces) or self._pieces[first] != self._pieces[other]:
            return False
        piece = self._pieces[first]
        if piece not in self._parts:
            held = _KIDS.search(self._objects.get(piece, b""))
            self._parts[piece] = {part for _, part in _KID.findall(held[1])} if held else set()
        return b"%d" % other in self._parts[piece]

    def swallow(self, parts: Iterable[int]) -> None:
        """These are parts of the one before them from now on."""
        for each in parts:
            self._gone[self._pieces[each]].add(each)

    def write(self) -> None:
        """What became one is written down."""
        if self._number is None or not self._gone:
            return
        for piece, gone in self._gone.items():
            names = {b"%d" % each for each in gone}
            self._objects[piece] = _KIDS.sub(lambda found, names=names: _without(found[1], names), self._objects[piece])  # type: ignore[misc]
            for each in gone:
                self._pieces[each] = 0
        written = (b"%d 0 R" % each if each else b"null" for each in self._pieces)
        self._objects[self._number] = b"[%b]" % b" ".join(written)


class Tags:
    """The structure of a document."""

    def __init__(self, objects: Objects) -> None:
        tree = next((_TREE.search(body) for body in objects.values() if b"/ParentTree" in body), None)
        self._objects = objects
        self._arrays = {int(key): int(number) for key, number in _PAIR.findall(tree[1])} if tree else {}
        self._pages: list[PageTags] = []

    def of_page(self, page: bytes) -> PageTags:
        key = _KEY.search(page)
        found = PageTags(self._objects, self._arrays.get(int(key[1])) if key else None)
        self._pages.append(found)
        return found

    def write(self) -> None:
        """The same for all its pages."""
        for page in self._pages:
            page.write()


def _without(held: bytes, names: set[bytes]) -> bytes:
    return b"/K[%b]" % b" ".join(found[0] for found in _KID.finditer(held) if found[2] not in names)
