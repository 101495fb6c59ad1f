"""
What one word of a vocabulary means, and how a table of words is read over what holds already. Source: JSON-LD 1.1 API, section 4.

Only what credentials use is read here; whatever else is legal is handed over to the general path (``quads``).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from corridor.kernel.wording import N_

from .refusals import UnreadableForm

ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
KEYWORD_LIKE = re.compile(r"@[A-Za-z]+")
KEYWORDS = frozenset(
    [
        "@context",
        "@direction",
        "@graph",
        "@id",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@reverse",
        "@set",
        "@type",
        "@value",
    ]
)
_TABLE_KEYS = {"@version", "@protected", "@vocab"}
_TERM_KEYS = {"@id", "@type", "@container", "@context", "@language", "@direction", "@prefix", "@protected"}
_CONTAINERS = [set(), {"@set"}, {"@list"}, {"@graph"}, {"@graph", "@set"}, {"@language"}, {"@language", "@set"}]
_NOTHING = object()


class HandOver(Exception):
    """Legal, and not compiled. Never said of what would be lost: that is refused."""


class Term:
    """What one word means; immutable once made."""

    __slots__ = (
        "container", "direction", "iri", "is_graph", "is_keyword", "is_language_map", "is_list", "is_plain", "kind", "language",
        "predicate", "prefix", "protected", "scoped", "suffix",
    )  # fmt: skip

    def __init__(
        self,
        iri: str,
        *,
        kind: str = "",
        container: frozenset[str] = frozenset(),
        language: str = "",
        direction: str = "",
        scoped: Any = _NOTHING,
        prefix: bool = False,
        protected: bool = False,
    ) -> None:
        self.iri, self.kind, self.container = iri, kind, container
        self.language, self.direction = language, direction
        self.scoped, self.prefix, self.protected = scoped, prefix, protected
        self.predicate = f"<{iri}>"
        self.is_keyword = iri.startswith("@")
        self.is_list, self.is_graph = "@list" in container, "@graph" in container
        self.is_language_map = "@language" in container
        self.suffix = tag_of(language, direction) if not kind else "" if kind.startswith("@") else f"^^<{kind}>"
        self.is_plain = not (self.is_keyword or kind or self.suffix or self.has_scope or container - {"@set"})

    @property
    def has_scope(self) -> bool:
        """Whether what stands below the word is read with a table of its own."""
        return self.scoped is not _NOTHING

    def means(self, other: "Term") -> bool:
        """Whether both say the same; protection apart."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("iri", "kind", "container", "language", "direction", "scoped", "prefix")
        )


def tag_of(language: str, direction: str) -> str:
    """What follows a text in that language and direction. RDF 1.1 has no direction: written as JavaScript suites do."""
    if direction:
        return f"^^<https://www.w3.org/ns/i18n#{language}_{direction}>"
    return f"@{language}" if language else ""


def define(
    terms: Mapping[str, Term], vocab: str, table: dict[str, Any], *, override: bool
) -> tuple[dict[str, Term], str]:
    """
    The words and the ``@vocab`` that hold after a table. ``override``: protected words may be given another meaning here.

    Raises HandOver for what is not compiled, UnreadableForm for a protected word with another meaning.
    """
    return _Definer(terms, vocab, table, override=override).run()


class _Definer:
    """Puts the words of one table over what holds already."""

    def __init__(self, terms: Mapping[str, Term], vocab: str, table: dict[str, Any], *, override: bool) -> None:
        self.table, self.override = table, override
        self.terms, self.vocab = dict(terms), vocab
        self.defined: dict[str, bool] = {}

    def run(self) -> tuple[dict[str, Term], str]:
        table = self.table
        if any(key.startswith("@") and key not in _TABLE_KEYS for key in table) or table.get("@version", 1.1) != 1.1:
            raise HandOver
        if "@vocab" in table:
            self.vocab = table["@vocab"]
            if not isinstance(self.vocab, str) or not ABSOLUTE.fullmatch(self.vocab):
                raise HandOver
        for word in table:
            if not word.startswith("@"):
                self._define(word)
        return self.terms, self.vocab

    def _define(self, word: str) -> None:
        if word in self.defined:
            if not self.defined[word]:
                raise HandOver  # one word leans on another in a ring
            return
        self.defined[word] = False
        before = self.terms.pop(word, None)
        found = self._term(word, self.table[word])
        if before is not None and before.protected and not self.override:
            if not before.means(found):
                raise UnreadableForm(
                    N_("The document gives the word “%(word)s” another meaning, which its vocabulary forbids."),
                    word=word[:60],
                )
            found = before
        self.terms[word] = found
        self.defined[word] = True

    def _term(self, word: str, given: Any) -> Term:
        value = given if isinstance(given, dict) else {"@id": given}
        if not word or not set(value) <= _TERM_KEYS:
            raise HandOver
        iri = self._meaning(word, value)
        container = _container(value.get("@container"))
        kind = value.get("@type", "")
        language, direction = value.get("@language", ""), value.get("@direction", "")
        prefix, protected = value.get("@prefix"), value.get("@protected", self.table.get("@protected", False))
        flags = all(isinstance(each, bool | None) for each in (prefix, protected))
        texts = all(isinstance(each, str) for each in (kind, language))
        if not flags or not texts or direction not in ("", "ltr", "rtl") or (kind and (language or direction)):
            raise HandOver
        if kind and kind not in ("@id", "@vocab", "@json"):
            kind = self._expand(kind)
            if not ABSOLUTE.fullmatch(kind):
                raise HandOver
        if container & {"@language", "@graph"} and kind not in ("", "@id"):
            raise HandOver
        is_simple = not isinstance(given, dict) and given != word and ":" not in word
        if prefix is None:
            prefix = is_simple and iri.endswith((":", "/", "?", "#", "[", "]", "@"))
        return Term(
            iri, kind=kind, container=container, language=language.lower(), direction=direction,
            scoped=value.get("@context", _NOTHING), prefix=prefix, protected=bool(protected),
        )  # fmt: skip

    def _meaning(self, word: str, value: dict[str, Any]) -> str:
        given = value.get("@id", word)
        if not isinstance(given, str) or not given:
            raise HandOver
        if given != word:
            if ":" in word[1:] or "/" in word:
                raise HandOver
            iri = self._expand(given)
        elif ":" in word[1:]:
            prefix, _, rest = word.partition(":")
            if prefix in self.table:
                self._define(prefix)
            iri = self.terms[prefix].iri + rest if prefix in self.terms else word
        elif self.vocab:
            iri = self.vocab + word
        else:
            raise HandOver
        if (iri not in KEYWORDS and not ABSOLUTE.fullmatch(iri)) or iri in ("@context", "@json", "@none"):
            raise HandOver
        return iri

    def _expand(self, text: str) -> str:
        if text in KEYWORDS:
            return text
        if KEYWORD_LIKE.fullmatch(text):
            raise HandOver
        if text in self.table:
            self._define(text)
        if text in self.terms:
            return self.terms[text].iri
        prefix, colon, rest = text.partition(":")
        if prefix and colon:
            if prefix in self.table and not rest.startswith("//"):
                self._define(prefix)
            if prefix in self.terms and self.terms[prefix].prefix and not rest.startswith("//"):
                return self.terms[prefix].iri + rest
            if ABSOLUTE.fullmatch(text):
                return text
        return self.vocab + text if self.vocab else text


def _container(given: Any) -> frozenset[str]:
    names: Iterable[Any] = [] if given is None else given if isinstance(given, list) else [given]
    if not all(isinstance(name, str) for name in names) or set(names) not in _CONTAINERS:
        raise HandOver
    return frozenset(names)
