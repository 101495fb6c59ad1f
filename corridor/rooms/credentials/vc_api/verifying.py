"""Is a credential, or a presentation, of anybody genuine by the rules of the W3C? Every no is a refusal with its sentence."""

from typing import Any

from corridor.kernel.wording import N_

from ..proofs.data_integrity import SHOWS, STATES
from ..proofs.refusals import BadStatusList, CannotRead, NoSuchEntry, ShortStatusList
from ..proofs.statements import spell
from ..proofs.status_lists import decode_bits, is_set
from .envelopes import OF_CREDENTIAL, OF_PRESENTATION, in_token, is_envelope, opened
from .proving import Asked, World, proven_by
from .refusals import Malformed, NotProven, OutOfRange, Refused, StatusNotFound, StatusRefused, StatusTooShort
from .shapes import (
    CREDENTIAL,
    PRESENTATION,
    check_credential,
    check_presentation,
    dates_of,
    entries_of,
    party_of,
    without_nesting,
)

STATUS = "credentialStatus"
MOST_CREDENTIALS = 100
_MEANS_NO = ("revocation", "suspension")
# what the specification has a name of its own for
_NAMED: dict[type[BadStatusList], type[Refused]] = {NoSuchEntry: OutOfRange, ShortStatusList: StatusTooShort}


def verify_credential(given: Any, *, asked: Asked, world: World) -> dict[str, Any]:
    """The credential, which holds: its form, its proofs, its dates and its status. :raises Refused: naming what does not."""
    document, is_proven = _unwrapped(given, OF_CREDENTIAL, CREDENTIAL, asked=asked, world=world)
    check_credential(document)
    if is_proven:
        require_whole(document, world)
    else:
        signers = proven_by(document, asked=asked, purposes=(STATES,), world=world)
        if party_of(document, "issuer") not in signers:
            raise NotProven(N_("None of the signatures is the issuer's own."))
    _check_dates(document, world)
    if asked.looks_at(STATUS):
        for entry in entries_of(document):
            _check_status(entry, world)
    return document


def verify_presentation(given: Any, *, asked: Asked, world: World) -> dict[str, Any]:
    """
    The presentation, which holds with all that is in it. A credential without a proof of its own is its holder's word, and must say so.

    :raises Refused: naming what does not hold.
    """
    document, is_proven = _unwrapped(given, OF_PRESENTATION, PRESENTATION, asked=asked, world=world)
    credentials = check_presentation(document)
    if len(credentials) > MOST_CREDENTIALS:
        raise Malformed(N_("A presentation holds more than %(most)s credentials."), most=MOST_CREDENTIALS)
    holder = party_of(document, "holder")
    if is_proven:
        require_whole(document, world)
    else:
        signers = proven_by(document, asked=asked, purposes=(SHOWS, STATES), world=world)
        if holder and holder not in signers:
            raise NotProven(N_("None of the signatures is the holder's own."))
    inside = Asked(parts=asked.parts)
    for each in credentials:
        if is_envelope(each, OF_CREDENTIAL) or "proof" in each:
            verify_credential(each, asked=inside, world=world)
        else:
            _check_own_word(each, holder, world)
    return document


def require_whole(document: dict[str, Any], world: World) -> None:
    """Return when a vocabulary defines every word of it. :raises Refused: otherwise."""
    try:
        spell(without_nesting(document), world.contexts)
    except CannotRead as refusal:
        raise Refused(refusal.message, **refusal.places) from None


def _unwrapped(given: Any, kind: Any, name: str, *, asked: Asked, world: World) -> tuple[dict[str, Any], bool]:
    """The document, and whether it was in an envelope whose signature holds."""
    if isinstance(given, str):
        return in_token(given, kind, asked=asked, world=world), True
    if not isinstance(given, dict):
        raise Malformed(N_("“%(place)s” is not an object."), place=name)
    if is_envelope(given, kind):
        return opened(given, kind, asked=asked, world=world), True
    return given, False


def _check_own_word(document: dict[str, Any], holder: str, world: World) -> None:
    check_credential(document)
    if not holder:
        raise NotProven(N_("A credential without a proof of its own needs a presentation that names its holder."))
    if party_of(document, "issuer") != holder:
        raise NotProven(N_("A credential without a proof of its own must be issued by the holder of the presentation."))
    _check_dates(document, world)


def _check_dates(document: dict[str, Any], world: World) -> None:
    begins, ends = dates_of(document)
    if begins is not None and world.at < begins:
        raise OutOfRange(N_("It begins on %(begins)s, which is still to come."), begins=begins.date())
    if ends is not None and world.at > ends:
        raise OutOfRange(N_("It ended on %(ends)s."), ends=ends.date())


def _check_status(entry: dict[str, Any], world: World) -> None:
    address, purpose = entry["statusListCredential"], entry["statusPurpose"]
    listed = world.status_list(address)
    if listed is None:
        raise StatusNotFound(
            N_("The status list %(address)s cannot be found, so nobody can say whether it was revoked."),
            address=address[:300],
        )
    try:
        verify_credential(listed, asked=Asked(parts=frozenset({"proof"})), world=world)
    except Refused as refusal:
        raise StatusRefused(refusal.message, **refusal.places) from None
    subject = listed.get("credentialSubject")
    purposes = subject.get("statusPurpose") if isinstance(subject, dict) else None
    if not isinstance(subject, dict) or purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise StatusRefused(N_("The status list is for another purpose than the credential says."))
    try:
        bits, size = decode_bits(subject.get("encodedList")), entry.get("statusSize", 1)
        first = int(entry["statusListIndex"]) * size
        found = [is_set(bits, place) for place in range(first, first + min(size, 64))]
    except BadStatusList as refusal:
        named = next((no for kind, no in _NAMED.items() if isinstance(refusal, kind)), StatusRefused)
        raise named(refusal.message, **refusal.places) from None
    if any(found) and purpose in _MEANS_NO:
        raise StatusRefused(N_("The status list says that it must not be relied on: %(purpose)s."), purpose=purpose)
