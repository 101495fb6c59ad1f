"""
Issue and verify one credential: ours against @digitalbazaar/vc, in turns, on one core, the same credential.

*issue* composes, signs and writes the text; *batch* does it for one learner after another of a cohort, from its template.
*signature* reads the text and checks the proof with the issuer's published key. *whole* is the full answer of our verifier, status
list and its signature included, against the peer with its status check. Rates are per second
of the processor, for both, so that other work on the machine counts for neither; the ratio is of each pair of rounds.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from corridor.rooms.credentials.proofs import composing, data_integrity, did_documents, status_lists, template
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.resolving import NewerList, Registration
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .measuring import Result

PEER = Path(__file__).with_suffix(".mjs")
WHAT = {
    "issue": "issue one credential",
    "batch": "issue a cohort, one learner after another",
    "signature": "verify one signature",
    "whole": "verify one, with its status",
}
GOALS = {"batch": 40}
ROUNDS = 5
ISSUED = datetime(2023, 6, 30, tzinfo=UTC)
HOUSE = "https://alliance.example"


class Bench:
    """One issuer, one credential in eight units, one status list; and a resolver over them."""

    public_prefix = HOUSE

    def __init__(self) -> None:
        self.did = did_documents.did_web(HOUSE, "members", "chongqing")
        self.private = did_documents.new_key()
        self.key = data_integrity.SigningKey(f"{self.did}#key-1", self.private)
        published = did_documents.PublishedKey("key-1", self.private.public_key(), ISSUED)
        self.did_json = did_documents.did_document(self.did, [published])
        self.list_url = f"{HOUSE}/status/1"
        self.list_json = status_lists.sign_status_list(
            url=self.list_url, issuer=self.did, indices=[5, 9000], key=self.key, created=ISSUED
        )
        self.sample, self.issued = self.facts(), 0
        self.signed = composing.issue(self.facts(), key=self.key, created=ISSUED)
        self.text = json.dumps(self.signed, ensure_ascii=False)

    def facts(self) -> composing.CredentialFacts:
        """An award in eight units, half of them aligned with a foreign unit."""
        curriculum = f"{HOUSE}/curricula/vehicle-inspection"
        units = tuple(
            composing.CompetentUnit(
                f"{curriculum}/U{number}",
                f"Unit {number}",
                (composing.Alignment(f"Foreign {number}", f"https://standards.example/{number}"),)
                if number % 2
                else (),
            )
            for number in range(1, 9)
        )
        return composing.CredentialFacts(
            id=f"{HOUSE}/credentials/1",
            kind=composing.Kind.AWARD,
            issuer_did=self.did,
            issuer_name="Chongqing Motor College",
            learner=composing.Learner("Khamla Vongsa", "khamla@example.org", "8c1f", ("ຄຳຫຼ້າ",)),
            achievement_id=f"{curriculum}/award",
            achievement_name="Vehicle inspection",
            achievement_description="Inspects road vehicles.",
            criteria="Found competent in every unit.",
            units=units,
            site=composing.Place(f"{HOUSE}/sites/wks-vientiane", "Workshop Vientiane"),
            programme=composing.Place(f"{HOUSE}/programmes/PRG-1", "Vehicle inspection"),
            status=status_lists.StatusEntry(self.list_url, 7),
            valid_from=ISSUED,
        )

    def prefix_for(self, issuer: str) -> str:
        return self.public_prefix if issuer else ""

    def did_document(self, did: str) -> dict[str, Any] | None:
        return self.did_json if did == self.did else None

    def registration(self, did: str, *, on: date) -> Registration | None:
        return Registration("Chongqing Motor College", in_force=did == self.did, register="the register", as_of=on)

    def status_list(self, url: str) -> dict[str, Any] | None:
        return self.list_json if url == self.list_url else None

    def companion(self, url: str) -> dict[str, Any] | None:
        return None if url else {}

    def newer_list(self, url: str) -> NewerList | None:
        return NewerList(0, 1) if not url else None

    def entitled(self, *, issuer: str, site: str, programme: str, on: date) -> bool | None:
        return bool(issuer and site and programme and on)

    def issue(self) -> None:
        json.dumps(composing.issue(self.facts(), key=self.key, created=ISSUED), ensure_ascii=False)

    def batch(self) -> None:
        self.issued += 1
        number = self.issued
        learner = replace(self.sample.learner, name=f"Khamla Vongsa {number}", salt=f"{number:032x}")
        status = status_lists.StatusEntry(self.list_url, number % 131_072)
        facts = replace(self.sample, id=f"{HOUSE}/credentials/{number}", learner=learner, status=status)
        template.issue_text(facts, key=self.key, created=ISSUED, number=number)

    def signature(self) -> None:
        document = read_object(self.text)
        (proof,) = data_integrity.proofs_of(document)
        method = proof["verificationMethod"]
        public = did_documents.key_of(self.did_json, did=self.did, method=method, at=ISSUED)
        data_integrity.check(document, proof, public=public)

    def whole(self) -> None:
        if verify_document(self.text, resolver=self, at=datetime(2024, 2, 2, tzinfo=UTC)).word != Word.VALID:
            raise SystemExit("the credential under test does not verify")


def measure(seconds: float) -> list[Result]:
    """One result for each task; ``[]`` where there is no node. ``seconds`` is the length of one turn."""
    node = shutil.which("node")
    if node is None:
        return []
    bench = Bench()
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})  # the peer inherits the one core
    try:
        with subprocess.Popen([node, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
            hello = {
                "document": bench.signed,
                "seed": bench.private.private_bytes_raw().hex(),
                "did": bench.did,
                "method": bench.key.verification_method,
                "list": bench.list_json,
                "didDocument": bench.did_json,
            }
            _ask(peer, hello)
            return [_compare(task, bench, peer, seconds) for task in WHAT]
    finally:
        if cores:
            os.sched_setaffinity(0, cores)


def _compare(task: str, bench: Bench, peer: "subprocess.Popen[str]", seconds: float) -> Result:
    ours, theirs = [], []
    do: Callable[[], None] = getattr(bench, task)
    _rate(do, seconds / 4)  # warm both before counting
    _ask(peer, {"task": task, "seconds": seconds / 4})
    for _ in range(ROUNDS):
        ours.append(_rate(do, seconds))
        answer = _ask(peer, {"task": task, "seconds": seconds})
        theirs.append(answer["count"] / answer["seconds"])
    return Result.of(WHAT[task], "@digitalbazaar/vc", "per second", ours, theirs, goal=GOALS.get(task, 20))


def _rate(do: Callable[[], None], seconds: float) -> float:
    begun, count = time.process_time(), 0
    while time.process_time() - begun < seconds:
        do()
        count += 1
    return count / (time.process_time() - begun)


def _ask(peer: "subprocess.Popen[str]", message: dict[str, Any]) -> dict[str, Any]:
    assert peer.stdin and peer.stdout
    peer.stdin.write(json.dumps(message) + "\n")
    peer.stdin.flush()
    line = peer.stdout.readline()
    if not line:
        raise SystemExit("the peer stopped; its message is above")
    answer: dict[str, Any] = json.loads(line)
    return answer
