"""What differs between two contents of an agreement: by field, and within a field by words."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .canonical import Content

# Scripts that are written without spaces between words: there each letter with its marks is compared.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff65"
    "\U00020000-\U0003134f]"
)
_PLAIN = ("kind", "parent", "renews", "announcement", "starts_on", "ends_before")


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stand on this side alone."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Difference:
    """
    One field that two versions say differently.

    ``field`` is starts_on, ends_before, kind, parent, renews, announcement, party, title, standing, clause or line; ``place`` which of them (a
    member, a language, a number), ``language`` in which its words are. None: it does not stand on that side.
    """

    field: str
    place: str
    language: str
    before: str | None
    after: str | None

    def pieces(self) -> tuple[list[Piece], list[Piece]]:
        """Both sides in words, with what differs marked."""
        return by_words(self.before or "", self.after or "")


def differences(before: Content, after: Content) -> list[Difference]:
    """Every field that differs: period and what it hangs on first, then parties, the texts language by language, and lines by number."""
    found = [
        Difference(name, "", "", before[name], after[name]) for name in _PLAIN if before[name] != after[name]
    ]  # fmt: skip
    for member in sorted(before["parties"].keys() | after["parties"].keys()):
        old, new = before["parties"].get(member), after["parties"].get(member)
        if old != new:
            found.append(Difference("party", member, "", old, new))
    for language in sorted(before["texts"].keys() | after["texts"].keys()):
        found += _of_text(language, before["texts"].get(language), after["texts"].get(language))
    for number in sorted(before["lines"].keys() | after["lines"].keys(), key=int):
        old_line, new_line = before["lines"].get(number, {}), after["lines"].get(number, {})
        if old_line == new_line:
            continue
        for language in sorted(old_line.keys() | new_line.keys()):
            if old_line.get(language) != new_line.get(language):
                found.append(
                    Difference("line", number, language, old_line.get(language), new_line.get(language))
                )  # fmt: skip
    return found


def _of_text(language: str, before: Content | None, after: Content | None) -> Iterator[Difference]:
    if before == after:
        return
    for name in ("title", "standing"):
        old, new = before[name] if before else None, after[name] if after else None
        if old != new:
            yield Difference(name, language, language, old, new)
    for place, old, new in paired_clauses(before["clauses"] if before else [], after["clauses"] if after else []):
        yield Difference("clause", place, language, old, new)


def paired_clauses(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str | None, str | None]]:
    """The clauses that differ, each with its number (in the later text, or in the earlier one where it is gone)."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            for offset, (old, new) in enumerate(zip_longest(before[i1:i2], after[j1:j2])):
                yield str((j1 if new is not None else i1) + offset + 1), old, new


def words_of(text: str) -> list[str]:
    """The words of a text, with its spaces; in scripts without spaces each letter with its marks is a word. Joined they are the text."""
    found: list[str] = []
    is_open = False  # whether the next letter of a spaced script goes on with the last word
    for letter in text:
        if found and unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"}:
            found[-1] += letter
        elif letter.isspace() or _UNSPACED.match(letter):
            found.append(letter)
            is_open = False
        elif letter.isalnum() and is_open:
            found[-1] += letter
        else:
            found.append(letter)
            is_open = letter.isalnum()
    return found


def by_words(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; what stands on one side alone is marked."""
    old, new = words_of(before), words_of(after)
    # What both begin and end with is most of it, and needs no matching.
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    _add(sides, old[:head], new[:head], differs=False)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes():
        _add(sides, inner_old[i1:i2], inner_new[j1:j2], differs=tag != "equal")
    _add(sides, old[len(old) - tail :], new[len(new) - tail :], differs=False)
    return sides


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words they begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _add(sides: tuple[list[Piece], list[Piece]], old: Sequence[str], new: Sequence[str], *, differs: bool) -> None:
    for side, words in zip(sides, (old, new), strict=True):
        if not words:
            continue
        if side and side[-1].differs == differs:
            side[-1] = Piece(side[-1].text + "".join(words), differs)
        else:
            side.append(Piece("".join(words), differs))
