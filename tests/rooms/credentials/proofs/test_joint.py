"""Several members sign one credential: each named in it, each entitled, and all of them or it is worth nothing."""

import json

import pytest

from corridor.rooms.credentials.proofs import composing
from corridor.rooms.credentials.proofs.data_integrity import sign
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World, facts

CHONGQING = Issuer("chongqing", "Chongqing Motor College")
VIENTIANE = Issuer("vientiane", "Vientiane Technical School")
COLOMBO = Issuer("colombo", "Colombo Institute")


def joint(*others):
    signers = tuple(composing.Place(each.did, each.name) for each in (VIENTIANE, COLOMBO))
    document = composing.issue(facts(CHONGQING, signers=signers), key=CHONGQING.key, created=ISSUED)
    for each in others:
        document = sign(document, key=each.key, created=ISSUED)
    return document


def verify(document, world=None):
    world = world or World([CHONGQING, VIENTIANE, COLOMBO])
    return verify_document(json.dumps(document), resolver=world, at=AT)


def results(verdict, name):
    return [check.result for check in verdict.checks if check.name == name]


def test_each_signer_has_its_own_signature_issuer_and_scope_check():
    verdict = verify(joint(VIENTIANE, COLOMBO))
    assert verdict.word == Word.VALID
    for name in (CheckName.SIGNATURE, CheckName.ISSUER, CheckName.SCOPE):
        assert results(verdict, name) == [Result.PASS] * 3
    assert verdict.said.signers == ((VIENTIANE.did, VIENTIANE.name), (COLOMBO.did, COLOMBO.name))
    scopes = [str(check) for check in verdict.checks if check.name == CheckName.SCOPE]
    assert ["Chongqing" in scopes[0], "Vientiane" in scopes[1], "Colombo" in scopes[2]] == [True] * 3


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_signature_that_was_taken_out_is_missed(taken):
    document = joint(VIENTIANE, COLOMBO)
    del document["proof"][taken]
    verdict = verify(document)
    assert verdict.word == Word.TAMPERED and verdict.said is None


def test_a_signer_who_has_not_signed_is_named():
    verdict = verify(joint(VIENTIANE))
    assert verdict.word == Word.TAMPERED
    missing = [check for check in verdict.checks if check.result == Result.FAIL]
    assert [check.places["signer"] for check in missing] == [COLOMBO.did]
    assert "has not signed" in str(missing[0])


def test_one_signature_that_does_not_fit_spoils_all():
    document = joint(VIENTIANE, COLOMBO)
    document["proof"][2]["proofValue"] = document["proof"][1]["proofValue"]
    verdict = verify(document)
    assert verdict.word == Word.TAMPERED
    assert results(verdict, CheckName.SIGNATURE) == [Result.PASS, Result.PASS, Result.FAIL]


def test_nobody_takes_a_name_off_the_list_of_signers():
    document = joint(VIENTIANE)
    document["evidence"] = [each for each in document["evidence"] if each["id"] != COLOMBO.did]
    assert verify(document).word == Word.TAMPERED


def test_each_signer_must_have_been_entitled_and_a_member():
    document = joint(VIENTIANE, COLOMBO)
    world = World([CHONGQING, VIENTIANE, COLOMBO])
    world.entitlements.discard((COLOMBO.did, "wks-vientiane", "PRG-2023-01"))
    verdict = verify(document, world)
    assert verdict.word == Word.OUT_OF_SCOPE
    assert results(verdict, CheckName.SCOPE) == [Result.PASS, Result.PASS, Result.FAIL]
    left = World([CHONGQING, VIENTIANE, COLOMBO], left={VIENTIANE.did})
    verdict = verify(document, left)
    assert verdict.word == Word.UNKNOWN_ISSUER
    assert results(verdict, CheckName.ISSUER) == [Result.PASS, Result.FAIL, Result.PASS]


def test_a_signer_nobody_knows_makes_it_no_forgery():
    assert verify(joint(VIENTIANE, COLOMBO), World([CHONGQING, VIENTIANE])).word == Word.UNKNOWN_ISSUER


def test_a_stranger_with_many_names_on_the_list_costs_no_look_at_the_register():
    document = joint(VIENTIANE, COLOMBO)
    document["evidence"] += [{"id": f"did:web:x{n}.example", "genre": "signer"} for n in range(5_000)]
    verdict = verify(document)
    assert verdict.word != Word.VALID and len(verdict.checks) < 50
