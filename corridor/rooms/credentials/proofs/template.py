"""
A cohort's credentials from one template: what all of them say is composed, walked and hashed once, and each learner's own is put in.

The composer runs once with marks in the places that differ (``_SLOTS``); its statements and its JSON become format strings. Blank nodes
without a mark keep their hash; the others are hashed for each credential. A template holds nothing about a person.

It must give byte for byte what ``composing.issue`` gives. So each is tried on two nasty learners before it is used, one credential in fifty
is read again in full, and whatever is not plain (look-alike blank nodes, rare characters, an address that is none) is issued the long way.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from .complete import require_complete
from .composing import compose_credential, hashed_identifier, issue
from .contexts import bundled
from .data_integrity import SigningKey, as_text, document_hash, sign_digest
from .facts import CredentialFacts, Learner
from .literals import quoted
from .rdfc import Statement
from .refusals import CannotRead
from .shape import check_shape
from .status_lists import StatusEntry
from .terms import ABSOLUTE, HandOver
from .walk import walk

_CHECKED_EVERY = 50
_MARK = "zq7slot"
_INDEX = 918_273_645
_NASTY = ('"\\\n\t\u2028 é ຄຳ 100%s {0} %(x)s', "ນາງ \u0001\x7f %% }{ </script>")


@dataclass(frozen=True)
class _Values:
    """What differs: as N-Quads and as JSON write it, by slot."""

    quads: tuple[str, ...]
    json: tuple[str, ...]


class NoTemplate(Exception):
    """These facts, or one learner's, cannot be put into a template: they are issued the long way."""


def issue_text(facts: CredentialFacts, *, key: SigningKey, created: datetime, number: int = 0) -> str:
    """
    The text of one signed credential, the same as that of ``composing.issue``. ``number`` counts in a batch: every fiftieth is read again.

    Raises what ``composing.issue`` raises.
    """
    require_complete(facts)
    try:
        template = template_of(_marked(facts))
        text, digest = template.fill(facts)
    except NoTemplate:
        return as_text(issue(facts, key=key, created=created))
    if number % _CHECKED_EVERY == 0 and document_hash(json.loads(text)) != digest:
        return as_text(issue(facts, key=key, created=created))
    proof = sign_digest({"@context": template.context}, digest, key=key, created=created)
    return f'{text[:-1]},"proof":[{as_text(proof)}]}}'


@lru_cache(maxsize=64)
def template_of(marked: CredentialFacts) -> "Template":
    """One for all facts that differ in their slots only. Raises NoTemplate."""
    template = Template(marked)
    for name in _NASTY:
        facts = replace(
            marked,
            id=f"https://x.example/{len(name)}",
            learner=_learner(marked, name),
            status=replace(marked.status, index=7),
        )
        document = compose_credential(facts)
        text, digest = template.fill(facts)
        if text != as_text(document) or digest != document_hash(document):
            raise NoTemplate
    return template


class Template:
    """What all credentials of one kind and cohort say, with places for what differs."""

    def __init__(self, marked: CredentialFacts) -> None:
        document = compose_credential(marked)
        document["credentialSubject"]["identifier"][-1]["identityHash"] = f"{_MARK}hash"
        self.context = document["@context"]
        self.names = 1 + len(marked.learner.other_names)
        marks = _marks(self.names)
        text = as_text(document)
        try:
            told = walk(document, bundled()).quads
        except (HandOver, CannotRead):
            raise NoTemplate from None
        quads = list(set(told))
        if len(quads) < len(told) or _has_rare(text):
            raise NoTemplate
        check_shape({**document, "proof": [_ANY_PROOF]})
        self.ids = _ids(document)
        self.json = _Form(text, marks)
        self._prepare(quads, marks)

    def _prepare(self, quads: list[Statement], marks: tuple[str, ...]) -> None:
        mentions: dict[str, list[Statement]] = defaultdict(list)
        for quad in quads:
            for node in {term for term in quad if term.startswith("_:")}:
                mentions[node].append(quad)
        self.nodes: list[str] = list(mentions)
        self.known: dict[int, str] = {}
        self.hashed: dict[int, _Form] = {}
        for place, node in enumerate(self.nodes):
            lines = "".join(
                sorted(_line(quad, lambda term, node=node: "_:a" if term == node else "_:z") for quad in mentions[node])
            )
            if any(mark in lines for mark in marks):
                self.hashed[place] = _Form(lines, marks)
            else:
                self.known[place] = hashlib.sha256(lines.encode()).hexdigest()
        label = {node: f"{_MARK}n{place:04d}" for place, node in enumerate(self.nodes)}
        everything = "".join(_line(quad, label.__getitem__) for quad in quads)
        self.lines = _Form(everything, (*marks, *label.values()))

    def fill(self, facts: CredentialFacts) -> tuple[str, bytes]:
        """The JSON text without a proof, and the hash of what it says. Raises NoTemplate."""
        values = _values(facts)
        if (
            len(values.quads) != self.json.width
            or facts.id in self.ids
            or f"{facts.status.list_url}#{facts.status.index}" in self.ids
        ):
            raise NoTemplate
        hashes = {digest: place for place, digest in self.known.items()}
        for place, form in self.hashed.items():
            lines = form.put(values.quads).split("\n")
            lines.sort()
            hashes[hashlib.sha256(("\n".join(lines[1:]) + "\n").encode()).hexdigest()] = place
        if len(hashes) < len(self.nodes):
            raise NoTemplate
        labels = [""] * len(self.nodes)
        for number, digest in enumerate(sorted(hashes)):
            labels[hashes[digest]] = f"_:c14n{number}"
        lines = self.lines.put((*values.quads, *labels)).split("\n")
        lines.sort()
        text = "\n".join(lines[1:]) + "\n"
        return self.json.put(values.json), hashlib.sha256(text.encode()).digest()


