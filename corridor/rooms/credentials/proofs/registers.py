"""
The register of issuers: who might issue what, where, from when, until when. A signed JSON document of our own (``eddsa-jcs-2022``).

    {"type": "RegisterOfIssuers", "id": address of the edition, "issuer": DID of the alliance, "alliance": its address,
     "number": 7, "day": day, "created": instant, "validUntil": instant, "previous": SHA-256 of the edition before,
     "issuers": [{"id": DID, "reference": "...", "name": "...", "country": "CN", "memberships": [{"from": day, "before": day}],
                  "scopes": [{"programme": address, "site": address, "from": day, "before": day}]}], "proof": [...]}

``before`` is the first day that is no longer in it, and is missing where there is no end. Editions are numbered without a gap as long as
nobody puts back an older copy of the records; whoever has seen a higher number knows.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corridor.kernel.wording import N_

from .data_integrity import JCS, SigningKey, check, proofs_of, sign, timestamp
from .did_documents import key_of
from .instants import read_instant
from .refusals import CannotRead, ForeignProof, ProofRefused

KIND = "RegisterOfIssuers"
type Days = tuple[date, date | None]


@dataclass(frozen=True)
class Listed:
    """What the register says of one issuer: its days as an active member, and the scopes (programme, site) with theirs."""

    did: str
    reference: str
    name: str
    country: str
    memberships: tuple[Days, ...]
    scopes: tuple[tuple[str, str, Days], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.did,
            "reference": self.reference,
            "name": self.name,
            "country": self.country,
            "memberships": [_days(each) for each in self.memberships],
            "scopes": [{"programme": programme, "site": site, **_days(days)} for programme, site, days in self.scopes],
        }

    def was_member(self, on: date) -> bool:
        return any(_covers(each, on) for each in self.memberships)

    def might_issue(self, *, programme: str, site: str, on: date) -> bool:
        return any((programme, site) == (p, s) and _covers(days, on) for p, s, days in self.scopes)


@dataclass(frozen=True)
class Register:
    """An edition as it is read: its number and day, until when it may be relied on, and the issuers by DID."""

    alliance: str
    number: int
    day: date
    valid_until: datetime | None
    issuers: dict[str, Listed]


def content_sha256(issuers: Sequence[Listed]) -> str:
    """The same for the same content, whenever it is signed."""
    said = json.dumps([each.as_json() for each in issuers], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def sign_register(
    *, url: str, alliance: str, alliance_did: str, number: int, day: date, previous: str, issuers: Sequence[Listed],
    key: SigningKey, created: datetime, valid_until: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The edition to publish at ``url``."""
    document = {
        "type": KIND, "id": url, "issuer": alliance_did, "alliance": alliance, "number": number, "day": day.isoformat(),
        "created": timestamp(created), "validUntil": timestamp(valid_until), "previous": previous,
        "issuers": [each.as_json() for each in issuers],
    }  # fmt: skip
    return sign(document, key=key, created=created, cryptosuite=JCS)


def check_signed(document: dict[str, Any], *, alliance: dict[str, Any]) -> None:
    """
    Return when the document is signed by the alliance, whose DID document is given.

    Raises ProofRefused, ForeignProof or CannotRead.
    """
    did, proofs = str(document.get("issuer")), proofs_of(document)
    if not proofs:
        raise ProofRefused(N_("It is not signed by the alliance."))
    for proof in proofs:
        method, created = proof.get("verificationMethod"), read_instant(proof.get("created"))
        if not isinstance(method, str) or created is None:
            raise ProofRefused(N_("It is not signed by the alliance."))
        check(document, proof, public=key_of(alliance, did=did, method=method, at=created))


def is_signed(document: dict[str, Any], *, alliance: dict[str, Any]) -> bool:
    """The same as a question."""
    try:
        check_signed(document, alliance=alliance)
    except (ProofRefused, ForeignProof, CannotRead):
        return False
    return True


def read_register(document: dict[str, Any]) -> Register | None:
    """What an edition says; None for anything else. Its proof has been checked before."""
    try:
        if document.get("type") != KIND:
            return None
        issuers = [_listed(each) for each in document["issuers"]]
        return Register(
            alliance=str(document["alliance"]),
            number=int(document["number"]),
            day=date.fromisoformat(document["day"]),
            valid_until=read_instant(document.get("validUntil")),
            issuers={each.did: each for each in issuers},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _listed(each: dict[str, Any]) -> Listed:
    return Listed(
        did=str(each["id"]), reference=str(each["reference"]), name=str(each["name"]), country=str(each.get("country", "")),
        memberships=tuple(_read_days(days) for days in each["memberships"]),
        scopes=tuple((str(row["programme"]), str(row["site"]), _read_days(row)) for row in each["scopes"]),
    )  # fmt: skip


def _days(days: Days) -> dict[str, str]:
    return {"from": days[0].isoformat()} | ({"before": days[1].isoformat()} if days[1] else {})


def _read_days(said: dict[str, Any]) -> Days:
    return date.fromisoformat(said["from"]), date.fromisoformat(said["before"]) if "before" in said else None


def _covers(days: Days, on: date) -> bool:
    return days[0] <= on and (days[1] is None or on < days[1])
