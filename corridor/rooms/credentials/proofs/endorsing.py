"""
An endorsement: a member says in its own words what it thinks of a credential, of what is taught, or of another member, and signs it.
Source: 1EdTech Open Badges 3.0, EndorsementCredential.

The claim is one text, in English where there is one: the official schema takes one string. What it says in other languages, and what is endorsed
is called in them, stands beside it as texts with a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from .contexts import CREDENTIALS, OPEN_BADGES
from .data_integrity import SigningKey, sign
from .instants import write_instant
from .refusals import CannotCompose
from .shape import check_shape
from .status_lists import StatusEntry
from .texts import Texts, in_further_languages, tagged


@dataclass(frozen=True)
class EndorsementFacts:
    """
    All that an endorsement says. ``endorses`` is the own id of what it speaks of; ``claims`` are by language; ``names`` and ``issuer_names`` say in
    further languages what it and the issuer are called.
    """

    id: str
    issuer_did: str
    issuer_name: str
    endorses: str
    name: str
    claims: Mapping[str, str]
    status: StatusEntry
    valid_from: datetime
    valid_until: datetime | None = None
    names: Texts = ()
    issuer_names: Texts = ()


def endorse(facts: EndorsementFacts, *, key: SigningKey, created: datetime) -> dict[str, Any]:
    """Compose, check our own shape, and sign. Raises CannotCompose without a claim or with an end before its beginning."""
    if not facts.claims or not all(text.strip() for text in facts.claims.values()):
        raise CannotCompose(N_("An endorsement cannot be issued without what it says."))
    if facts.valid_until is not None and facts.valid_until <= facts.valid_from:
        raise CannotCompose(N_("A credential cannot end before it begins."))
    document: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": facts.id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": facts.name,
        "issuer": {"id": facts.issuer_did, "type": ["Profile"], "name": facts.issuer_name} | tagged(facts.issuer_names),
        "validFrom": write_instant(facts.valid_from),
        "credentialSubject": {"id": facts.endorses, "type": ["EndorsementSubject"]} | _said(facts.claims),
        "credentialStatus": facts.status.as_json(),
    } | tagged(facts.names)
    if facts.valid_until is not None:
        document["validUntil"] = write_instant(facts.valid_until)
    signed = sign(document, key=key, created=created)
    check_shape(signed, "endorsement")
    return signed


def _said(claims: Mapping[str, str]) -> dict[str, Any]:
    """The English one, or the first; and each that is not English with its language."""
    comment = claims.get("en") or next(iter(claims.values()))
    return {"endorsementComment": comment} | tagged(in_further_languages(claims, beside=""))
