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


def by_its_own_name(document):
    """The same, signed anew by a key that is its own name."""
    private = did_documents.new_key()
    name = public_multikey(private)
    key = SigningKey(f"did:key:{name}#{name}", private)
    return sign({word: said for word, said in document.items() if word != "proof"}, key=key, created=ISSUED)


def test_whose_key_it_is_cannot_be_said_of_an_issuer_whose_keys_nobody_knows(chongqing):
    document = issued(chongqing)
    document["issuer"]["id"] = "https://guild.example/issuers/5"
    foreign = verify(by_its_own_name(document), World([chongqing]))
    assert foreign.word == Word.UNKNOWN_ISSUER
    first, second = (check for check in foreign.checks if check.name == CheckName.SIGNATURE)
    assert (first.result, second.result) == (Result.UNKNOWN, Result.PASS)
    assert "whether this is a key of https://guild.example/issuers/5" in str(first)
    # of a member the keys are known, and of a did:key it is the name that says
    for known in (chongqing.did, "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"):
        document["issuer"]["id"] = known
        assert verify(by_its_own_name(document), World([chongqing])).word == Word.TAMPERED
    changed = by_its_own_name({**document, "issuer": "https://guild.example/issuers/5"}) | {"name": "Another"}
    assert verify(changed, World([chongqing])).word == Word.TAMPERED


def test_words_that_are_not_kept_here_say_nothing_against_an_unknown_issuer(chongqing):
    document = issued(chongqing)
    document["@context"] = [*document["@context"], "https://guild.example/words/1"]
    assert verify(document, World([chongqing])).word == Word.MALFORMED  # a member writes no such words
    verdict = verify({**document, "issuer": {"id": "https://guild.example/issuers/5"}}, World([chongqing]))
    assert verdict.word == Word.UNKNOWN_ISSUER
    assert verdict.named(CheckName.SIGNATURE).result == Result.UNKNOWN
    assert "guild.example/words/1" in str(verdict.named(CheckName.SIGNATURE))


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


@pytest.mark.parametrize("off", [-1, 1], ids=["behind", "ahead"])
def test_a_readers_clock_that_is_a_day_off_changes_nothing_but_at_the_edges(chongqing, off):
    """A list of tomorrow is still a list; only what begins or ends on that very day is told otherwise, and never called a forgery."""
    document, world, day = issued(chongqing), World([chongqing]), timedelta(days=off)
    assert verify(document, world, AT + day).word == Word.VALID
    chongqing.reasons = [Reason(7, State.REVOKED, date(2024, 2, 2))]
    assert verify(document, World([chongqing]), AT + day).word == Word.REVOKED
    chongqing.reasons = []
    just_now = verify(document, world, ISSUED + day)
    assert just_now.word == (Word.EXPIRED if off < 0 else Word.VALID)
    assert just_now.named(CheckName.SIGNATURE).result == Result.PASS
    ends_today = {chongqing.list_url: chongqing.signed_list(valid_until=AT + timedelta(hours=1))}
    at_the_end = verify(document, World([chongqing], changed=ends_today), AT + day)
    assert at_the_end.word == (Word.VALID if off < 0 else Word.EXPIRED)
    assert at_the_end.named(CheckName.STATUS).result == (Result.PASS if off < 0 else Result.UNKNOWN)


def test_an_issuers_clock_that_was_a_day_behind_its_own_key_is_named(chongqing):
    (key,) = chongqing.keys
    document = composing.issue(facts(chongqing), key=chongqing.key, created=key.since - timedelta(days=1))
    verdict = verify(document, World([chongqing]))
    assert verdict.word == Word.KEY_ENDED and "not in use" in str(verdict.named(CheckName.SIGNATURE))


def test_a_list_of_another_address_or_with_another_entry_set_is_not_taken_for_this_one(chongqing):
    """Signed by the issuer itself, and still not the list that the credential names; or the reasons of another entry."""
    document, own = issued(chongqing), chongqing.list_url
    chongqing.list_url = f"{own}-again"
    elsewhere = verify(document, World([chongqing], changed={own: chongqing.signed_list()}))
    assert elsewhere.word == Word.MALFORMED
    assert "not the one that the credential names" in str(elsewhere.named(CheckName.STATUS))
    chongqing.list_url, chongqing.unexplained = own, [7]
    chongqing.reasons = [Reason(8, State.SUSPENDED, date(2024, 1, 9), "under-review")]
    moved = verify(document, World([chongqing]))
    assert moved.word == Word.REVOKED and "does not say why" in str(moved.named(CheckName.STATUS))


def test_a_list_signed_anew_without_the_entry_that_its_reasons_name_is_not_relied_on(chongqing):
    """The bit moved to another place: the list alone would bring to life what the issuer says is revoked."""
    document = issued(chongqing)
    chongqing.reasons = [Reason(7, State.REVOKED, date(2024, 1, 9), "misconduct")]
    reasons = chongqing.signed_companion()
    chongqing.reasons, chongqing.unexplained = [], [8]
    verdict = verify(document, World([chongqing], changed={companion_url(chongqing.list_url): reasons}))
    assert verdict.word == Word.REVOKED
    assert "the reasons beside the list" in str(verdict.named(CheckName.STATUS))
    # Older reasons say nothing against a newer list: a suspension may have been lifted since.
    chongqing.unexplained = []
    newer = {
        companion_url(chongqing.list_url): reasons,
        chongqing.list_url: chongqing.signed_list(at=AT + timedelta(hours=1)),
    }
    assert verify(document, World([chongqing], changed=newer), AT + timedelta(days=1)).word == Word.VALID
