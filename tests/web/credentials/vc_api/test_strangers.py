"""What the doors read of strangers: RSA and P-384, keys that are a name of the newer spelling, and envelopes in binary."""

import base64

import pytest

from corridor.rooms.credentials.proofs.jwk import base64url
from tests.rooms.credentials.proofs.strangers import KEYS, P384, RSA, did_jwk, did_key, message, signed_by_p384, token

from .outsiders import V2, changed, credential, enveloped

PACKED = "vc+cose;base64"


@pytest.mark.parametrize("alg", KEYS)
def test_a_token_by_any_algorithm_that_is_read_holds(doors, alg):
    did = did_jwk(KEYS[alg])
    header = {"typ": "vc+jwt", "cty": "vc", "kid": f"{did}#0"}
    doors.holds(enveloped(token(credential(issuer=did), alg=alg, **header)))
    doors.refuses(enveloped(token(credential(issuer=did), alg=alg, **header | {"kid": f"{did}#1"})))
    doors.refuses(enveloped(token(credential(issuer="did:example:guild"), alg=alg, **header)))
    whole, _dot, signature = token(credential(issuer=did), alg=alg, **header).rpartition(".")
    doors.refuses(enveloped(f"{whole}.{'A' * len(signature)}"))


def test_a_proof_by_p384_holds(doors):
    did = did_key(P384)
    signed = signed_by_p384(credential(issuer=did), method=f"{did}#{did.removeprefix('did:key:')}")
    doors.holds(signed)
    doors.refuses(changed(signed, "validFrom", "2023-07-01T09:00:00Z"))


def binary(did, *, said=None, **header):
    raw = message(said or credential(issuer=did), _4=f"{did}#0".encode(), **header)
    return base64.b64encode(raw).decode()


def test_an_envelope_in_binary_holds(doors):
    did = did_jwk(RSA)
    for text, media in (
        (binary(did), PACKED),
        (binary(did).rstrip("="), PACKED),
        (base64url(base64.b64decode(binary(did))), "vc+cose;base64url"),
    ):
        doors.holds(enveloped(text, media=media))
    doors.holds(enveloped(binary(did, _16=None), media=PACKED))
    for text, media in (
        (binary(did), "vc+cose"), (binary(did), "vc+jwt"), (binary(did)[:-8], PACKED), (binary(did, _16="application/vp+cose"), PACKED),
        (binary(did, _3="text/plain"), PACKED), (binary(did, said=credential(issuer="did:example:guild")), PACKED), ("AAAA", PACKED),
        (binary(did, said=credential(issuer=did, badge="x")), PACKED), (binary(did, private=KEYS["ES256"], alg="ES256"), PACKED),
    ):  # fmt: skip
        doors.refuses(enveloped(text, media=media))
    plain = token(credential(issuer=did), typ="vc+cose", cty="vc", kid=f"{did}#0")
    doors.refuses(enveloped(plain, media="jwt"))


def test_a_presentation_shows_what_is_wrapped_in_binary(doors, guild):
    did = did_jwk(RSA)
    said = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": guild.did}
    inside = enveloped(binary(did), media=PACKED)
    shown = guild.token({**said, "verifiableCredential": [inside]}, typ="vp+jwt", cty="vp")
    doors.takes(enveloped(shown, kind="Presentation", media="vp+jwt"))
    other = {**inside, "id": inside["id"][:-12] + "AAAAAAAAAAAA"}
    broken = guild.token({**said, "verifiableCredential": [other]}, typ="vp+jwt", cty="vp")
    doors.turns_away(enveloped(broken, kind="Presentation", media="vp+jwt"))
