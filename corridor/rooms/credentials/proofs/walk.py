"""
The fast path: from JSON to statements in one walk, with compiled vocabularies and no expanded form between. Source: JSON-LD 1.1 API.

Two ways out, never mixed: what would be lost is *refused* (``CannotRead``), what is legal and not compiled is *handed over*
(``HandOver``) to the general path, ``quads``. Both must say the same of every document that both read; tests hold it.
"""

import re
from typing import Any, NamedTuple

from corridor.kernel.wording import N_

from .compiled import Compiled, Vocabulary, compiled
from .contexts import MAX_CONTEXTS, Contexts
from .literals import json_literal, language_texts, number_literal, quoted, value_literal, whole
from .quads import MAX_QUADS
from .rdfc import Statement
from .refusals import DataLoss, TooLarge, UnreadableForm
from .terms import KEYWORDS, HandOver, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE, _FIRST, _REST, _NIL = f"<{_RDF}type>", f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_KEYS = KEYWORDS - {"@context"}
_SEVERAL = (list, tuple)
_BLANK = re.compile(r"_:[A-Za-z0-9_]{1,100}")
_MOST_SUCCESSORS = 200  # vocabularies that one document may have worked out anew


class Walked(NamedTuple):
    """Every statement as often as it is told, and the literals among them that were written as numbers, or yes and no."""

    quads: list[Statement]
    numbers: set[str]


def walk(document: dict[str, Any], contexts: Contexts) -> Walked:
    """What a JSON-LD document states. Raises CannotRead, or HandOver."""
    if "@context" not in document:
        raise DataLoss(N_("The document does not say in which vocabulary it is written (@context)."))
    walker = _Walk(compiled(contexts))
    try:
        walker.node(document, walker.compiled.start, "")
    except RecursionError:
        raise TooLarge(N_("The document is nested too deep.")) from None
    if not walker.quads:
        raise DataLoss(N_("The document states nothing."))
    return Walked(walker.quads, walker.numbers)


