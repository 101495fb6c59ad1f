"""A learner with a wallet, which holds a key of its own and speaks as OpenID4VCI 1.0 says."""

import json
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from corridor.foundations import clock
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.proofs.jwk import base64url, jwk_of
from corridor.rooms.credentials.proofs.suites import sign_bytes
from corridor.rooms.credentials.wallet.metadata import GRANT
from tests.factories.actors import make_actor

ISSUER = "https://alliance.example"


def holder_of(credential: Credential):
    return make_actor("learner", ("person", credential.enrolment.person_id))


def code_in(address: str) -> str:
    offer = json.loads(parse_qs(urlsplit(address).query)["credential_offer"][0])
    return offer["grants"][GRANT]["pre-authorized_code"]


class Wallet:
    """One wallet with one P-256 key."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def proof(self, nonce: str, *, at: datetime | None = None, header=None, key=None, **claims) -> str:
        said = {"aud": ISSUER, "iat": int((at or clock.real_now()).timestamp()), "nonce": nonce} | claims
        head = {"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": jwk_of(self.key.public_key())} | (header or {})
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (head, said))
        return f"{signed}.{base64url(sign_bytes(key or self.key, signed.encode()))}"
