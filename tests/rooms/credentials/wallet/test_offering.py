"""A certificate is taken into a wallet by its holder, once, with both codes and a proof of the wallet's key."""

from datetime import UTC, date, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import exchange_code, give_to_wallet, offer_to_wallet
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.jwt.selective import open_selective
from corridor.rooms.credentials.models import WalletOffer
from corridor.rooms.credentials.proofs.did_documents import new_key
from corridor.rooms.credentials.proofs.jwk import jwk_of
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotInForce
from corridor.rooms.credentials.wallet.proving import make_nonce
from corridor.rooms.credentials.wallet.refusals import (
    AccessRefused,
    GrantRefused,
    NonceRefused,
    NotGiven,
    ProofOfKeyRefused,
)
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import make_credential
from tests.rooms.credentials.proofs.strangers import P384

from .holding import Wallet, code_in, holder_of

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)


def offered(credential, at=AT):
    return offer_to_wallet(credential=credential, at=at, by=holder_of(credential))


def exchanged(offer, typed=None, at=AT):
    return exchange_code(code=code_in(offer.address), typed=typed or offer.transaction_code, at=at, by=VISITOR)


def given(access, proof, at=AT):
    return give_to_wallet(access=access.token, proof=proof, at=at, signed_at=AT, by=VISITOR)


def wrong(offer):
    return f"{(int(offer.transaction_code) + 1) % 1_000_000:06}"


def test_the_holder_takes_it_bound_to_the_wallet_and_it_is_genuine():
    credential, wallet = make_credential(), Wallet()
    person = credential.enrolment.person
    person.born_on = date(2001, 2, 3)
    person.save()
    text = given(exchanged(offered(credential)), wallet.proof(make_nonce(at=AT), at=AT))
    claims = open_selective(text).claims
    assert claims["cnf"]["jwk"] == jwk_of(wallet.key.public_key()) and claims["birthdate"] == "2001-02-03"
    assert queries.verify(raw=text, at=AT, by=VISITOR).word == Word.VALID
    assert WalletOffer.objects.get().taken_at == AT
    assert queries.taken_into_wallets(credential=credential, by=holder_of(credential)) == [AT]


def test_nobody_else_makes_an_offer_however_wide_the_office():
    credential = make_credential()
    site, person = credential.cohort.site_id, credential.enrolment.person_id
    others = [make_actor("secretariat"), make_actor("site_manager", ("site", site)), NIGHTLY, VISITOR]
    for by in [*others, make_actor("learner", ("person", site))]:
        with pytest.raises(AccessDenied):
            offer_to_wallet(credential=credential, at=AT, by=by)
    assert person and not WalletOffer.objects.exists()


def test_codes_serve_once_and_end_and_a_new_offer_ends_the_last():
    credential = make_credential()
    first = offered(credential)
    second = offered(credential, at=AT + timedelta(seconds=1))
    late = AT + timedelta(minutes=10, seconds=1)
    for offer, at in ((first, AT + timedelta(seconds=2)), (second, late)):
        with pytest.raises(GrantRefused):
            exchanged(offer, at=at)
    exchanged(second)
    with pytest.raises(GrantRefused):
        exchanged(second)


def test_the_fifth_wrong_transaction_code_ends_the_offer():
    offer = offered(make_credential())
    for _ in range(5):
        with pytest.raises(GrantRefused, match="transaction code is wrong"):
            exchanged(offer, typed=wrong(offer))
    assert WalletOffer.objects.get().attempts == 5
    with pytest.raises(GrantRefused, match="has ended"):
        exchanged(offer)


