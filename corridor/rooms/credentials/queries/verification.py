"""Is it genuine? By file, pasted text, PDF, the codes of a paper, address or token; answered from our own records, and nothing is fetched."""

from collections.abc import Mapping
from datetime import datetime

from corridor.foundations.access import Actor
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

from ..addresses import token_of
from ..certificates.attachments import PDF, attached_credential
from ..compact.photos import codes_in_photo, is_photo
from ..compact.verifying import as_codes, verify_codes
from ..jwt.verifying import as_token, verify_token
from ..proofs.refusals import CannotRead
from ..proofs.resolving import Resolver
from ..proofs.verdicts import Check, CheckName, Result, Verdict, Word
from ..proofs.verifying import verify_document
from ..refusals import NothingIsAttached, NotOurAddress
from ..resolving import DatabaseResolver
from .holding import get_credential_by_token
from .naming import names_holder

_NOT_A_PDF = N_("Not looked at, because there is no signed credential in the file.")
_NO_CODE = N_("Not looked at, because no code can be read in the picture.")


def verify(
    *, raw: bytes | str | None = None, address: str | None = None, token: str | None = None, at: datetime, by: Actor
) -> Verdict:
    """
    The verdict about one credential: the bytes or text of a file, a certificate as PDF, what the codes of a paper hold or a photograph of
    them, the address of a holder's page, or its token.

    A text that is one of our own addresses is taken as that address; with signed words behind it, as those. Never raises for what is in
    ``raw``. Of an address or a token the name is left out where the holder does not agree (naming.py).

    :raises NotOurAddress: for an address that leads to no credential here. :raises NotFound: for a token that nobody has.
    """
    if raw is not None and address is None and token is None:
        raw = _as_text(raw)
        address = _as_address(raw)
    if address is not None:
        token = token_of(address.strip())
        if token is None:
            raise NotOurAddress(
                N_(
                    "This address leads to no certificate of this alliance. Nothing is fetched from elsewhere: open the file instead."
                )
            )
    if token is None:
        return verify_many(raws={"": raw or b""}, at=at, by=by)[""]
    credential = get_credential_by_token(token=token, by=by)
    verdict = verify_many(raws={"": credential.document}, at=at, by=by)[""]
    return verdict if names_holder(credential=credential, on=at.date(), by=by) else verdict.without_name()


def verify_many(*, raws: Mapping[str, bytes | str], at: datetime, by: Actor) -> dict[str, Verdict]:
    """The verdict about each file, by its name. What issuers publish is read once."""
    resolver = DatabaseResolver(as_of=at.date())
    return {name: verdict_of(raw=raw, resolver=resolver, at=at, by=by) for name, raw in raws.items()}


def verdict_of(*, raw: bytes | str, resolver: Resolver, at: datetime, by: Actor) -> Verdict:  # noqa: ARG001
    """The verdict about one file, JSON, signed token or PDF, with what that resolver knows (our records, an exported folder)."""
    if isinstance(raw, bytes) and raw[:1024].lstrip().startswith(PDF):
        try:
            raw = attached_credential(raw)
        except (NothingIsAttached, CannotRead) as refusal:
            return _unreadable(refusal, _NOT_A_PDF)
    if isinstance(raw, bytes) and is_photo(raw):
        try:
            raw = "\n".join(codes_in_photo(raw))
        except CannotRead as refusal:
            return _unreadable(refusal, _NO_CODE)
    codes = as_codes(raw)
    if codes is not None:
        return verify_codes(codes, resolver=resolver, at=at)
    token = as_token(raw)
    if token is not None:
        return verify_token(token, resolver=resolver, at=at)
    return verify_document(raw, resolver=resolver, at=at)


def _unreadable(refusal: Refusal, why: str) -> Verdict:
    checks = [Check(name, Result.NOT_LOOKED_AT, why) for name in CheckName if name != CheckName.SHAPE]
    shape = Check(CheckName.SHAPE, Result.FAIL, refusal.message, refusal.places)
    return Verdict(Word.MALFORMED, (*checks, shape))


def _as_text(raw: bytes | str) -> bytes | str:
    """What a photograph of codes says; anything else, and a photograph that cannot be read, as it is."""
    if isinstance(raw, bytes) and is_photo(raw):
        try:
            return "\n".join(codes_in_photo(raw))
        except CannotRead:
            return raw
    return raw


def _as_address(raw: bytes | str) -> str | None:
    """A pasted text that is an address and nothing else."""
    if len(raw) > 500 or as_codes(raw):
        return None
    text = (raw.decode("utf-8", "ignore") if isinstance(raw, bytes) else raw).strip()
    return text if text.startswith(("https://", "http://")) and len(text.split()) == 1 else None