class _Walk:
    def __init__(self, owner: Compiled) -> None:
        self.compiled = owner
        self.quads: list[Statement] = []
        self.numbers: set[str] = set()
        self.named: dict[str, str] = {}
        self.blanks = 0
        self.tables = 0
        self.successors = 0

    def spend(self) -> None:
        self.successors += 1
        if self.successors > _MOST_SUCCESSORS:
            raise TooLarge(N_("The document uses its vocabularies in too many ways."))

    def blank(self) -> str:
        self.blanks += 1
        return f"_:b{self.blanks}"

    def node(self, node: dict[str, Any], before: Vocabulary, graph: str) -> str:
        """Tell what a node says, and how it is called. ``before`` is what holds outside its types."""
        if "@context" in node:
            before = self._table(node["@context"], before)
        subject, after = self._name(node, before, graph)
        quads = self.quads
        if len(quads) > MAX_QUADS:
            raise TooLarge(N_("The document makes more than %(most)s statements."), most=MAX_QUADS)
        terms = after.terms
        for key, value in node.items():
            term = terms.get(key)
            if term is None:
                if key in before.aliases:
                    continue
                term = _untermed(key, after)
            elif term.is_keyword:
                continue
            if term.is_plain and type(value) is str:
                quads.append((subject, term.predicate, quoted(value), graph))
            else:
                self._tell(subject, term, key, value, before, after, graph)
        return subject

    def _name(self, node: dict[str, Any], before: Vocabulary, graph: str) -> tuple[str, Vocabulary]:
        """How a node is called, and what holds inside it; its types are told."""
        if before.is_usual and _KEYS.isdisjoint(node) and None not in node.values():
            name, types = node.get("id"), node.get("type", ())
        else:
            name, types = _name_and_types(node, before.aliases)
        listed = tuple(types) if isinstance(types, _SEVERAL) else (types,)
        if not listed:
            return (self.blank() if name is None else self.address(name, before)), before
        for each in listed:
            if not isinstance(each, str):
                raise UnreadableForm(N_("A type is not a word."))
        after, addresses = before.typed(listed, self.spend)
        subject = self.blank() if name is None else self.address(name, after)
        for address in addresses or [self._type(each, before) for each in listed]:
            self.quads.append((subject, _TYPE, address, graph))
        return subject, after

    def _tell(
        self, subject: str, term: Term, key: str, value: Any, before: Vocabulary, after: Vocabulary, graph: str
    ) -> None:
        below, values = before, after
        if term.has_scope:
            below, values = (after.below_word(key, term, each, self.spend) for each in (before, after))
        quads, predicate = self.quads, term.predicate
        if term.kind == "@json":
            quads.append((subject, predicate, json_literal(value), graph))
        elif term.is_language_map and isinstance(value, dict):
            for text in language_texts(value, term, values):
                quads.append((subject, predicate, text, graph))
        elif term.is_graph:
            for each in value if isinstance(value, list) else [value]:
                if each is not None:
                    self._graph(subject, predicate, each, below, graph)
        elif term.is_list:
            items = value if isinstance(value, list) else [value]
            if value is not None:
                told = [self._object(each, term, below, values, graph) for each in items]
                quads.append((subject, predicate, self._list([each for each in told if each], graph), graph))
        else:
            for each in value if isinstance(value, list) else (value,):
                told_one = self._object(each, term, below, values, graph)
                if told_one is not None:
                    quads.append((subject, predicate, told_one, graph))

    def _object(self, value: Any, term: Term, below: Vocabulary, values: Vocabulary, graph: str) -> str | None:
        """What stands after the word: a literal or a name. None for nothing (null)."""
        if isinstance(value, str):
            if term.kind == "@id":
                return self.address(value, values)
            if term.kind == "@vocab":
                return self._word(value, values)
            return quoted(value) + term.suffix
        if isinstance(value, dict):
            if "@value" in value:
                written = value_literal(value, values)
                if not isinstance(value["@value"], str):
                    self.numbers.add(written)
                return written
            if len(value) == 1:
                (key,) = value
                if values.aliases.get(key) == "@id":
                    return self.address(value[key], values)
            return self.node(value, below, graph)
        if value is None:
            return None
        if isinstance(value, list):
            raise HandOver
        number = number_literal(value, "" if term.kind.startswith("@") else term.kind)
        self.numbers.add(number)
        return number

    def _graph(self, subject: str, predicate: str, value: Any, below: Vocabulary, graph: str) -> None:
        if isinstance(value, list):
            raise HandOver
        if not isinstance(value, dict) or "@value" in value:
            raise DataLoss(N_("Something that is told about nothing would not be covered by a signature."))
        name, told = self.blank(), len(self.quads)
        self.quads.append((subject, predicate, name, graph))
        self.node(value, below, name)
        if len(self.quads) == told + 1:
            raise DataLoss(N_("Something that is told about nothing would not be covered by a signature."))

    def _list(self, items: list[str], graph: str) -> str:
        rest = _NIL
        for item in reversed(items):
            here = self.blank()
            self.quads += [(here, _FIRST, item, graph), (here, _REST, rest, graph)]
            rest = here
        return rest

    def _table(self, context: Any, before: Vocabulary) -> Vocabulary:
        self.tables += 1
        if self.tables > MAX_CONTEXTS or (isinstance(context, list) and len(context) > MAX_CONTEXTS):
            raise TooLarge(N_("The document names more than %(most)s vocabularies."), most=MAX_CONTEXTS)
        return before.below_table(context, self.spend)

    def address(self, text: Any, vocabulary: Vocabulary) -> str:
        """``<address>``, or ``_:name`` of a node without one."""
        if not isinstance(text, str):
            raise UnreadableForm(N_("An address is not a text."))
        if text.startswith("_:"):
            if not _BLANK.fullmatch(text):
                raise HandOver
            if text not in self.named:
                self.named[text] = self.blank()
            return self.named[text]
        return whole(vocabulary.address(text) if vocabulary.prefixes else text)

    def _word(self, text: str, vocabulary: Vocabulary) -> str:
        found = vocabulary.word(text)
        return self.address(found, vocabulary) if found.startswith("_:") else whole(found)

    def _type(self, text: str, vocabulary: Vocabulary) -> str:
        term = vocabulary.terms.get(text)
        if term is not None and not term.is_keyword:
            return term.predicate
        found = vocabulary.word(text)
        if found.startswith("_:") or found == "@json":
            raise HandOver
        return whole(found, N_("No vocabulary defines the word “%(word)s”."))


def _name_and_types(node: dict[str, Any], aliases: dict[str, str]) -> tuple[Any, Any]:
    name: Any = None
    types: Any = None
    for key in aliases.keys() & node.keys():
        keyword, value = aliases[key], node[key]
        if keyword == "@context":
            continue
        if value is None:
            raise UnreadableForm(N_("“%(key)s” is empty."), key=key)
        if keyword == "@type" and types is None:
            types = value
        elif keyword == "@id" and name is None:
            name = value
        else:
            raise HandOver
    return name, () if types is None else types


def _untermed(key: str, vocabulary: Vocabulary) -> Term:
    if key.startswith("@"):
        raise HandOver  # a keyword that is not compiled, or what looks like one
    found = vocabulary.word(key)
    if found.startswith("_:"):
        raise HandOver
    whole(found, N_("No vocabulary defines the word “%(word)s”."))
    return Term(found)