def test_access_serves_once_and_ends():
    credential, wallet = make_credential(), Wallet()
    access = exchanged(offered(credential))
    with pytest.raises(AccessRefused):
        given(access, "", at=AT + timedelta(minutes=11))
    given(access, wallet.proof(make_nonce(at=AT), at=AT))
    with pytest.raises(AccessRefused):
        given(access, wallet.proof(make_nonce(at=AT), at=AT))
    with pytest.raises(AccessRefused):
        give_to_wallet(access="nothing", proof="", at=AT, signed_at=AT, by=VISITOR)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"aud": "https://evil.example"}, ProofOfKeyRefused), ({"iat": 5}, ProofOfKeyRefused),
        ({"iat": "now"}, ProofOfKeyRefused), ({"header": {"typ": "JWT"}}, ProofOfKeyRefused),
        ({"header": {"alg": "none"}}, ProofOfKeyRefused), ({"header": {"jwk": {"kty": "RSA"}}}, ProofOfKeyRefused),
        ({"header": {"kid": "did:key:z"}}, ProofOfKeyRefused), ({"nonce": "5.x.y"}, NonceRefused), ({"nonce": 5}, NonceRefused),
        ({"nonce": "é.é.é"}, NonceRefused), ({"another": True}, ProofOfKeyRefused),
    ],
    ids=["aud", "old", "no-iat", "typ", "none", "rsa", "kid", "nonce", "nonce-number", "nonce-letters", "another-key"],
)  # fmt: skip
def test_a_proof_that_is_not_for_us_now_by_that_key_gets_nothing(changes, refusal):
    access, wallet = exchanged(offered(make_credential())), Wallet()
    changes = dict(changes)
    if changes.pop("another", None):
        changes["key"] = Wallet().key
    nonce = changes.pop("nonce", make_nonce(at=AT))
    with pytest.raises(refusal):
        given(access, wallet.proof(nonce, at=AT, **changes))
    assert WalletOffer.objects.get().taken_at is None


def test_a_nonce_serves_once_and_not_for_long():
    first, second = make_credential(), make_credential("COH-2023-042")
    wallet, nonce = Wallet(), make_nonce(at=AT)
    given(exchanged(offered(first)), wallet.proof(nonce, at=AT))
    access = exchanged(offered(second))
    with pytest.raises(NonceRefused):
        given(access, wallet.proof(nonce, at=AT))
    old = make_nonce(at=AT - timedelta(minutes=6))
    with pytest.raises(NonceRefused):
        given(access, wallet.proof(old, at=AT))
    given(access, wallet.proof(make_nonce(at=AT), at=AT))


def test_one_revoked_meanwhile_is_not_given():
    credential = make_credential()
    access = exchanged(offered(credential))
    actions.revoke_credential(credential=credential, on=AT.date(), at=AT, by=NIGHTLY, why=Why.MISCONDUCT, dry_run=False)
    with pytest.raises(NotGiven):
        given(access, Wallet().proof(make_nonce(at=AT), at=AT))
    with pytest.raises(NotInForce):
        offered(queries.get_credential(reference=credential.reference, by=NIGHTLY))


def test_neither_code_nor_access_is_kept():
    offer = offered(make_credential())
    access = exchanged(offer)
    kept = str(list(WalletOffer.objects.values()))
    assert code_in(offer.address) not in kept and offer.transaction_code not in kept.split("'")
    assert access.token not in kept


def test_a_key_that_holds_a_private_half_is_not_taken():
    access, key = exchanged(offered(make_credential())), new_key()
    header = {"jwk": {**jwk_of(key.public_key()), "d": "AQ"}, "alg": "EdDSA"}
    with pytest.raises(ProofOfKeyRefused):
        given(access, Wallet().proof(make_nonce(at=AT), at=AT, key=key, header=header))


def test_keys_that_only_strangers_sign_with_are_no_keys_of_a_wallet():
    """What is read of others is not what is given to: our metadata names two algorithms."""
    access = exchanged(offered(make_credential()))
    header = {"jwk": jwk_of(P384.public_key()), "alg": "ES384"}
    with pytest.raises(ProofOfKeyRefused, match="one of these"):
        given(access, Wallet().proof(make_nonce(at=AT), at=AT, key=P384, header=header))
