"""Texts, numbers and addresses as canonical N-Quads writes them. Source: RDF 1.1 N-Quads; JSON-LD 1.1 API, section 8."""

from typing import Any

import rfc8785

from corridor.kernel.wording import N_

from .compiled import Vocabulary
from .quads import ESCAPE, JSON_LITERAL, LANGUAGE
from .refusals import DataLoss, NotJson, UnreadableForm
from .terms import ABSOLUTE, KEYWORD_LIKE, HandOver, Term, tag_of

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LARGEST_EXACT = 2**53
_SMALLEST_ALIKE = 1e-6


def quoted(text: str) -> str:
    """A text as canonical N-Quads writes it. Raises NotJson for half of a character."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotJson(N_("A text holds half of a character.")) from None
    return f'"{text.translate(ESCAPE)}"'


def whole(address: str, otherwise: str = "") -> str:
    """``<address>``. Raises DataLoss for what is not a whole one; ``otherwise`` says so of a word."""
    if ABSOLUTE.fullmatch(address):
        if not address.isprintable():
            quoted(address)
        return f"<{address}>"
    if KEYWORD_LIKE.fullmatch(address):
        raise DataLoss(N_("The value %(value)s would not be covered by a signature."), value=address)
    if otherwise:
        raise DataLoss(otherwise, word=address[:100])
    if ":" in address:
        raise DataLoss(N_("“%(address)s” is not a valid address."), address=address[:100])
    raise DataLoss(N_("“%(address)s” is not a whole address."), address=address[:100])


def number_literal(value: Any, kind: str) -> str:
    """A number, or yes and no, as JSON-LD writes it; ``kind`` is the address of its type, where it has one."""
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"^^<{kind or _XSD + "boolean"}>'
    size = abs(value)
    is_whole = size <= _LARGEST_EXACT and value == int(value)
    minus_zero = isinstance(value, float) and value == 0 and str(value).startswith("-")
    if kind == f"{_XSD}double" or minus_zero or not (is_whole or _SMALLEST_ALIKE <= size < _LARGEST_EXACT):
        raise HandOver
    if is_whole:
        return f'"{int(value)}"^^<{kind or _XSD + "integer"}>'
    digits, _, exponent = f"{value:.15e}".partition("e")
    return f'"{digits.rstrip("0")}E{int(exponent)}"^^<{kind or _XSD + "double"}>'


def json_literal(value: Any) -> str:
    """A piece of JSON as it stands, in canonical form."""
    if value is None:
        raise HandOver
    try:
        return f"{quoted(rfc8785.dumps(value).decode())}^^<{JSON_LITERAL}>"
    except (rfc8785.CanonicalizationError, UnicodeError):
        raise HandOver from None


def value_literal(value: dict[str, Any], vocabulary: Vocabulary) -> str:
    """A value written out: its text, and a type, or a language and a direction."""
    told: dict[str, Any] = {}
    for key, inner in value.items():
        keyword = vocabulary.aliases.get(key, "")
        if keyword == "@index":
            raise HandOver
        if keyword not in ("@value", "@type", "@language", "@direction") or keyword in told or inner is None:
            raise UnreadableForm(N_("The document uses %(key)s, which this reader does not take."), key=key[:60])
        told[keyword] = inner
    text, kind = told["@value"], told.get("@type", "")
    language, direction = told.get("@language", ""), told.get("@direction", "")
    if isinstance(text, dict | list) or not isinstance(kind, str) or (kind and (language or direction)):
        raise UnreadableForm(N_("The document uses %(key)s, which this reader does not take."), key="@value")
    if "@language" in told and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        raise DataLoss(N_("“%(tag)s” is not a language tag."), tag=str(language)[:60])
    if "@direction" in told and direction not in ("ltr", "rtl"):
        raise DataLoss(N_("“%(direction)s” is not a direction of writing."), direction=str(direction)[:60])
    if "@type" in told:
        kind = vocabulary.word(kind)
        if kind == "@json":
            raise HandOver
        whole(kind, N_("No vocabulary defines the word “%(word)s”."))
    if isinstance(text, str):
        return quoted(text) + (f"^^<{kind}>" if kind else tag_of(language.lower(), direction))
    if language or direction:
        raise UnreadableForm(N_("Only a text has a language."))
    return number_literal(text, kind)


def language_texts(value: dict[str, Any], term: Term, vocabulary: Vocabulary) -> list[str]:
    """The texts of a table from language to text or texts."""
    found = []
    for tag, given in value.items():
        is_none = vocabulary.aliases.get(tag) == "@none"
        if not is_none and not LANGUAGE.fullmatch(tag):
            raise DataLoss(N_("“%(tag)s” is not a language tag."), tag=tag[:60])
        for text in given if isinstance(given, list) else [given]:
            if text is None:
                continue
            if not isinstance(text, str):
                raise UnreadableForm(N_("Only a text has a language."))
            found.append(quoted(text) + tag_of("" if is_none else tag.lower(), term.direction))
    return found
