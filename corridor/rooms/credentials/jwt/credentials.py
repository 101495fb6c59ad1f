"""
A credential as VC-JWT. Source: Open Badges 3.0, section 8.2 (JSON Web Token Proof Format).

The claims are the credential itself, without its embedded proof, and beside it ``iss jti nbf sub exp``, which repeat what it says. A
reader could look at either, so ours refuses a token in which the two differ. ``sub`` repeats ``credentialSubject.id``, which the
embedded form leaves out: here it is made of the credential's own id, and so tells nothing of its holder. ``iat`` is the instant of
signing, by which the key must have been in use.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from corridor.kernel.wording import N_

from ..proofs.data_integrity import SigningKey
from ..proofs.instants import read_instant
from ..proofs.refusals import CannotRead
from ..proofs.shape import WrongShape
from ..proofs.verifying import named_signers
from ..refusals import SeveralSign
from .tokens import Token, sign_token

TYP = "JWT"
_REGISTERED = ("iss", "jti", "nbf", "sub", "exp", "iat")


def write_credential(document: Mapping[str, Any], *, key: SigningKey, at: datetime) -> str:
    """
    The token of a signed credential, whose own proofs are left behind.

    :raises SeveralSign: for one that several members sign together: a token has one signature.
    """
    require_one_signer(document)
    said = {name: value for name, value in document.items() if name != "proof"}
    subject = {"id": subject_of(document["id"]), **document["credentialSubject"]}
    said["credentialSubject"] = subject
    return sign_token({**said, **_repeated(said), "iat": int(at.timestamp())}, key=key, typ=TYP)


def require_one_signer(document: Mapping[str, Any]) -> None:
    """:raises SeveralSign: for a credential that names others who sign beside its issuer."""
    if named_signers(dict(document)):
        raise SeveralSign(
            N_("Several members sign this certificate together, and this form has room for one signature. Take the signed file or the PDF.")
        )  # fmt: skip


def read_credential(token: Token) -> dict[str, Any]:
    """The credential in it, without proof. :raises CannotRead: where it is none. :raises WrongShape: where it says one thing twice, differently."""
    said = {name: value for name, value in token.claims.items() if name not in _REGISTERED}
    types = said.get("type")
    if "VerifiableCredential" not in (types if isinstance(types, list) else [types]):
        raise CannotRead(N_("This is not a credential."))
    if isinstance(types, list) and "ClrCredential" in types:
        raise CannotRead(N_("This is a transcript of several certificates. Each of them is verified by itself."))
    for name, value in _repeated(said).items():
        if token.claims.get(name) != value:
            raise WrongShape(N_("The token and the credential in it do not say the same: %(claim)s."), claim=name)
    if "exp" in token.claims and "validUntil" not in said:
        raise WrongShape(N_("The token and the credential in it do not say the same: %(claim)s."), claim="exp")
    return said


def subject_of(identifier: str) -> str:
    """The name of the holder within one credential; the same person has another in every other."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{identifier}#holder')}"


def _repeated(said: Mapping[str, Any]) -> dict[str, Any]:
    issuer, subject = said.get("issuer"), said.get("credentialSubject")
    begins, ends = read_instant(said.get("validFrom")), read_instant(said.get("validUntil"))
    found = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "jti": said.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "nbf": int(begins.timestamp()) if begins else None,
    }
    return found | ({"exp": int(ends.timestamp())} if ends else {})
