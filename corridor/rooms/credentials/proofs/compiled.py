"""
Vocabularies compiled: what each word means in each place, found out once and kept. Source: JSON-LD 1.1 API, sections 4 and 5.

A ``Vocabulary`` is what holds at one place of a document. Its successors (below a type, below a word with a table of its own,
below a table that the document brings) are worked out at first use and kept on it, within one bound over all of them:
strangers choose what is kept. What is legal and not compiled is handed over to the general path (``quads``).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from corridor.kernel.wording import N_

from .contexts import Contexts, refuse_hiding
from .refusals import UnreadableForm
from .terms import ABSOLUTE, KEYWORDS, HandOver, Term, define

_MOST_KEPT = 2_000
_USUAL = KEYWORDS | {"id", "type"}

Spend = Callable[[], None]


class Vocabulary:
    """What words mean at one place. Successors are kept on it."""

    __slots__ = ("_compiled", "_entered", "_tables", "_typed", "aliases", "is_usual", "prefixes", "terms", "vocab")

    def __init__(self, compiled: "Compiled", terms: dict[str, Term], vocab: str) -> None:
        self._compiled, self.terms, self.vocab = compiled, terms, vocab
        self.aliases = {word: word for word in KEYWORDS} | {
            name: term.iri for name, term in terms.items() if term.is_keyword
        }
        self.prefixes = {name: term.iri for name, term in terms.items() if term.prefix}
        self.is_usual = self.aliases.keys() == _USUAL
        self._typed: dict[tuple[str, ...], tuple[Vocabulary, tuple[str, ...]]] = {}
        self._entered: dict[tuple[str, Vocabulary], Vocabulary] = {}
        self._tables: dict[tuple[str, ...], Vocabulary] = {}

    def typed(self, types: tuple[str, ...], spend: Spend) -> "tuple[Vocabulary, tuple[str, ...]]":
        """What holds inside a node of those types, and their addresses; none where one of the types is no word of mine."""
        found = self._typed.get(types)
        if found is None:
            terms = self.terms
            known = all(name in terms and not terms[name].is_keyword for name in types)
            inside = self._below_types(types, spend)
            found = inside, tuple(terms[name].predicate for name in types) if known else ()
            if known or inside is not self:
                self._compiled.keep(self._typed, types, found)
        return found

    def _below_types(self, types: tuple[str, ...], spend: Spend) -> "Vocabulary":
        found = self
        for name in sorted(set(types)):
            if name in self.terms and self.terms[name].has_scope:
                spend()
                found = self._compiled.after(found, self.terms[name].scoped)
        if found is not self and found.aliases != self.aliases:
            raise HandOver
        return found

    def below_word(self, word: str, term: Term, base: "Vocabulary", spend: Spend) -> "Vocabulary":
        """What holds below one of my words that has a table of its own: for nodes ``base`` is what held before my types."""
        key = word, base
        found = self._entered.get(key)
        if found is None:
            spend()
            found = self._compiled.after(base, term.scoped, override=True)
            if word in found.terms and found.terms[word] is not term:
                raise HandOver
            self._compiled.keep(self._entered, key, found)
        return found

    def below_table(self, context: Any, spend: Spend) -> "Vocabulary":
        """What holds after a table, or addresses of tables, that the document itself names here."""
        entries = context if isinstance(context, list) else [context]
        names = tuple(entry for entry in entries if isinstance(entry, str))
        found = self._tables.get(names) if len(names) == len(entries) else None
        if found is None:
            spend()
            for entry in entries:
                if isinstance(entry, dict):
                    refuse_hiding(entry)
                elif not isinstance(entry, str):
                    raise UnreadableForm(N_("A vocabulary must be an address or a table of words."))
            found = self._compiled.after(self, entries)
            if len(names) == len(entries):
                self._compiled.keep(self._tables, names, found)
        return found

    def address(self, text: str) -> str:
        """The text with a prefix that stands for an address written out; otherwise as it is."""
        prefix, colon, rest = text.partition(":")
        if colon and prefix in self.prefixes and not rest.startswith("//"):
            return self.prefixes[prefix] + rest
        return text

    def word(self, text: str) -> str:
        """The address or keyword that a word stands for; the text itself when nothing defines it."""
        term = self.terms.get(text)
        if term is not None:
            return term.iri
        found = self.address(text)
        if found != text or ABSOLUTE.fullmatch(found) or text.startswith("_:"):
            return found
        return self.vocab + text if self.vocab else text


class Compiled:
    """All that is compiled of one allow-list."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._kept = 0
        self.start = Vocabulary(self, {}, "")

    def keep(self, where: dict[Any, Any], key: Any, found: Any) -> None:
        """Keep one successor; beyond the bound start over rather than grow."""
        self._kept += 1
        if self._kept > _MOST_KEPT:
            self._kept = 0
            self.start = Vocabulary(self, {}, "")
        where[key] = found

    def after(self, here: Vocabulary, context: Any, *, override: bool = False) -> Vocabulary:
        """What holds after a context: an address, a table, null, or a list of them."""
        for entry in context if isinstance(context, list) else [context]:
            if entry is None:
                if not override and any(term.protected for term in here.terms.values()):
                    raise UnreadableForm(N_("The document would have protected words forgotten."))
                here = Vocabulary(self, {}, "")
            elif isinstance(entry, str):
                here = self.after(here, self._contexts.table(entry), override=override)
            elif isinstance(entry, dict):
                here = Vocabulary(self, *define(here.terms, here.vocab, entry, override=override))
            else:
                raise HandOver
        return here


@lru_cache(maxsize=8)
def compiled(contexts: Contexts) -> Compiled:
    """One for each allow-list: there are few, and strangers choose none of them."""
    return Compiled(contexts)
