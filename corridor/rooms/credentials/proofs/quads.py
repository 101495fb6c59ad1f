"""
What a JSON-LD document says, as RDF: the thing that a signature covers.

A parser drops what it does not understand; for a signature that is fatal, because a dropped part can be changed by
anybody. So every undefined word is caught under one prefix and every relative address under another, invalid
addresses are kept and looked for, and whatever would be lost is refused by name. Shapes of JSON-LD in which
implementations differ are refused as well. Source: JSON-LD 1.1 API; VC Data Integrity 1.0, section 4.
"""

import json
import re
from typing import Any, NamedTuple

import pyoxigraph
import rfc8785

from corridor.kernel.wording import N_

from .contexts import MAX_CONTEXTS, UNDEFINED, Contexts, bundled, survey
from .refusals import DataLoss, TooLarge, UnreadableForm

RELATIVE = "x-rel://r/"
_SOMETHING = "urn:x-something"
MAX_QUADS = 10_000
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_KEYWORD = re.compile(r"@[A-Za-z]+")
_TAKEN = {"@context", "@id", "@type", "@value", "@language", "@direction"}
_VALUE_KEYS = {"@value", "@type", "@language", "@direction", "type"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"
JSON_LITERAL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
ESCAPE = str.maketrans(_ESCAPES)


class Quad(NamedTuple):
    """Terms as canonical N-Quads writes them; blank nodes start with ``_:``; ``graph`` is empty for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def to_quads(document: dict[str, Any], contexts: Contexts | None = None, *, whole: bool = False) -> set[Quad]:
    """As ``read_quads``, each once."""
    return set(read_quads(document, contexts, whole=whole))


def read_quads(document: dict[str, Any], contexts: Contexts | None = None, *, whole: bool = False) -> list[Quad]:
    """
    The general path: the quads of one JSON-LD document whose root has ``@context``, a repeated one as often as it is told.
    ``whole`` reads with every definition, for tests.

    Raises DataLoss, UnknownContext, UnreadableForm or TooLarge. ``contexts`` is the bundled allow-list unless given.
    """
    contexts = contexts or bundled()
    if "@context" not in document:
        raise DataLoss(N_("The document does not say in which vocabulary it is written (@context)."))
    words: set[str] = set()
    vocabularies = survey(document, words)
    if vocabularies > MAX_CONTEXTS:
        raise TooLarge(N_("The document names more than %(most)s vocabularies."), most=MAX_CONTEXTS)
    used = frozenset(words) if vocabularies == 1 and not whole else None
    body = {key: _taken(value, contexts, key) for key, value in document.items() if key != "@context"}
    _refuse_mixed(body)
    for key in body:
        _refuse_keyword(key)
    begin = f'{{"@context":{contexts.inline_text(document["@context"], used)},'
    text = begin + json.dumps(body)[1:]
    quads: list[Quad] = []
    try:
        for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD, base_iri=RELATIVE, lenient=True):
            graph = quad.graph_name
            quads.append(
                Quad(
                    _node(quad.subject),
                    _node(quad.predicate),
                    _literal(quad.object) if isinstance(quad.object, pyoxigraph.Literal) else _node(quad.object),
                    "" if isinstance(graph, pyoxigraph.DefaultGraph) else _node(graph),
                )
            )
            if len(quads) > MAX_QUADS:
                raise TooLarge(N_("The document makes more than %(most)s statements."), most=MAX_QUADS)
    except (SyntaxError, ValueError) as error:
        raise UnreadableForm(
            N_("The document is not JSON-LD that can be read: %(why)s."), why=str(error)[:200]
        ) from None
    if not quads:
        raise DataLoss(N_("The document states nothing."))
    _refuse_told_about_nothing(quads)
    _refuse_undefined_and_empty(begin, body)
    return quads


def _refuse_undefined_and_empty(begin: str, body: dict[str, Any]) -> None:
    """
    A word that nothing defines, of which nothing is said either: it makes no statement, so it shows only where something stands in the
    empty place. What cannot be read then is a word that is defined, of a kind that takes no such thing.
    """
    filled = _filled(body)
    if filled == body:
        return
    try:
        for quad in pyoxigraph.parse(
            begin + json.dumps(filled)[1:], pyoxigraph.RdfFormat.JSON_LD, base_iri=RELATIVE, lenient=True
        ):
            if quad.predicate.value.startswith(UNDEFINED):
                _node(quad.predicate)
    except (SyntaxError, ValueError):
        return


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: {"@id": _SOMETHING} if _says_nothing(inner) and not key.startswith("@") else _filled(inner)
            for key, inner in value.items()
        }
    return [_filled(inner) for inner in value] if isinstance(value, list) else value


def _says_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(inner is None for inner in value))


def _refuse_told_about_nothing(quads: list[Quad]) -> None:
    """A node without a name of which nothing is told: others drop it where it is a graph, and here nobody can say whether it is one."""
    told = {quad.subject for quad in quads} | {quad.graph for quad in quads}
    if any(quad.object.startswith("_:") and quad.object not in told for quad in quads):
        raise DataLoss(N_("Something that is told about nothing would not be covered by a signature."))


def _taken(value: Any, contexts: Contexts, under: str) -> Any:
    """The value with nested vocabularies put in place. Refuses shapes that would be lost or read in two ways."""
    if isinstance(value, dict):
        if "@direction" in value and "@language" not in value:
            raise UnreadableForm(N_("A direction of writing stands without a language."))
        _refuse_mixed(value)
        taken = {}
        for key, inner in value.items():
            _refuse_keyword(key)
            taken[key] = json.loads(contexts.inline_text(inner)) if key == "@context" else _taken(inner, contexts, key)
        return taken
    if isinstance(value, list):
        if any(isinstance(inner, list) for inner in value):
            raise UnreadableForm(N_("A list stands directly inside a list."))
        return [_taken(inner, contexts, under) for inner in value]
    if isinstance(value, str) and _KEYWORD.fullmatch(value) and (under, value) != ("@type", "@json"):
        raise DataLoss(N_("The value %(value)s would not be covered by a signature."), value=value)
    return value


def _refuse_mixed(value: dict[str, Any]) -> None:
    """A value beside other keys, one that is nothing, or a language of nothing: part of it would be dropped."""
    found = next((key for key in ("@value", "@language", "@direction") if key in value), None)
    if found is None:
        return
    if not set(value) <= _VALUE_KEYS or isinstance(value.get("@value"), dict | list | None):
        raise UnreadableForm(N_("The document uses %(key)s, which this reader does not take."), key=found)


def _refuse_keyword(key: str) -> None:
    """Keywords outside the subset: ``@set`` and ``@list`` too, since the parser ends the process at a set inside a graph."""
    if key.startswith("@") and key not in _TAKEN:
        raise UnreadableForm(N_("The document uses %(key)s, which this reader does not take."), key=key[:60])


def _node(node: Any) -> str:
    if isinstance(node, pyoxigraph.BlankNode):
        return str(node)
    if not isinstance(node, pyoxigraph.NamedNode):
        raise UnreadableForm(N_("The document makes a statement about a statement."))
    address: str = node.value
    if address.startswith(UNDEFINED):
        raise DataLoss(N_("No vocabulary defines the word “%(word)s”."), word=address.removeprefix(UNDEFINED)[:100])
    if address.startswith(RELATIVE):
        raise DataLoss(N_("“%(address)s” is not a whole address."), address=address.removeprefix(RELATIVE)[:100])
    if not _ABSOLUTE.fullmatch(address):
        raise DataLoss(N_("“%(address)s” is not a valid address."), address=address[:100])
    return f"<{address}>"


def _literal(literal: Any) -> str:
    quoted = f'"{literal.value.translate(ESCAPE)}"'
    language = literal.language
    if language:
        if not LANGUAGE.fullmatch(language):
            raise DataLoss(N_("“%(tag)s” is not a language tag."), tag=language[:60])
        direction = getattr(literal, "direction", None)
        if direction is None:
            return f"{quoted}@{language.lower()}"
        # as the JavaScript suites write it: RDF 1.1 has no direction
        return f"{quoted}^^<https://www.w3.org/ns/i18n#{language.lower()}_{getattr(direction, 'value', direction)}>"
    if literal.datatype.value == _STRING:
        return quoted
    if literal.datatype.value == JSON_LITERAL:
        if UNDEFINED in literal.value:  # a vocabulary was put in place in what is no node, but a piece of JSON
            raise UnreadableForm(N_("The document uses %(key)s, which this reader does not take."), key="@context")
        quoted = f'"{rfc8785.dumps(json.loads(literal.value)).decode().translate(ESCAPE)}"'
    return f"{quoted}^^{_node(literal.datatype)}"
