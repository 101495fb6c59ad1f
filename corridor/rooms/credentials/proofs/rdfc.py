"""
RDFC-1.0: one spelling for a set of quads, whatever its blank nodes were called. Source: W3C RDF Dataset
Canonicalization, 2024.

Two things are easy to get wrong and are held by tests: a blank node stands in a list of related nodes once for *each*
quad that mentions it (embedded proofs make such lists), and hostile graphs can make the work explode. Only distinct
orders of a related list are tried, all work is counted, and what an honest document never needs is refused as
TooLarge.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corridor.kernel.wording import N_

from .quads import Quad
from .refusals import TooLarge

WORK_LIMIT = 20_000
MAX_LOOK_ALIKES = 8
MAX_DEPTH = 120
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


class Canonical(NamedTuple):
    """
    ``text`` is canonical N-Quads; ``labels`` maps each blank node of the input to its canonical name, without ``_:``.

    ``disputed``: JavaScript implementations sort by UTF-16 unit, not by character as the standard says, and would
    spell this text otherwise.
    """

    text: str
    labels: dict[str, str]
    disputed: bool = False


def canonize(quads: Iterable[Quad], *, work_limit: int = WORK_LIMIT, algorithm: str = "sha256") -> Canonical:
    """Raises TooLarge when the quads need more work than ``work_limit`` orders and hashes."""
    return _Canonizer(set(quads), work_limit, algorithm).run()


class _Issuer:
    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = {} if issued is None else issued

    def issue(self, node: str) -> str:
        if node not in self.issued:
            self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return self.issued[node]

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


class _Canonizer:
    def __init__(self, quads: set[Quad], work_limit: int, algorithm: str) -> None:
        self.quads = quads
        self.work = work_limit
        self.algorithm = algorithm
        self.canonical = _Issuer("_:c14n")
        self.mentions: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            for node in {term for term in (quad.subject, quad.object, quad.graph) if term.startswith("_:")}:
                self.mentions[node].append(quad)
        self.first: dict[str, str] = {}

    def run(self) -> Canonical:
        groups: dict[str, list[str]] = defaultdict(list)
        for node in self.mentions:
            self.first[node] = self._first_degree(node)
            groups[self.first[node]].append(node)
        for digest in sorted(groups):
            if len(groups[digest]) == 1:
                self.canonical.issue(groups[digest][0])
        for digest in sorted(groups):
            self._label_look_alikes([node for node in groups[digest] if node not in self.canonical.issued])
        label = self.canonical.issued
        lines = sorted(
            _line(
                label.get(q.subject, q.subject), q.predicate, label.get(q.object, q.object), label.get(q.graph, q.graph)
            )
            for q in self.quads
        )
        text = "".join(lines)
        disputed = bool(_BEYOND.search(text)) and lines != sorted(lines, key=lambda line: line.encode("utf-16-be"))
        return Canonical(text, {node[2:]: name[2:] for node, name in label.items()}, disputed)

    def _label_look_alikes(self, nodes: list[str]) -> None:
        results = []
        for node in nodes:
            issuer = _Issuer("_:b")
            issuer.issue(node)
            results.append(self._n_degree(node, issuer, depth=0))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def _hash(self, text: str) -> str:
        return hashlib.new(self.algorithm, text.encode()).hexdigest()

    def _spend(self) -> None:
        self.work -= 1
        if self.work < 0:
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))

    def _first_degree(self, node: str) -> str:
        def seen(term: str) -> str:
            return term if not term.startswith("_:") else "_:a" if term == node else "_:z"

        lines = [_line(seen(q.subject), q.predicate, seen(q.object), seen(q.graph)) for q in self.mentions[node]]
        return self._hash("".join(sorted(lines)))

    def _related(self, node: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        name = self.canonical.issued.get(node) or issuer.issued.get(node) or self.first[node]
        return self._hash(position + ("" if position == "g" else quad.predicate) + name)

    def _n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        self._spend()
        if depth > MAX_DEPTH:
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))
        related: dict[str, list[str]] = defaultdict(list)
        for quad in self.mentions[node]:
            for position, term in (("s", quad.subject), ("o", quad.object), ("g", quad.graph)):
                if term != node and term.startswith("_:"):
                    self._spend()
                    related[self._related(term, quad, issuer, position)].append(term)
        data = ""
        for digest in sorted(related):
            path, issuer = self._shortest_path(related[digest], issuer, depth)
            data += digest + path
        return self._hash(data), issuer

    def _shortest_path(self, nodes: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        counts = Counter(nodes)
        if len(counts) > MAX_LOOK_ALIKES or (len(counts) > 1 and len(nodes) > MAX_DEPTH):
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))
        chosen, chosen_issuer = "", issuer
        for order in _distinct_orders(counts, len(nodes)):
            self._spend()
            found = self._path(order, issuer.copy(), chosen, depth)
            if found and (not chosen or found[0] < chosen):
                chosen, chosen_issuer = found
        return chosen, chosen_issuer

    def _path(self, order: list[str], issuer: _Issuer, best: str, depth: int) -> tuple[str, _Issuer] | None:
        """The path that this order gives, or None as soon as it cannot be the shortest any more."""
        path = ""
        unnamed = []
        for node in order:
            if node in self.canonical.issued:
                path += self.canonical.issued[node]
            else:
                if node not in issuer.issued:
                    unnamed.append(node)
                path += issuer.issue(node)
            if best and len(path) >= len(best) and path > best:
                return None
        for node in unnamed:
            digest, further = self._n_degree(node, issuer, depth + 1)
            path += f"{issuer.issue(node)}<{digest}>"
            issuer = further
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issuer


def _distinct_orders(counts: Counter[str], length: int) -> Iterator[list[str]]:
    if sum(1 for count in counts.values() if count) <= 1:
        yield [node for node, count in counts.items() for _ in range(count)]
        return
    for node in list(counts):
        if counts[node]:
            counts[node] -= 1
            for rest in _distinct_orders(counts, length - 1):
                yield [node, *rest]
            counts[node] += 1


def _line(subject: str, predicate: str, object_: str, graph: str) -> str:
    return f"{subject} {predicate} {object_} {graph} .\n" if graph else f"{subject} {predicate} {object_} .\n"
