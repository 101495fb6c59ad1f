"""
The vocabularies that credentials are written in (JSON-LD contexts), from the allow-list ``contexts.json`` and never
from a network.

``contexts.json`` is ``{url: {"file": path under node_modules, "sha256": of that file's bytes}}``. Set-up installs the
packages.

Which Open Badges 3.0.3 words: the edition in the npm package. Its publisher later added ``jti`` and
``endorsementJwt`` to the file under the same address. Software built on the package refuses those two words; software
with the later file reads everything else alike. So a credential that uses neither has the same meaning, and the same
signature, under both editions; ``composing`` uses neither, and a test compares the two editions.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corridor.kernel.wording import N_

from .refusals import ContextsMissing, TooLarge, UnknownContext, UnreadableForm

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MULTIKEY = "https://w3id.org/security/multikey/v1"
DID = "https://www.w3.org/ns/did/v1"

PINS = Path(__file__).with_name("contexts.json")
NODE_MODULES = Path(__file__).parents[4] / "node_modules"

# Every word that no vocabulary defines ends under this prefix and is found there; see quads.py.
UNDEFINED = "urn:x-undef:"
CATCH_ALL = {"@vocab": UNDEFINED}
MAX_CONTEXTS = 12
MAX_LOCAL_WORDS = 200  # each costs time at every typed node, and a chain of them costs stack
_MOST_KEPT = 64
_LONGEST_ADDRESS = 2_000
_MEANING = re.compile(r"[A-Za-z][^\x00-\x20<>\"{}|^`\\]*")


class Contexts:
    """Vocabularies by address. Immutable once made; safe to share between threads."""

    def __init__(self, known: Mapping[str, dict[str, Any]]) -> None:
        self._known = dict(known)
        self._texts: dict[tuple[tuple[str, ...], frozenset[str]], str] = {}
        self._tables: dict[tuple[str, ...], tuple[list[Any], frozenset[str]]] = {}

    def __contains__(self, url: object) -> bool:
        return url in self._known

    def table(self, url: str) -> Any:
        """The value of ``@context`` that stands at an address. :raises UnknownContext: for one that is not on the list."""
        if url not in self._known:
            raise UnknownContext(N_("The vocabulary %(address)s is not one that is kept here."), address=url)
        return self._known[url]["@context"]

    def with_more(self, more: Mapping[str, dict[str, Any]]) -> "Contexts":
        """The same allow-list and some more ``{url: document with "@context"}``. Later ones win."""
        return Contexts({**self._known, **more})

    def inline_text(self, context: Any, words: frozenset[str] | None = None) -> str:
        """
        The value of ``@context`` as JSON text with every address replaced by what stands there, after the catch-all.

        With ``words`` (every key and text of the document, and what stands before a colon in them) definitions that the
        document cannot reach are left out, which the parser thanks with a third of the time. Only where every
        vocabulary is one of ours: a local one may lean on any word. Raises UnknownContext for an address that is not on
        the list, UnreadableForm for a local vocabulary that could hide data.
        """
        entries = context if isinstance(context, list) else [context]
        if len(entries) > MAX_CONTEXTS:
            raise TooLarge(N_("The document names more than %(most)s vocabularies."), most=MAX_CONTEXTS)
        addresses = tuple(entry for entry in entries if isinstance(entry, str))
        if len(addresses) < len(entries):
            return json.dumps([CATCH_ALL, *self._inlined(entries)])
        tables, known_words = self._kept(addresses)
        if words is None:
            return json.dumps([CATCH_ALL, *tables])
        used = words & known_words
        if (addresses, used) not in self._texts:
            if len(self._texts) >= _MOST_KEPT:  # strangers choose what is kept: start over rather than grow
                self._texts.clear()
            self._texts[addresses, used] = json.dumps([CATCH_ALL, *_reachable(tables, used)])
        return self._texts[addresses, used]

    def _kept(self, addresses: tuple[str, ...]) -> tuple[list[Any], frozenset[str]]:
        if addresses not in self._tables:
            tables = self._inlined(list(addresses))
            if len(self._tables) >= _MOST_KEPT:
                self._tables.clear()
            self._tables[addresses] = tables, frozenset().union(*map(_defined, tables))
        return self._tables[addresses]

    def _inlined(self, entries: list[Any]) -> list[Any]:
        found: list[Any] = []
        for entry in entries:
            if isinstance(entry, str):
                inner = self.table(entry)
                for part in inner if isinstance(inner, list) else [inner]:
                    found.extend(self._inlined([part]) if isinstance(part, str) else [_caught(part)])
            elif isinstance(entry, dict):
                refuse_hiding(entry)
                found.append(entry)
            else:
                raise UnreadableForm(N_("A vocabulary must be an address or a table of words."))
        return found


def _caught(value: Any) -> Any:
    """Put the catch-all after each ``"@context": null``, which would otherwise let undefined words vanish."""
    if isinstance(value, dict):
        return {
            key: [None, CATCH_ALL] if key == "@context" and inner is None else _caught(inner)
            for key, inner in value.items()
        }
    return [_caught(inner) for inner in value] if isinstance(value, list) else value


def _defined(value: Any) -> set[str]:
    """Every word that a table defines, in any scope."""
    if isinstance(value, list):
        return set().union(*map(_defined, value))
    if not isinstance(value, dict):
        return set()
    return {key for key in value if not key.startswith("@")}.union(*map(_defined, value.values()))


def survey(value: Any, words: set[str]) -> int:
    """
    How many vocabularies stand in the value. Adds to ``words`` every text that could be, or begin with, a defined word:
    keys and values, whole and before the first colon.
    """
    found = 0
    if isinstance(value, dict):
        words.update(value)
        for key, inner in value.items():
            if ":" in key:
                words.add(key.partition(":")[0])
            found += (key == "@context") + survey(inner, words)
    elif isinstance(value, list):
        for inner in value:
            found += survey(inner, words)
    elif isinstance(value, str) and len(value) <= _LONGEST_ADDRESS:
        words.add(value)
        words.add(value.partition(":")[0])
    return found


def _reachable(tables: list[Any], used: frozenset[str]) -> list[Any]:
    """The tables with only the words used, and the words that their definitions use in turn."""
    while True:
        kept = [_only(table, used) for table in tables]
        further = used | (frozenset().union(*map(_defined, tables)) & frozenset(_leaned_on(kept)))
        if further == used:
            return kept
        used = further


def _leaned_on(value: Any) -> Iterator[str]:
    """What the values of definitions name. Their keys do not count: those are kept only where used."""
    if isinstance(value, str):
        yield value
        yield value.partition(":")[0]
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaned_on(inner)


def _only(value: Any, used: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_only(inner, used) for inner in value]
    if not isinstance(value, dict):
        return value
    return {key: _only(inner, used) for key, inner in value.items() if key.startswith("@") or key in used}


def refuse_hiding(local: dict[str, Any]) -> None:
    """A local vocabulary may define words. It may not make words vanish, or reach for others."""
    if len(local) > MAX_LOCAL_WORDS:
        raise TooLarge(N_("The document brings a vocabulary of more than %(most)s words."), most=MAX_LOCAL_WORDS)
    for key, definition in local.items():
        if key == "@protected" and isinstance(definition, bool):
            continue
        table = definition if isinstance(definition, dict) else {"@id": definition}
        meaning = table.get("@id")
        plain = (
            (key == "@vocab" or not key.startswith("@"))
            and set(table) <= {"@id", "@type", "@container", "@protected"}
            and table.get("@container") in (None, "@set", "@list")
            and (meaning in ("@id", "@type") or (_is_meaning(meaning) and (":" in str(meaning) or meaning in local)))
            and (table.get("@type", "@id") in ("@id", "@vocab", "@json") or _is_meaning(table["@type"]))
        )
        if not plain:
            raise UnreadableForm(N_("The document brings a vocabulary of its own that uses %(key)s."), key=key[:60])


def _is_meaning(given: Any) -> bool:
    """A whole address, or a word or a shortened address that can become one."""
    return isinstance(given, str) and bool(_MEANING.fullmatch(given))


@cache
def bundled() -> Contexts:
    """
    The vocabularies of the allow-list. Raises ContextsMissing when set-up has not run or a file is not the pinned
    one.
    """
    return Contexts(load(PINS, NODE_MODULES))


def load(pins: Path, root: Path) -> dict[str, dict[str, Any]]:
    """Read every file that ``pins`` names under ``root`` and compare it with its sha256."""
    found = {}
    for url, pin in json.loads(pins.read_text()).items():
        path = root / pin["file"]
        if not path.is_file():
            raise ContextsMissing(
                N_("%(file)s is not there. Run ./start --prepare, which installs it."),
                file=f"node_modules/{pin['file']}",
            )
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != pin["sha256"]:
            raise ContextsMissing(
                N_("%(file)s is not the file that was pinned for %(url)s."), file=f"node_modules/{pin['file']}", url=url
            )
        text = raw.decode()
        # One package ships its tables as JavaScript modules whose exported value is plain JSON.
        found[url] = json.loads(text.partition("module.exports =")[2].rstrip("; \n") if path.suffix == ".js" else text)
    return found