class _Form:
    """A text with numbered places."""

    def __init__(self, text: str, marks: tuple[str, ...]) -> None:
        self.width = len(marks)
        places = sorted((at, mark) for mark in marks for at in _all(text, mark))
        self._order = [marks.index(mark) for _, mark in places]
        parts, end = [], 0
        for at, mark in places:
            parts.append(text[end:at])
            end = at + len(mark)
        self._text = "%s".join(part.replace("%", "%%") for part in [*parts, text[end:]])

    def put(self, values: tuple[str, ...]) -> str:
        return self._text % tuple([values[place] for place in self._order])


def _all(text: str, mark: str) -> list[int]:
    found, at = [], text.find(mark)
    while at >= 0:
        found.append(at)
        at = text.find(mark, at + 1)
    return found


def _line(quad: Statement, name: Any) -> str:
    terms = [name(term) if term.startswith("_:") else term for term in quad if term]
    return " ".join(terms) + " .\n"


def _marks(names: int) -> tuple[str, ...]:
    return (
        f"urn:{_MARK}id",
        f"{_MARK}hash",
        f"{_MARK}salt",
        str(_INDEX),
        *(f"{_MARK}name{place:04d}" for place in range(names)),
    )


def _marked(facts: CredentialFacts) -> CredentialFacts:
    """The facts with marks for what differs. Raises NoTemplate when a mark stands in them already."""
    names = dict.fromkeys((facts.learner.name, *facts.learner.other_names))
    marks = _marks(len(names))
    learner = replace(facts.learner, name=marks[4], other_names=marks[5:], identifier=_MARK, salt=marks[2])
    return replace(facts, id=marks[0], learner=learner, status=StatusEntry(facts.status.list_url, _INDEX))


def _learner(marked: CredentialFacts, name: str) -> Learner:
    others = tuple(f"{name}{place}" for place, _ in enumerate(marked.learner.other_names))
    return replace(marked.learner, name=name, other_names=others, identifier=name, salt=name[::-1])


def _values(facts: CredentialFacts) -> _Values:
    learner = facts.learner
    names = dict.fromkeys((learner.name, *learner.other_names))
    texts = (hashed_identifier(learner.identifier, learner.salt), learner.salt, str(facts.status.index), *names)
    joined = "".join(texts)
    if not ABSOLUTE.fullmatch(facts.id) or not facts.id.isascii() or _has_rare(joined):
        raise NoTemplate
    return _Values(
        (facts.id, *(quoted(text)[1:-1] for text in texts)),
        (facts.id, *(json.dumps(text, ensure_ascii=False)[1:-1] for text in texts)),
    )


def _has_rare(text: str) -> bool:
    """Whether a character stands beyond U+FFFF, which others sort otherwise."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _ids(value: Any) -> frozenset[str]:
    if isinstance(value, dict):
        own = {value["id"]} if isinstance(value.get("id"), str) else set()
        return frozenset(own).union(*map(_ids, value.values()))
    return frozenset().union(*map(_ids, value)) if isinstance(value, list) else frozenset()


_ANY_PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2000-01-01T00:00:00Z",
    "verificationMethod": "",
    "proofPurpose": "assertionMethod",
    "proofValue": "",
}
