"""Software that nobody here wrote accepts what we issue, offline, and tells revoked, expired and tampered apart."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.companions import Reason, State
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, sign
from corridor.rooms.credentials.proofs.endorsing import EndorsementFacts, endorse
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.status_lists import StatusEntry
from corridor.rooms.credentials.proofs.verdicts import Word, reads_outside_as
from corridor.rooms.credentials.proofs.verifying import verify_document
from tests.rooms.credentials.proofs.cast import AT, ISSUED, Issuer, facts, in_languages, write

SCRIPT = Path(__file__).with_name("verify.mjs")
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside verifier")


def run(folder, *words):
    return subprocess.run([NODE, SCRIPT, folder, *words], capture_output=True, text=True, timeout=120, check=False)


def outside(folder):
    answer = run(folder, "--json")
    assert answer.stdout, answer.stderr
    return {name: found["result"] for name, found in json.loads(answer.stdout).items()}


def ours(folder):
    resolver = FolderResolver(folder)
    return {
        path.name: verify_document(path.read_bytes(), resolver=resolver, at=AT).word.value
        for path in sorted((folder / "credentials").glob("*.json"))
    }


@pytest.fixture
def chongqing():
    issuer = Issuer("chongqing", "Chongqing Motor College")
    issuer.reasons = [
        Reason(3, State.REVOKED, date(2024, 1, 9), "awarded-in-error"),
        Reason(4, State.SUSPENDED, date(2024, 1, 9), "under-review"),
    ]
    return issuer


@pytest.fixture
def folder(tmp_path, chongqing):
    """An export: a genuine credential, one signed with a key since retired, joint, an endorsement, revoked, suspended, expired."""
    vientiane = Issuer("vientiane", "Vientiane Technical School")
    issued = {
        "genuine": composing.issue(facts(chongqing, index=1), key=chongqing.key, created=ISSUED),
        "retired-key": composing.issue(facts(chongqing, index=2), key=chongqing.key, created=ISSUED),
        "revoked": composing.issue(facts(chongqing, index=3), key=chongqing.key, created=ISSUED),
        "suspended": composing.issue(facts(chongqing, index=4), key=chongqing.key, created=ISSUED),
        "expired": composing.issue(
            facts(chongqing, index=5, valid_until=datetime(2023, 12, 31, tzinfo=UTC)), key=chongqing.key, created=ISSUED
        ),
        "statement": composing.issue(
            facts(vientiane, index=6, learner="ນາງ ມະນີ", kind=composing.Kind.STATEMENT),
            key=vientiane.key,
            created=ISSUED,
        ),
    }
    odd = 'Mei "\\ \n\t\r\b\f\x01\x7f\u2028 e\u0301 \u200f \U00020bb7 \N{SNOWMAN}'
    issued["odd-characters"] = composing.issue(
        facts(chongqing, index=7, learner=odd), key=chongqing.key, created=ISSUED
    )
    issued["in-languages"] = composing.issue(in_languages(chongqing, index=10), key=chongqing.key, created=ISSUED)
    both = facts(chongqing, index=8, signers=(composing.Place(vientiane.did, vientiane.name),))
    issued["joint"] = sign(composing.issue(both, key=chongqing.key, created=ISSUED), key=vientiane.key, created=ISSUED)
    issued["endorsement"] = endorse(
        EndorsementFacts(
            id="urn:uuid:0190d3a0-0000-7000-8000-000000000009", issuer_did=vientiane.did, issuer_name=vientiane.name,
            endorses=issued["genuine"]["id"], name="Vehicle inspection", claims={"en": "We hire who holds it.", "lo": "ດີ"},
            status=StatusEntry(vientiane.list_url, 9), valid_from=ISSUED,
        ),
        key=vientiane.key, created=ISSUED,
    )  # fmt: skip
    end, new = datetime(2023, 7, 1, tzinfo=UTC), did_documents.new_key()
    (key,) = chongqing.keys
    chongqing.keys = [
        did_documents.PublishedKey(key.fragment, key.public, key.since, end),
        did_documents.PublishedKey("key-2024", new.public_key(), end),
    ]
    chongqing.key = SigningKey(f"{chongqing.did}#key-2024", new)
    for name, document in issued.items():
        write(tmp_path / "credentials", f"{name}.json", document)
    for slug, issuer in (("chongqing", chongqing), ("vientiane", vientiane)):
        write(tmp_path / "dids", f"{slug}.json", issuer.document)
        write(tmp_path / "status", f"{slug}.json", issuer.signed_list())
        write(tmp_path / "companions", f"{slug}.json", issuer.signed_companion())
    words = {f"{name}.json": "valid" for name in issued} | {
        "revoked.json": "revoked", "suspended.json": "revoked", "expired.json": "expired"
    }  # fmt: skip
    write(tmp_path, "expect.json", words)
    return tmp_path


def test_every_credential_reads_outside_as_the_export_says(folder):
    answer = run(folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "10 of 10 credentials read as expected." in answer.stdout


def test_ours_and_theirs_agree_and_ours_says_more(folder):
    theirs = outside(folder)
    assert ours(folder) == theirs | {"suspended.json": "suspended"}
    assert {name: reads_outside_as(Word(word)) for name, word in ours(folder).items()} == theirs


def test_one_wrong_expectation_or_unnamed_file_is_an_error(folder):
    expect = json.loads((folder / "expect.json").read_text())
    write(folder, "expect.json", expect | {"revoked.json": "valid"})
    answer = run(folder)
    assert answer.returncode == 1 and "revoked.json: expected valid, found revoked" in answer.stdout
    write(folder, "expect.json", {name: word for name, word in expect.items() if name != "genuine.json"})
    assert run(folder).returncode == 1
    assert run("--json").returncode == 2


def tampered(document):
    """The same credential, changed in ways that a cheat or a careless hand would."""
    text = json.dumps(document, ensure_ascii=False)
    yield "name", text.replace("Khamla Vongsa", "Nimali Perera")
    yield "unit", text.replace("Inspect brakes", "Repair brakes")
    yield "day", text.replace("2023-06-30T09:00:00Z", "2022-06-30T09:00:00Z", 1)
    yield "status", text.replace("#3", "#8").replace('"statusListIndex": "3"', '"statusListIndex": "8"')
    yield "word", text.replace('"name":', '"honours": "with distinction", "name":', 1)
    yield "issuer", text.replace("members:chongqing", "members:vientiane")
    yield "cut", text[:-2]


def test_every_tampered_credential_is_refused_by_both(folder):
    document = json.loads((folder / "credentials" / "revoked.json").read_text())
    expect = {}
    for path in (folder / "credentials").glob("*.json"):
        path.unlink()
    for name, text in tampered(document):
        (folder / "credentials" / f"{name}.json").write_text(text)
        expect[f"{name}.json"] = "refused"
    write(folder, "expect.json", expect)
    answer = run(folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert ours(folder) == {name: "malformed" if name in ("word.json", "cut.json") else "tampered" for name in expect}


def test_a_status_list_that_was_changed_is_refused_by_both(folder):
    path = folder / "status" / "chongqing.json"
    listed = json.loads(path.read_text())
    clean = json.loads((folder / "status" / "vientiane.json").read_text())
    listed["credentialSubject"]["encodedList"] = clean["credentialSubject"]["encodedList"]
    write(folder / "status", "chongqing.json", listed)
    assert outside(folder)["revoked.json"] == "refused"
    assert ours(folder)["revoked.json"] == "tampered"
