"""
What a report says, as claims of a token that the alliance signs, and read again.

    {"iss": did, "iat": seconds, "jti": urn:uuid, "type": "VerificationReport", "verifiedAt": instant, "verdict": word, "sentence": text,
     "checks": [{"name", "result", "reason"}], "registerAsOf": day, "statusAsOf": day,
     "checked": {"sha256": of the file that was verified, "bytes": its length}, "certificate": {...} or null}

Sentences in it are English. ``certificate`` says what the page of the verdict says, and only where signature and form held.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils.translation import override

from corridor.kernel.wording import N_

from ..jwt.tokens import read_token, sign_token
from ..proofs.data_integrity import SigningKey
from ..proofs.did_documents import published_key, require_in_use
from ..proofs.instants import read_instant, write_instant
from ..proofs.refusals import CannotRead, ForeignProof, ProofRefused
from ..proofs.verdicts import Check, CheckName, Result, Said, Verdict, Word
from ..refusals import ReportRefused
from .wording import sentence_of

TYP = "verification-report+jwt"
KIND = "VerificationReport"
LATEST = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True)
class Report:
    """A report that the alliance signed, read again. ``checks`` hold their reasons as they were told, in English."""

    word: Word
    at: datetime
    sha256: str
    length: int
    checks: tuple[Check, ...]
    register_as_of: date | None
    status_as_of: date | None
    certificate: dict[str, Any] | None


def sign_report(verdict: Verdict, *, raw: bytes, key: SigningKey, at: datetime, signed_at: datetime) -> str:
    """The verdict of an instant about those bytes as a token, signed at ``signed_at`` by the world's own clock."""
    with override("en"):
        said = str(sentence_of(verdict))
    claims = {
        "iss": key.verification_method.partition("#")[0],
        "iat": int(signed_at.timestamp()),
        "jti": f"urn:uuid:{uuid4()}",
        "type": KIND,
        "verifiedAt": write_instant(at),
        "verdict": verdict.word.value,
        "sentence": said,
        "checks": [check.as_json() for check in verdict.checks],
        "registerAsOf": _age(verdict, CheckName.ISSUER),
        "statusAsOf": _age(verdict, CheckName.STATUS),
        "checked": {"sha256": sha256(raw).hexdigest(), "bytes": len(raw)},
        "certificate": _certificate(verdict.said) if verdict.said else None,
    }
    return sign_token(claims, key=key, typ=TYP)


def read_report(text: str, *, alliance: dict[str, Any] | None) -> Report:
    """What a signed report says, by the DID document of the alliance. :raises ReportRefused: for one that does not hold."""
    try:
        token = read_token(text)
    except CannotRead as refusal:
        raise ReportRefused(refusal.message, **refusal.places) from None
    did = token.claims.get("iss")
    if token.header.get("typ") != TYP or token.claims.get("type") != KIND:
        raise ReportRefused(N_("This is not the report of a verification."))
    if alliance is None or did != alliance.get("id"):
        raise ReportRefused(N_("This report was not signed by this alliance."))
    try:
        public, published = published_key(alliance, did=str(did), method=str(token.header.get("kid")))
        if not token.is_signed_by(public):
            raise ProofRefused(
                N_("The signature does not belong to this content: something was changed after signing.")
            )
        at, seconds = read_instant(token.claims.get("verifiedAt")), token.claims.get("iat")
        if at is None or not isinstance(seconds, int) or not 0 <= seconds <= LATEST:
            raise ProofRefused(N_("The proof does not say when it was made."))
        require_in_use(published, at=datetime.fromtimestamp(seconds, UTC))
        return _read(token.claims, at)
    except (ForeignProof, ProofRefused) as refusal:
        raise ReportRefused(refusal.message, **refusal.places) from None
    except (KeyError, TypeError, ValueError):  # signed by us, and not written as we write
        raise ReportRefused(N_("This is not the report of a verification.")) from None


def ages(verdict: Verdict) -> tuple[date | None, date | None]:
    """Of which day the register was, and the status list."""
    days = (verdict.named(name).places.get("as_of") for name in (CheckName.ISSUER, CheckName.STATUS))
    register, status = (day if isinstance(day, date) else None for day in days)
    return register, status


def _age(verdict: Verdict, name: CheckName) -> str | None:
    day = verdict.named(name).places.get("as_of")
    return day.isoformat() if isinstance(day, date) else None


def _certificate(said: Said) -> dict[str, Any]:
    return {
        "id": said.id, "name": said.name, "issuer": said.issuer_did, "issuerName": said.issuer_name,
        "holder": list(said.learner_names), "issuedOn": said.issued_on.isoformat(), "validUntil": said.valid_until or None,
    }  # fmt: skip


def _read(claims: dict[str, Any], at: datetime) -> Report:
    checked, days = claims["checked"], (claims["registerAsOf"], claims["statusAsOf"])
    register, status = (date.fromisoformat(day) if day else None for day in days)
    checks = [
        Check(CheckName(each["name"]), Result(each["result"]), "%(said)s", {"said": str(each["reason"])})
        for each in claims["checks"]
    ]
    return Report(
        Word(claims["verdict"]), at, str(checked["sha256"]), int(checked["bytes"]), tuple(checks), register, status,
        claims["certificate"],
    )  # fmt: skip
