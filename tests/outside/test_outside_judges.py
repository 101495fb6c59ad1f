"""Two more verifiers that nobody here wrote, offline: the Digital Credentials Consortium's core, and a Python library of Open Badges."""

import importlib
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from corridor.rooms.credentials.proofs.did_documents import did_web_address
from corridor.rooms.credentials.proofs.verdicts import Word, reads_outside_as
from tests.rooms.credentials.proofs.cast import write

from .test_outside_verifier import chongqing, folder, ours, tampered  # noqa: F401 (fixtures)

SCRIPT = Path(__file__).with_name("judge.mjs")
NODE = shutil.which("node")
# What it does not read, and says so; and control characters, which PyLD writes into N-Quads otherwise than RDFC-1.0 and the others do.
BEYOND_IT = {
    "joint.json": "multiple supported Data Integrity proofs",
    "endorsement.json": "OpenBadgeCredential",
    "odd-characters.json": "signature mismatch",
}
CORE = Path(__file__).parents[2] / "node_modules" / "@digitalcredentials" / "verifier-core"


@pytest.fixture
def registry(folder):  # noqa: F811
    """A register as the Consortium writes one: it knows Chongqing and not Vientiane."""
    did = json.loads((folder / "dids" / "chongqing.json").read_text())["id"]
    write(
        folder,
        "registry.json",
        {"meta": {"created": "2023-01-01"}, "registry": {did: {"name": "Chongqing Motor College"}}},
    )
    return folder


def judged(folder):  # noqa: F811
    answer = subprocess.run([NODE, SCRIPT, folder], capture_output=True, text=True, timeout=180, check=False)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.mark.skipif(
    NODE is None or not CORE.is_dir(), reason="there is no node here, or no @digitalcredentials/verifier-core"
)
def test_the_consortiums_verifier_reads_what_we_issue_as_we_do(registry):
    found = judged(registry)
    theirs = {name: each["result"] for name, each in found["results"].items()}
    assert theirs == {name: reads_outside_as(Word(word)) for name, word in ours(registry).items()}, found["results"]
    assert found["results"]["genuine.json"]["registered"] and not found["results"]["statement.json"]["registered"]
    assert "https://alliance.example/members/chongqing/did.json" in found["fetched"]


@pytest.mark.skipif(
    NODE is None or not CORE.is_dir(), reason="there is no node here, or no @digitalcredentials/verifier-core"
)
def test_it_refuses_every_changed_one_too(registry):
    document = json.loads((registry / "credentials" / "revoked.json").read_text())
    for path in (registry / "credentials").glob("*.json"):
        path.unlink()
    for name, text in tampered(document):
        (registry / "credentials" / f"{name}.json").write_text(text)
    assert {each["result"] for each in judged(registry)["results"].values()} == {"refused"}
    assert "valid" not in ours(registry).values()


@pytest.mark.skipif(importlib.util.find_spec("openbadgeslib") is None, reason="openbadgeslib is not installed")
def test_a_library_of_open_badges_reads_them_and_refuses_changed_ones(folder):  # noqa: F811
    """It knows neither our register nor what a set bit means beyond that: revoked, suspended and expired are all refused."""
    read = library(folder)
    for name, word in ours(folder).items():
        said = read((folder / "credentials" / name).read_text())
        if name in BEYOND_IT:
            assert BEYOND_IT[name] in said
            continue
        assert (said == "") == (reads_outside_as(Word(word)) == "valid"), (name, said)
    assert "is set at index 3" in read((folder / "credentials" / "revoked.json").read_text())
    document = json.loads((folder / "credentials" / "genuine.json").read_text())
    # Its entry in the list has another index than the one that is moved there, so six of the seven ways change it.
    changed = {name: text for name, text in tampered(document) if text != json.dumps(document, ensure_ascii=False)}
    assert [name for name, text in changed.items() if not read(text)] == [] and len(changed) == 6


def library(folder):  # noqa: F811
    """Why it refuses a text; empty where it takes it. The proof of a list it reads in tokens alone: that is looked at by the others."""
    ldp = importlib.import_module("openbadgeslib.ob3.ldp")
    verifier = importlib.import_module("openbadgeslib.ob3.verifier")
    known = {}
    for kind in ("dids", "status"):
        for path in (folder / kind).glob("*.json"):
            document = json.loads(path.read_text())
            known[did_web_address(document["id"]) if kind == "dids" else document["id"]] = path.read_bytes()

    def download(address):
        if address not in known:
            raise OSError(f"{address} is not in this folder")
        return known[address]

    def read(text):
        try:
            did = json.loads(text)["issuer"]["id"]
            ldp.OB3LdpVerifier.for_issuer_did(did).verify(
                text,
                check_status=True,
                verify_status_list=False,
                download=download,
            )
        except (verifier.OB3VerificationError, ValueError) as error:
            return str(error)
        return ""

    return read
