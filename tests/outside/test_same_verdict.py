"""The verifier in the browser says what the server's says: the same word and the same named checks, with the same reasons."""

import base64
import json
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corridor.rooms.credentials.compact.verifying import as_codes, verify_codes
from corridor.rooms.credentials.jwt.selective_credentials import TYP, write_selective
from corridor.rooms.credentials.jwt.tokens import read_token, sign_token
from corridor.rooms.credentials.jwt.verifying import as_token, verify_token
from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.bundles import open_bundle
from corridor.rooms.credentials.proofs.verifying import verify_document
from tests.rooms.credentials.proofs.cast import AT, ISSUED, PUBLIC_URL, facts
from tests.rooms.credentials.proofs.strangers import badge_of, message

from .test_outside_verifier import NODE
from .verdict_cases import LEFT, LEFT_ALLIANCE, Case, Cases, House
from .verdict_strangers import with_lost_addresses

pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node here to run the verifier of the browser")
SCRIPT = Path(__file__).with_name("verdicts.mjs")
COUNT = 500


@dataclass(frozen=True)
class BinaryCase:
    """A file that is no text."""

    raw: bytes
    at: datetime = AT

    def as_json(self) -> dict[str, Any]:
        return {"raw": {"base64": base64.b64encode(self.raw).decode()}, "at": self.at.isoformat()}


def on_the_server(case, resolver):
    codes, token = as_codes(case.raw), as_token(case.raw)
    if codes is not None:
        return verify_codes(codes, resolver=resolver, at=case.at)
    if token is not None:
        return verify_token(token, resolver=resolver, at=case.at)
    return verify_document(case.raw, resolver=resolver, at=case.at)


