"""One word per thing: docs/words.md says which, and which words stand for the same thing elsewhere and are refused here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import messages

from .source import ROOT, plant, trees

# Names of standards and of other people's fields that hold a refused word: the identifier, and why it stays.
ALLOWED_NAMES: dict[str, str] = {
    "OpenBadgeCredential": "a type of the Open Badges standard",
    "OPEN_BADGES": "the Open Badges standard",
}
ALLOWED_PHRASES = re.compile(r"open badges?|of course", re.IGNORECASE)


class Words(NamedTuple):
    in_names: frozenset[str]
    in_sentences: frozenset[str]


def read_words(text: str) -> Words:
    """The last two columns of the table in docs/words.md."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    columns = [{word.strip().lower() for row in rows[2:] for word in row[n].split(",")} - {""} for n in (-2, -1)]
    return Words(frozenset(columns[0]), frozenset(columns[1]))


def names(root: Path) -> Iterator[tuple[str, str]]:
    """Every name that our code gives: of files, classes, functions, arguments and variables."""
    for file, tree in trees(root, "corridor"):
        yield Path(file).stem, file
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name, f"{file}:{node.lineno}"
            elif isinstance(node, ast.arg):
                yield node.arg, f"{file}:{node.lineno}"
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, f"{file}:{node.lineno}"


def wrong_names(root: Path, words: Words) -> list[str]:
    return [
        f"{where}: {name}"
        for name, where in names(root)
        if name not in ALLOWED_NAMES and any(_one(part) in words.in_names for part in _parts(name))
    ]


def wrong_sentences(sentences: dict[str, str], words: Words) -> list[str]:
    """``sentences`` maps each English sentence to where it stands."""
    refused = re.compile(rf"\b(?:{'|'.join(sorted(words.in_sentences))})(?:s|es)?\b", re.IGNORECASE)
    return [
        f"{where}: {text!r}"
        for text, where in sentences.items()
        if refused.search(ALLOWED_PHRASES.sub("", _visible(text)))
    ]


def _parts(name: str) -> list[str]:
    return [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def _one(word: str) -> str:
    return word.removesuffix("s") if word != "class" else word


def _visible(sentence: str) -> str:
    """Without tags and without the names of places."""
    return re.sub(r"<[^>]*>|%\(\w+\)\w|\{\w*\}", " ", sentence)


def our_words() -> Words:
    return read_words((ROOT / "docs" / "words.md").read_text(encoding="utf-8"))


def our_sentences() -> dict[str, str]:
    found = {}
    for message in messages.sentences(messages.collect(ROOT)).values():
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            found[text] = ", ".join(file for file, _ in message.locations)
    return found


def test_the_table_is_read():
    assert {"partner", "program", "badge"} <= our_words().in_names
    assert {"partner", "class", "batch"} <= our_words().in_sentences


def test_names_use_the_alliance_s_words():
    assert wrong_names(ROOT, our_words()) == []


def test_sentences_use_the_alliance_s_words():
    assert wrong_sentences(our_sentences(), our_words()) == []


def test_a_second_name_for_a_member_is_caught(tmp_path: Path):
    plant(tmp_path, "corridor/rooms/members/models.py", "class PartnerOrg: ...\ndef list_partners(*, by): ...\n")
    assert len(wrong_names(tmp_path, our_words())) == 2


def test_a_second_name_for_a_cohort_is_caught_in_a_sentence():
    found = wrong_sentences({"Close the class": "a.html", "A first-class <b class='x'>site</b>": "b.html"}, our_words())
    assert found[0] == "a.html: 'Close the class'"


def test_the_name_of_a_standard_is_no_second_name():
    assert wrong_sentences({"Download as Open Badges 3.0": "a.html"}, our_words()) == []
