"""Is this paper genuine? By what its codes say, with the same named checks as of the whole credential, and never an exception."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.did_documents import as_shown, published_key, require_in_use
from ..proofs.instants import write_instant
from ..proofs.refusals import CannotRead, ForeignProof, KeyCompromised, KeyNotInUse, ProofRefused
from ..proofs.resolving import Resolver
from ..proofs.shape import WrongShape
from ..proofs.verdicts import Check, CheckName, Result, Said, UnitSaid, Verdict, Word
from ..proofs.verifying import Genuine, verdict_from, verdict_on
from .claims import PaperClaims, Texts, issuer_in, read_claims, signed_at_in
from .message import Message, read_message
from .parts import MOST_CHARACTERS, looks_like_codes, read_parts

_KEY_WORDS: dict[type[ProofRefused], Word] = {KeyCompromised: Word.KEY_COMPROMISED, KeyNotInUse: Word.KEY_ENDED}
_WORDS = {Result.FAIL: Word.TAMPERED, Result.UNKNOWN: Word.UNKNOWN_ISSUER}


@dataclass(frozen=True)
class PaperVerdict(Verdict):
    """The answer about a paper by its codes. ``paper`` is what it must show, None unless signature and shape held."""

    paper: PaperClaims | None = None

    def without_name(self) -> "PaperVerdict":
        """The same, but for whose it is."""
        said = None if self.said is None else replace(self.said, learner_names=())
        return replace(self, said=said, paper=None if self.paper is None else self.paper.without_name())

    def as_json(self) -> dict[str, Any]:
        """With ``paper``: what to compare with what is printed."""
        found = super().as_json()
        return found if self.paper is None else found | {"paper": self.paper.as_json()}


def as_codes(raw: bytes | str) -> list[str] | None:
    """A file or a pasted text that is what the codes of a paper hold and nothing else."""
    if len(raw) > MOST_CHARACTERS:
        return None
    text = raw.decode("ascii", "replace") if isinstance(raw, bytes) else raw
    return text.split() if looks_like_codes(text) else None


def verify_codes(codes: list[str], *, resolver: Resolver, at: datetime) -> Verdict:
    """The verdict about one paper by its codes, at one instant, with what it must show (``paper``). Never raises for anything in ``codes``."""
    try:
        message = read_message(read_parts(codes))
    except CannotRead as refusal:
        return verdict_from([Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)], Word.MALFORMED)
    return verify_message(message, resolver=resolver, at=at)


def verify_message(message: Message, *, resolver: Resolver, at: datetime) -> Verdict:
    """As ``verify_codes``, of what was read from them."""
    issuer = issuer_in(message.claims)
    signature = _signature(message, issuer, resolver)
    try:
        paper = read_claims(message.claims)
    except WrongShape as refusal:
        shape = Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)
        word = _WORDS.get(signature.result, Word.MALFORMED)
        return verdict_from([signature, shape], Word(str(signature.places.get("word", word.value))))
    shape = Check(CheckName.SHAPE, Result.PASS, N_("It is written as this alliance's papers are."))
    prefix = resolver.prefix_for(issuer)
    found = Genuine(_as_document(paper), issuer, (signature,), shape)
    verdict = verdict_on(found, lambda: _said(paper, prefix), resolver=resolver, at=at)
    shown = paper if verdict.said is not None else None
    return PaperVerdict(verdict.word, verdict.checks, verdict.said, verdict.replaced_by, paper=shown)


def _signature(message: Message, issuer: str, resolver: Resolver) -> Check:
    method = message.method
    places: dict[str, object] = {"method": method[:300], "signer": as_shown(issuer)}
    document = resolver.did_document(issuer) if issuer else None
    if document is None:
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, N_("The key of %(signer)s is not known here."), places)
    try:
        public, published = published_key(document, did=issuer, method=method)
        if not message.is_signed_by(public):
            raise ProofRefused(
                N_("The signature does not belong to this content: something was changed after signing.")
            )
        signed_at = signed_at_in(message.claims)
        if signed_at is None:
            raise ProofRefused(N_("The proof does not say when it was made."))
        # Only of a signature that holds is it said that its key had ended: anything else is a forgery.
        require_in_use(published, at=signed_at)
    except ForeignProof as refusal:
        return Check(CheckName.SIGNATURE, Result.UNKNOWN, refusal.message, refusal.places)
    except ProofRefused as refusal:
        word = _KEY_WORDS.get(type(refusal), Word.TAMPERED)
        said = {**places, **refusal.places, "word": word.value}
        return Check(CheckName.SIGNATURE, Result.FAIL, refusal.message, said)
    return Check(CheckName.SIGNATURE, Result.PASS, N_("Signed by %(signer)s, and unchanged since."), places)


def _as_document(paper: PaperClaims) -> dict[str, object]:
    """What the checks of dates, issuer and status read of a credential."""
    document: dict[str, object] = {
        "validFrom": write_instant(paper.begins),
        "credentialStatus": {
            "id": f"{paper.list_address}#{paper.list_index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": str(paper.list_index), "statusListCredential": paper.list_address,
        },
        "issuer": paper.issuer_did,
    }  # fmt: skip
    if paper.ends is not None:
        document["validUntil"] = write_instant(paper.ends - timedelta(seconds=1))
    return document


def _said(paper: PaperClaims, prefix: str) -> Said:
    title = _english(paper.title)
    return Said(
        id=f"urn:uuid:{paper.id}",
        name=title,
        kind=paper.kind,
        issuer_did=paper.issuer_did,
        issuer_name=_english(paper.issuer),
        learner_names=paper.names,
        achievement_id="",
        description="",
        criteria="",
        recognition="",
        units=tuple(UnitSaid("", f"{each.code} {_english(each.titles)}") for each in paper.units),
        site=f"{prefix}/sites/{paper.site_reference}",
        site_name=_english(paper.site),
        programme=f"{prefix}/programmes/{paper.programme_reference}",
        programme_name=paper.programme_reference,
        issued_on=paper.issued_on,
        valid_until=write_instant(paper.ends - timedelta(seconds=1)) if paper.ends else "",
    )


def _english(texts: Texts) -> str:
    return texts.get("en") or next(iter(texts.values()))
