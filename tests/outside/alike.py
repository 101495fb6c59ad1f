"""
Ours against other people's software on credentials by chance: ``python -m tests.outside.alike [--count N] [--seed N]``.

N generated and N broken ones are read by the fast path, by the general path and by jsonld with rdf-canonize. Printed is how often they
agree, and every kind of difference with its number and one example. Exit 1 when one is not explained: a hash that differs though we name
no dispute, something that we take and they refuse, or two paths of ours that differ.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from corridor.rooms.credentials.proofs.contexts import Contexts
from corridor.rooms.credentials.proofs.quads import read_quads
from corridor.rooms.credentials.proofs.rdfc import canonize
from corridor.rooms.credentials.proofs.refusals import CannotRead
from corridor.rooms.credentials.proofs.statements import Dispute, spell
from corridor.rooms.credentials.proofs.terms import HandOver
from corridor.rooms.credentials.proofs.walk import walk
from tests.rooms.credentials.proofs.generated import WORDS, WORDS_URL, Maker, known

SCRIPT = Path(__file__).with_name("canonize.mjs")


@dataclass(frozen=True)
class Reading:
    """What ours says of one document: its hash or a refusal, what is disputed, and what each path said."""

    answer: str
    disputes: frozenset[Dispute]
    fast: str
    general: str


@dataclass
class Findings:
    """How often each kind of outcome came, with an example; ``unexplained`` must stay empty."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, Any] = field(default_factory=dict)
    unexplained: list[tuple[str, Any]] = field(default_factory=list)

    def add(self, kind: str, document: Any, *, is_explained: bool = True) -> None:
        self.counts[kind] += 1
        self.examples.setdefault(kind, document)
        if not is_explained:
            self.unexplained.append((kind, document))


def theirs(documents: Iterable[dict[str, Any]], further: dict[str, Any] | None = None) -> list[str]:
    """What jsonld and rdf-canonize say of each, in one process."""
    node = shutil.which("node")
    assert node, "there is no node here"
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(further or {}, file)
        file.flush()
        lines = "".join(json.dumps(document) + "\n" for document in documents)
        run = subprocess.run([node, SCRIPT, file.name], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def ours(document: dict[str, Any], contexts: Contexts) -> Reading:
    """What ours says, by each path."""
    try:
        spelled = spell(document, contexts)
        answer, disputes = sha256(spelled.text.encode()).hexdigest(), spelled.disputes
    except CannotRead as refusal:
        answer, disputes = f"refused: {refusal.code}: {refusal.message}", frozenset()
    return Reading(
        answer,
        disputes,
        _path(lambda *given: walk(*given).quads, document, contexts),
        _path(read_quads, document, contexts),
    )


def compare(documents: Sequence[dict[str, Any]], contexts: Contexts) -> Findings:
    """Read every document in the three ways, and sort what they say."""
    findings = Findings()
    for document, peer in zip(documents, theirs(documents, {WORDS_URL: WORDS}), strict=True):
        _judge(ours(document, contexts), peer, document, findings)
    return findings


def _judge(mine: Reading, peer: str, document: Any, findings: Findings) -> None:
    taken, refused = (not each.startswith("refused") for each in (mine.answer, peer))
    taken_by_us, taken_by_them = taken, refused
    if taken_by_us and taken_by_them and mine.answer == peer:
        findings.add("the same" + (f"; named: {_names(mine)}" if mine.disputes else ""), document)
    elif taken_by_us and taken_by_them:
        findings.add(f"another hash; named: {_names(mine)}", document, is_explained=bool(mine.disputes))
    elif taken_by_us:
        is_limit = "Maximum deep iterations" in peer and Dispute.LOOK_ALIKES in mine.disputes
        findings.add(f"they refuse ({peer[9:70]}); named: {_names(mine)}", document, is_explained=is_limit)
    elif taken_by_them:
        findings.add(f"we refuse: {mine.answer[9:]}", document)
    else:
        findings.add(f"both refuse ({peer[9:70]})", document)
    both = [path for path in (mine.fast, mine.general) if not path.startswith(("refused", "handed"))]
    if len(set(both)) > 1:
        findings.add("the two paths differ", document, is_explained=False)


def _names(mine: Reading) -> str:
    return ", ".join(sorted(mine.disputes)) or "nothing"


def _path(read: Any, document: dict[str, Any], contexts: Contexts) -> str:
    try:
        return sha256(canonize(read(document, contexts)).text.encode()).hexdigest()
    except HandOver:
        return "handed over"
    except CannotRead as refusal:
        return f"refused: {refusal.code}"


def documents_of(chance: Random, count: int, *, are_broken: bool) -> list[dict[str, Any]]:
    """So many credentials by chance."""
    maker = Maker(chance)
    made = [maker.credential() for _ in range(count)]
    return [maker.broken(each) for each in made] if are_broken else made


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.outside.alike", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", action="store_true", help="print one document of each kind")
    given = parser.parse_args(words)
    has_unexplained = False
    for name, are_broken in (("generated", False), ("broken", True)):
        made = documents_of(Random(given.seed), given.count, are_broken=are_broken)
        findings = compare(made, known())
        print(f"\n{given.count} {name}:")
        for kind, count in findings.counts.most_common():
            print(f"{count:>7}  {kind}")
            if given.examples:
                print(f"         {json.dumps(findings.examples[kind])}")
        for kind, document in findings.unexplained[:3]:
            print(f"NOT EXPLAINED  {kind}\n{json.dumps(document)}")
        has_unexplained |= bool(findings.unexplained)
    return 1 if has_unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
