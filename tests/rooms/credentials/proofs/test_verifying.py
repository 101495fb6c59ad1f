"""Each verdict of the verifier, and the check that names it."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.rooms.credentials.proofs import composing, did_documents
from corridor.rooms.credentials.proofs.companions import Reason, State, companion_url
from corridor.rooms.credentials.proofs.data_integrity import SigningKey, sign
from corridor.rooms.credentials.proofs.multikey import public_multikey
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.proofs.verifying import verify_document

from .cast import AT, ISSUED, Issuer, World, facts


@pytest.fixture
def chongqing():
    return Issuer("chongqing", "Chongqing Motor College")


@pytest.fixture
def vientiane():
    return Issuer("vientiane", "Vientiane Technical School")


def issued(issuer, **changes):
    return composing.issue(facts(issuer, **changes), key=issuer.key, created=ISSUED)


def verify(document, world, at=AT):
    raw = document if isinstance(document, str | bytes) else json.dumps(document)
    return verify_document(raw, resolver=world, at=at)


def results(verdict):
    return {check.name: check.result for check in verdict.checks}


def test_a_genuine_credential_passes_every_check_and_says_what_was_signed(chongqing):
    verdict = verify(issued(chongqing), World([chongqing]))
    assert verdict.word == Word.VALID
    assert set(results(verdict).values()) == {Result.PASS} and len(verdict.checks) == 6
    assert verdict.said.learner_names == ("Khamla Vongsa", "ຄຳຫຼ້າ")
    assert [unit.name for unit in verdict.said.units] == ["Inspect brakes", "Measure emissions"]
    assert verdict.said.issued_on == date(2023, 6, 30)


def test_a_changed_name_is_tampered_and_nothing_of_it_is_said(chongqing):
    document = issued(chongqing)
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Nimali Perera"
    verdict = verify(document, World([chongqing]))
    assert verdict.word == Word.TAMPERED and verdict.said is None
    assert verdict.named(CheckName.SIGNATURE).result == Result.FAIL
    assert verdict.named(CheckName.STATUS).result == Result.NOT_LOOKED_AT


@pytest.mark.parametrize("state", State)
def test_suspended_revoked_and_replaced_are_told_apart(chongqing, state):
    chongqing.reasons = [
        Reason(7, state, date(2024, 1, 9), "awarded-in-error", "https://alliance.example/credentials/new")
    ]
    verdict = verify(issued(chongqing), World([chongqing]))
    assert verdict.word.value == state.value
    assert verdict.named(CheckName.STATUS).places["since"] == date(2024, 1, 9)
    assert verdict.replaced_by == "https://alliance.example/credentials/new"
    assert verify(issued(chongqing, index=8), World([chongqing])).word == Word.VALID


def test_a_set_bit_without_a_believable_reason_is_revoked(chongqing, vientiane):
    chongqing.reasons = [Reason(7, State.SUSPENDED, date(2024, 1, 9))]
    vientiane.did, vientiane.list_url, vientiane.reasons = chongqing.did, chongqing.list_url, chongqing.reasons
    forged = {companion_url(chongqing.list_url): vientiane.signed_companion()}
    assert verify(issued(chongqing), World([chongqing], changed=forged)).word == Word.REVOKED


def test_a_status_list_that_is_missing_changed_or_too_old_never_passes(chongqing):
    document, world = issued(chongqing), World([chongqing])
    assert verify(document, World([chongqing], changed={chongqing.list_url: None})).word == Word.MALFORMED
    chongqing.unexplained = [7]
    other = chongqing.signed_list()["credentialSubject"]["encodedList"]
    world.changed[chongqing.list_url]["credentialSubject"]["encodedList"] = other
    assert verify(document, world).word == Word.TAMPERED
    chongqing.unexplained = []
    old = {chongqing.list_url: chongqing.signed_list(valid_until=AT)}
    assert verify(document, World([chongqing], changed=old), AT + timedelta(days=1)).word == Word.EXPIRED


def test_before_its_first_and_after_its_last_day_it_does_not_hold(chongqing):
    document = issued(chongqing, valid_until=AT)
    world = World([chongqing])
    assert verify(document, world).word == Word.VALID
    assert verify(document, world, AT + timedelta(seconds=1)).word == Word.EXPIRED
    early = verify(document, world, ISSUED - timedelta(days=1))
    assert early.word == Word.EXPIRED and "still to come" in str(early.named(CheckName.DATES))


def test_an_issuer_nobody_knows_is_not_called_a_forger(chongqing, vientiane):
    verdict = verify(issued(vientiane), World([chongqing]))
    assert verdict.word == Word.UNKNOWN_ISSUER
    assert verdict.named(CheckName.SIGNATURE).result == Result.UNKNOWN


def test_a_key_that_is_its_own_name_is_checked_but_still_unknown():
    private = did_documents.new_key()
    name = public_multikey(private)
    stranger = Issuer("stranger", "Stranger")
    stranger.did, stranger.key = f"did:key:{name}", SigningKey(f"did:key:{name}#{name}", private)
    document = issued(stranger)
    assert verify(document, World([])).word == Word.UNKNOWN_ISSUER
    assert verify(document, World([])).named(CheckName.SIGNATURE).result == Result.PASS
    document["name"] = "Another"
    assert verify(document, World([])).word == Word.TAMPERED


def test_an_issuer_that_was_not_in_the_register_on_the_day_is_named(chongqing):
    verdict = verify(issued(chongqing), World([chongqing], left={chongqing.did}))
    assert verdict.word == Word.UNKNOWN_ISSUER and "not in the register on" in str(verdict.named(CheckName.ISSUER))


def test_a_site_or_programme_outside_the_entitlement_is_out_of_scope(chongqing):
    elsewhere = composing.Place("https://alliance.example/sites/wks-colombo", "Workshop Colombo")
    assert verify(issued(chongqing, site=elsewhere), World([chongqing])).word == Word.OUT_OF_SCOPE
    abroad = composing.Place("https://other.example/sites/wks-vientiane", "Workshop Vientiane")
    assert verify(issued(chongqing, site=abroad), World([chongqing])).word == Word.OUT_OF_SCOPE


def test_a_signature_with_another_members_key_is_not_the_issuers(chongqing, vientiane):
    forged = sign(composing.compose_credential(facts(chongqing)), key=vientiane.key, created=ISSUED)
    assert verify(forged, World([chongqing, vientiane])).word == Word.TAMPERED
    pretended = sign(
        composing.compose_credential(facts(chongqing)),
        key=SigningKey(chongqing.key.verification_method, vientiane.key.private),
        created=ISSUED,
    )
    assert verify(pretended, World([chongqing, vientiane])).word == Word.TAMPERED


def test_two_signers_are_both_named_and_both_must_hold(chongqing, vientiane):
    joint = sign(issued(chongqing), key=vientiane.key, created=ISSUED)
    verdict = verify(joint, World([chongqing, vientiane]))
    assert verdict.word == Word.VALID
    signers = [check.places["signer"] for check in verdict.checks if check.name == CheckName.SIGNATURE]
    assert signers == [chongqing.did, vientiane.did]
    joint["proof"][1]["created"] = "2023-06-30T10:00:00Z"
    assert verify(joint, World([chongqing, vientiane])).word == Word.TAMPERED
    assert (
        verify(sign(issued(chongqing), key=vientiane.key, created=ISSUED), World([chongqing])).word
        == Word.UNKNOWN_ISSUER
    )


def test_a_retired_key_vouches_for_what_it_signed_in_its_time_only(chongqing):
    old, end = chongqing.key, datetime(2023, 7, 1, tzinfo=UTC)
    in_time = issued(chongqing)
    too_late = composing.issue(facts(chongqing), key=old, created=end + timedelta(days=1))
    (key,) = chongqing.keys
    new = did_documents.new_key()
    chongqing.keys = [
        did_documents.PublishedKey(key.fragment, key.public, key.since, end),
        did_documents.PublishedKey("key-2024", new.public_key(), end),
    ]
    chongqing.key = SigningKey(f"{chongqing.did}#key-2024", new)
    world = World([chongqing])
    assert verify(in_time, world).word == Word.VALID
    assert verify(too_late, world).word == Word.KEY_ENDED


def test_an_unsigned_credential_is_malformed(chongqing):
    verdict = verify(composing.compose_credential(facts(chongqing)), World([chongqing]))
    assert verdict.word == Word.MALFORMED and str(verdict.named(CheckName.SIGNATURE)) == "It is not signed."
