"""
RDFC-1.0: one spelling for a set of quads, whatever its blank nodes were called. Source: W3C RDF Dataset
Canonicalization, 2024.

Blank nodes whose own statements differ need no more than a hash and a sort, which is nearly all of everyday work;
look-alikes (two equal lists are such) are told apart by what stands around them. Two things are easy to get wrong and are
held by tests: a blank node stands in a list of related nodes once for *each* quad that mentions it (embedded proofs make
such lists), and hostile graphs can make the work explode. Only distinct orders of a related list are tried, all work is
counted, and what an honest document never needs is refused as TooLarge.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import factorial, prod
from typing import NamedTuple

from corridor.kernel.wording import N_

from .refusals import TooLarge

type Statement = tuple[str, str, str, str]

WORK_LIMIT = 20_000
MAX_LOOK_ALIKES = 8
MAX_DEPTH = 120


class Canonical(NamedTuple):
    """
    ``text`` is canonical N-Quads; ``labels`` maps each blank node of the input to its canonical name, without ``_:``.

    ``is_sorted_otherwise``: JavaScript implementations sort by UTF-16 unit, not by character as the standard says, and
    would spell this text otherwise. ``is_laborious``: they try equal orders too, and give up at so many look-alikes.
    """

    text: str
    labels: dict[str, str]
    is_sorted_otherwise: bool = False
    is_laborious: bool = False


def canonize(quads: Iterable[Statement], *, work_limit: int = WORK_LIMIT, algorithm: str = "sha256") -> Canonical:
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
    def __init__(self, quads: set[Statement], work_limit: int, algorithm: str) -> None:
        self.quads = quads
        self.work = work_limit
        self.digest = getattr(hashlib, algorithm)
        self.canonical = _Issuer("_:c14n")
        self.mentions: dict[str, list[Statement]] = defaultdict(list)
        self.first: dict[str, str] = {}
        self.peers_work = 0

    def run(self) -> Canonical:
        mentions = self.mentions
        for quad in self.quads:
            subject, _, object_, graph = quad
            if subject[0] == "_":
                mentions[subject].append(quad)
            if object_[0] == "_" and object_ != subject:
                mentions[object_].append(quad)
            if graph and graph[0] == "_" and graph != subject and graph != object_:
                mentions[graph].append(quad)
        groups: dict[str, list[str]] = defaultdict(list)
        for node in mentions:
            digest = self.first[node] = self._first_degree(node)
            groups[digest].append(node)
        look_alikes = []
        for digest in sorted(groups):
            if len(groups[digest]) == 1:
                self.canonical.issue(groups[digest][0])
            else:
                look_alikes.append(groups[digest])
        for nodes in look_alikes:
            self._label_look_alikes([node for node in nodes if node not in self.canonical.issued])
        lines = self._lines()
        text = "".join(lines)
        return Canonical(
            text,
            {node[2:]: name[2:] for node, name in self.canonical.issued.items()},
            is_sorted_otherwise=not text.isascii()
            and len(text.encode("utf-16-le")) > 2 * len(text)  # a character beyond U+FFFF
            and lines != sorted(lines, key=lambda line: line.encode("utf-16-be")),
            is_laborious=self.peers_work > sum(map(len, look_alikes)),
        )

    def _lines(self) -> list[str]:
        """Every statement with the names that were given, sorted."""
        label, lines = self.canonical.issued, []
        for subject, predicate, object_, graph in self.quads:
            if subject[0] == "_":
                subject = label[subject]
            if object_[0] == "_":
                object_ = label[object_]
            if graph:
                lines.append(f"{subject} {predicate} {object_} {label.get(graph, graph)} .\n")
            else:
                lines.append(f"{subject} {predicate} {object_} .\n")
        lines.sort()
        return lines

    def _label_look_alikes(self, nodes: list[str]) -> None:
        results = []
        for node in nodes:
            issuer = _Issuer("_:b")
            issuer.issue(node)
            results.append(self._n_degree(node, issuer, depth=0, weight=1))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.issued:
                self.canonical.issue(node)

    def _hash(self, text: str) -> str:
        digest: str = self.digest(text.encode()).hexdigest()
        return digest

    def _spend(self) -> None:
        self.work -= 1
        if self.work < 0:
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))

    def _first_degree(self, node: str) -> str:
        lines = []
        for subject, predicate, object_, graph in self.mentions[node]:
            if subject[0] == "_":
                subject = "_:a" if subject == node else "_:z"
            if object_[0] == "_":
                object_ = "_:a" if object_ == node else "_:z"
            if not graph:
                lines.append(f"{subject} {predicate} {object_} .\n")
            elif graph[0] == "_":
                lines.append(f"{subject} {predicate} {object_} {'_:a' if graph == node else '_:z'} .\n")
            else:
                lines.append(f"{subject} {predicate} {object_} {graph} .\n")
        lines.sort()
        return self._hash("".join(lines))

    def _related(self, node: str, predicate: str, issuer: _Issuer, position: str) -> str:
        name = self.canonical.issued.get(node) or issuer.issued.get(node) or self.first[node]
        return self._hash(position + ("" if position == "g" else predicate) + name)

    def _n_degree(self, node: str, issuer: _Issuer, depth: int, weight: int) -> tuple[str, _Issuer]:
        """``weight``: how often software that tries equal orders too would come here."""
        self._spend()
        self.peers_work += weight
        if depth > MAX_DEPTH:
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))
        related: dict[str, list[str]] = defaultdict(list)
        for subject, predicate, object_, graph in self.mentions[node]:
            for position, term in (("s", subject), ("o", object_), ("g", graph)):
                if term != node and term.startswith("_:"):
                    self._spend()
                    related[self._related(term, predicate, issuer, position)].append(term)
        data = ""
        for digest in sorted(related):
            path, issuer = self._shortest_path(related[digest], issuer, depth, weight)
            data += digest + path
        return self._hash(data), issuer

    def _shortest_path(self, nodes: list[str], issuer: _Issuer, depth: int, weight: int) -> tuple[str, _Issuer]:
        counts = Counter(nodes)
        if len(counts) > MAX_LOOK_ALIKES or (len(counts) > 1 and len(nodes) > MAX_DEPTH):
            raise TooLarge(N_("The document holds so many look-alike parts that telling them apart takes too long."))
        chosen, chosen_issuer = "", issuer
        if len(counts) > 1:
            weight = min(weight * prod(map(factorial, counts.values())), 2 * WORK_LIMIT)
        for order in _distinct_orders(counts, len(nodes)):
            self._spend()
            found = self._path(order, issuer.copy(), chosen, depth, weight)
            if found and (not chosen or found[0] < chosen):
                chosen, chosen_issuer = found
        return chosen, chosen_issuer

    def _path(
        self, order: list[str], issuer: _Issuer, best: str, depth: int, weight: int
    ) -> tuple[str, _Issuer] | None:
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
            digest, further = self._n_degree(node, issuer, depth + 1, weight)
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