def in_the_browser(cases, house, folder, **options):
    told = folder / "told.json"
    told.write_text(json.dumps({"alliance": house.alliance, "bundle": house.bundle}))
    lines = "".join(json.dumps(case.as_json() | options) + "\n" for case in cases)
    run = subprocess.run([NODE, SCRIPT, told], input=lines, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def found_by_us(verdict):
    checks = [(check.name.value, check.result.value) for check in verdict.checks]
    texts = {key: dict(said) for key, said in verdict.said.texts.items() if said} if verdict.said else None
    names = sorted(verdict.said.learner_names) if verdict.said else None
    return verdict.word.value, checks, names, texts, what_it_says(verdict.said), verdict.replaced_by


def what_it_says(said):
    """What is said of what was learnt, as the browser holds it: an endorsement's own words stand apart there."""
    if said is None:
        return None
    units = [
        (each.id, each.name, [bare(f"{code} {name}") for name, code, _url in each.alignments], each.hours)
        for each in said.units
    ]
    levels = [(address, name) for name, _code, address in said.alignments]
    return said.description, said.criteria, units, levels, [*said.measured], [*said.signers]


def found_there(verdict):
    checks = [(check["name"], check["result"]) for check in verdict["checks"]]
    said = verdict["said"]
    texts = {key: texts for key, texts in said.get("texts", {}).items() if texts} if said else None
    names = sorted(said["learnerNames"]) if said else None
    return verdict["word"], checks, names, texts, what_it_says_there(said), verdict["replacedBy"]


def bare(text):
    """Without spaces: each side has its own idea of what is one at the end of a text."""
    return "".join(text.replace("\ufeff", " ").split())


def what_it_says_there(said):
    if said is None:
        return None
    # A paper has no room for alignments, hours and levels.
    units = [
        (each["id"], each["name"], [bare(one) for one in each.get("alignments", [])], each.get("hours", ""))
        for each in said["units"]
    ]
    levels = [(each["id"], each["name"]) for each in said.get("levels", [])]
    measured = [(each["name"], each["value"]) for each in said["measured"]]
    signers = [(each["did"], each["name"]) for each in said["signers"]]
    return said["description"] or said["text"], said.get("criteria", ""), units, levels, measured, signers


def test_five_hundred_cases_get_the_same_verdict(tmp_path):
    house = House()
    cases = list(Cases(house, Random(15)).all(COUNT))
    resolver = open_bundle(house.bundle, alliance=house.alliance)
    answers = in_the_browser(cases, house, tmp_path)
    words = Counter()
    differences = []
    for case, there in zip(cases, answers, strict=True):
        verdict = on_the_server(case, resolver)
        words[verdict.word.value] += 1
        if found_by_us(verdict) != found_there(there):
            differences.append((case, found_by_us(verdict), [str(each) for each in verdict.checks], there))
    assert not differences, (len(differences), differences[0])
    theirs = {each["word"] for case, each in zip(cases, answers, strict=True) if LEFT_ALLIANCE in case.raw}
    assert {"valid", "revoked", "unknown_issuer"} <= theirs, theirs
    # Every word but those of a stolen or missing list comes up by chance.
    assert len(words) == 11, words


def test_who_came_from_another_house_is_judged_by_its_register(tmp_path):
    house = House()
    at_home = {
        "site": composing.Place(f"{LEFT}/sites/wks-vientiane", "Workshop"),
        "programme": composing.Place(f"{LEFT}/programmes/PRG-2023-01", "Vehicle inspection"),
    }
    # Without those, the places of this house: for them nobody there was entitled.
    wanted = [
        (house.port_louis, 7, at_home, "valid"), (house.port_louis, 21, at_home, "revoked"), (house.port_louis, 24, at_home, "revoked"),
        (house.port_louis, 7, {}, "out_of_scope"), (house.port_louis, 7, at_home | {"valid_from": AT - timedelta(days=10)}, "unknown_issuer"),
        (house.male, 7, at_home, "unknown_issuer"),
    ]  # fmt: skip
    cases = [
        Case("honest", json.dumps(composing.issue(facts(issuer, index, **more), key=issuer.key, created=ISSUED)))
        for issuer, index, more, _word in wanted
    ]
    resolver = open_bundle(house.bundle, alliance=house.alliance)
    answers = in_the_browser(cases, house, tmp_path)
    assert [each["word"] for each in answers] == [word for *_given, word in wanted]
    for case, there in zip(cases, answers, strict=True):
        verdict = on_the_server(case, resolver)
        assert found_by_us(verdict) == found_there(there)
        assert [each.reason for each in verdict.checks] == [each["reason"] for each in there["checks"]]
    assert answers[0]["checks"][1]["places"]["register"] == "the register of the house that it left"


def test_an_address_that_software_leaves_out_is_named_by_both(tmp_path):
    house = House()
    document = composing.issue(facts(house.chongqing), key=house.chongqing.key, created=ISSUED)
    cases = [Case("broken", json.dumps(each)) for each in with_lost_addresses(document)]
    resolver = open_bundle(house.bundle, alliance=house.alliance)
    for case, there in zip(cases, in_the_browser(cases, house, tmp_path), strict=True):
        assert found_by_us(on_the_server(case, resolver)) == found_there(there), case.raw
        assert there["word"] != "valid"


def test_what_is_null_in_a_token_was_not_left_out(tmp_path):
    house = House()
    issuer = house.chongqing
    document = composing.issue(facts(issuer), key=issuer.key, created=ISSUED)
    token = write_selective(document, vct=f"{PUBLIC_URL}/vct", key=issuer.key, at=ISSUED)
    claims = read_token(token.partition("~")[0]).claims
    unit = {"id": f"{PUBLIC_URL}/u/9", "name": "Brakes"}
    changes: list[tuple[dict[str, Any], str]] = [
        ({}, "valid"), ({"levels": []}, "valid"), ({"results": [unit]}, "valid"),
        ({"levels": None}, "malformed"), ({"other_names": None}, "malformed"), ({"results": [unit | {"alignments": None}]}, "malformed"),
        ({"results": None}, "malformed"), ({"_sd": None}, "malformed"), ({"_sd_alg": None}, "malformed"), ({"_sd_alg": ["sha-256"]}, "malformed"),
    ]  # fmt: skip
    cases = [Case("token", sign_token(claims | more, key=issuer.key, typ=TYP) + "~") for more, _word in changes]
    resolver = open_bundle(house.bundle, alliance=house.alliance)
    answers = in_the_browser(cases, house, tmp_path)
    for case, there, (more, word) in zip(cases, answers, changes, strict=True):
        here = on_the_server(case, resolver)
        assert found_by_us(here) == found_there(there), more
        assert [each.reason for each in here.checks] == [each["reason"] for each in there["checks"]], more
        assert there["word"] in (word, "out_of_scope" if word == "valid" else word), more


@pytest.mark.parametrize(("size", "is_read"), [(374_000, True), (376_000, False), (499_000, False), (501_000, False)])
def test_a_message_in_binary_is_read_up_to_the_same_size(tmp_path, size, is_read):
    house = House()
    badge, kid = badge_of(house.chongqing), f"{house.chongqing.did}#rsa".encode()
    spare = size - len(message(badge | {"more": ""}, _4=kid))
    case = BinaryCase(message(badge | {"more": "x" * spare}, _4=kid))
    [there] = in_the_browser([case], house, tmp_path)
    here = on_the_server(case, open_bundle(house.bundle, alliance=house.alliance))
    assert found_by_us(here) == found_there(there)
    assert [each.reason for each in here.checks] == [each["reason"] for each in there["checks"]]
    assert (("signature", "pass") in found_there(there)[1]) == is_read


def test_a_browser_that_does_not_know_ed25519_says_the_same(tmp_path):
    house = House()
    cases = list(Cases(house, Random(9)).all(120))
    known, by_library = in_the_browser(cases, house, tmp_path), in_the_browser(cases, house, tmp_path, library=True)
    assert [found_there(each) for each in known] == [found_there(each) for each in by_library]
    assert any(each["word"] == "valid" for each in by_library)


def test_a_bundle_of_somebody_else_or_with_something_changed_is_not_taken(tmp_path):
    house, other = House(), House()
    changed = json.loads(json.dumps(house.bundle))
    del changed["statusLists"][0]
    for bundle in (other.bundle, changed, {**house.bundle, "proof": []}):
        told = tmp_path / "told.json"
        told.write_text(json.dumps({"alliance": house.alliance, "bundle": bundle}))
        run = subprocess.run([NODE, SCRIPT, told], input="", capture_output=True, text=True, timeout=60, check=False)
        assert run.returncode != 0 and "signed" in run.stderr
