"""
What every credential and presentation must look like, whoever issued it. Source: W3C Verifiable Credentials Data Model 2.0, sections 4
and 5; Bitstring Status List 1.0, section 2.1; Data Model 1.1 for the older ones.

That no word is undefined and every address whole is looked at elsewhere, when what the document says is worked out.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from ..proofs.contexts import CREDENTIALS
from .instants import read_stamp
from .refusals import Malformed, OutOfRange
from .related import check_digests

OLDER = "https://www.w3.org/2018/credentials/v1"
CREDENTIAL, PRESENTATION = "VerifiableCredential", "VerifiablePresentation"
CREDENTIALS_SHOWN = "verifiableCredential"
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+")
_SAID_IN = ("@value", "@language", "@direction")
# parts of a credential of which each must say what type it is, and whether each must have an id
_TYPED = {
    "confidenceMethod": False, "credentialSchema": True, "credentialStatus": False, "evidence": False, "refreshService": False,
    "renderMethod": False, "termsOfUse": False,
}  # fmt: skip
# how each version calls the two ends of the time in which a credential holds
DATES = {CREDENTIALS: ("validFrom", "validUntil"), OLDER: ("issuanceDate", "expirationDate")}


def check_credential(document: Any) -> None:
    """:raises Malformed: naming the first part that is not as it must be. :raises OutOfRange: where it ends before it begins."""
    found = _object(document, CREDENTIAL)
    base = _contexts(found)
    _types(found, CREDENTIAL)
    _id(found, "id")
    _party(found, "issuer", is_needed=True)
    _described(found, CREDENTIAL)
    if isinstance(found["issuer"], dict):
        _described(found["issuer"], "issuer")
    subjects = _objects(found, "credentialSubject")
    if not subjects:
        raise Malformed(N_("“%(place)s” is missing."), place="credentialSubject")
    for subject in subjects:
        if not subject:
            raise Malformed(N_("“%(place)s” says nothing."), place="credentialSubject")
        _id(subject, "credentialSubject.id")
    _dates(found, base)
    _typed(found)
    _related(found)


def check_presentation(document: Any) -> list[dict[str, Any]]:
    """The credentials in it. :raises Malformed: naming the first part that is not as it must be."""
    found = _object(document, PRESENTATION)
    _contexts(found)
    _types(found, PRESENTATION)
    _id(found, "id")
    _party(found, "holder", is_needed=False)
    for terms in _objects(found, "termsOfUse"):
        _type_of(terms, "termsOfUse")
    # an empty list says no more than leaving the word out does, and common software writes it
    return [] if found.get(CREDENTIALS_SHOWN) == [] else _objects(found, CREDENTIALS_SHOWN)


def party_of(document: dict[str, Any], name: str) -> str:
    """The address of the issuer or the holder; empty where none is named."""
    party = document.get(name)
    found = party.get("id") if isinstance(party, dict) else party
    return found if isinstance(found, str) else ""


def dates_of(document: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """From when until when a credential of whichever version holds, of which ``check_credential`` has held."""
    begins, ends = DATES[document["@context"][0]]
    return read_stamp(document.get(begins)), read_stamp(document.get(ends))


def is_address(value: object) -> bool:
    return isinstance(value, str) and bool(_URL.fullmatch(value))


def entries_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Where its status stands, in lists of the kind that is read here."""
    kinds = [(each, each.get("type")) for each in _objects(document, "credentialStatus")]
    return [each for each, kind in kinds if "BitstringStatusListEntry" in (kind if isinstance(kind, list) else [kind])]


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(N_("“%(place)s” is not an object."), place=place)
    return value


def _objects(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """One object, or a list of one or more; none where the word is not there."""
    if name not in document:
        return []
    values = document[name] if isinstance(document[name], list) else [document[name]]
    if not values:
        raise Malformed(N_("“%(place)s” says nothing."), place=name)
    return [_object(each, name) for each in values]


def _contexts(document: dict[str, Any]) -> str:
    given = document.get("@context")
    if not isinstance(given, list) or not given:
        raise Malformed(
            N_("“%(place)s” must be a list that begins with the vocabulary of credentials."), place="@context"
        )
    if given[0] not in DATES:
        raise Malformed(N_("The first vocabulary must be %(address)s."), address=CREDENTIALS)
    for each in given:
        if not isinstance(each, dict) and not is_address(each):
            raise Malformed(N_("A vocabulary must be an address or a table of words."))
    return str(given[0])


def _types(document: dict[str, Any], needed: str) -> None:
    if needed not in _type_of(document, needed):
        raise Malformed(N_("“%(place)s” must name the type %(type)s."), place="type", type=needed)


def _type_of(node: dict[str, Any], place: str) -> list[str]:
    given = node.get("type")
    found: list[Any] = given if isinstance(given, list) else [given]
    if not found or not all(isinstance(each, str) and each for each in found):
        raise Malformed(N_("“%(place)s” does not say what type it is."), place=place)
    return found


def _id(node: dict[str, Any], place: str) -> None:
    if "id" in node and not is_address(node["id"]):
        raise Malformed(N_("“%(place)s” must be one whole address."), place=place)


def _party(document: dict[str, Any], name: str, *, is_needed: bool) -> None:
    if name not in document and not is_needed:
        return
    if not is_address(party_of(document, name)):
        raise Malformed(N_("“%(place)s” must be an address, or an object with one as its id."), place=name)


def _described(node: dict[str, Any], place: str) -> None:
    for name in ("name", "description"):
        values = node.get(name, [])
        for each in values if isinstance(values, list) else [values]:
            if not _is_text(each):
                raise Malformed(N_("“%(place)s” must be a text, or a text with its language."), place=f"{place}.{name}")


def _is_text(value: object) -> bool:
    if isinstance(value, dict):
        return isinstance(value.get("@value"), str) and set(value) <= set(_SAID_IN)
    return isinstance(value, str)


def _dates(document: dict[str, Any], base: str) -> None:
    for name in DATES[base]:
        if name in document and read_stamp(document[name]) is None:
            raise Malformed(N_("“%(place)s” must be a date and a time with their zone."), place=name)
    if base == OLDER and DATES[OLDER][0] not in document:
        raise Malformed(N_("“%(place)s” is missing."), place=DATES[OLDER][0])
    begins, ends = dates_of(document)
    if begins and ends and ends < begins:
        raise OutOfRange(N_("It ends before it begins."))


def _typed(document: dict[str, Any]) -> None:
    for name, needs_id in _TYPED.items():
        for each in _objects(document, name):
            _type_of(each, name)
            if needs_id and "id" not in each:
                raise Malformed(N_("“%(place)s” is missing."), place=f"{name}.id")
            _id(each, f"{name}.id")
    for entry in entries_of(document):
        _check_entry(entry)


def _check_entry(entry: dict[str, Any]) -> None:
    index = entry.get("statusListIndex")
    if not isinstance(index, str) or not index.isascii() or not index.isdecimal() or len(index) > 15:
        raise Malformed(N_("“%(place)s” must be a number written as a text."), place="credentialStatus.statusListIndex")
    if not isinstance(entry.get("statusPurpose"), str):
        raise Malformed(N_("“%(place)s” is missing."), place="credentialStatus.statusPurpose")
    if not is_address(entry.get("statusListCredential")):
        raise Malformed(N_("“%(place)s” must be one whole address."), place="credentialStatus.statusListCredential")
    size = entry.get("statusSize", 1)
    messages = entry.get("statusMessage")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise Malformed(N_("“%(place)s” must be a whole number above 0."), place="credentialStatus.statusSize")
    if (size > 1 or messages is not None) and not (
        isinstance(messages, list) and all(_is_message(each) for each in messages)
    ):
        raise Malformed(N_("“%(place)s” must name each possible status."), place="credentialStatus.statusMessage")


def _is_message(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("status"), str) and isinstance(value.get("message"), str)


def _related(document: dict[str, Any]) -> None:
    seen: set[str] = set()
    for each in _objects(document, "relatedResource"):
        if not is_address(each.get("id")):
            raise Malformed(N_("“%(place)s” must be one whole address."), place="relatedResource.id")
        if each["id"] in seen:
            raise Malformed(N_("“%(place)s” is told in two places."), place="relatedResource.id")
        seen.add(each["id"])
        check_digests(each)


def without_nesting(document: dict[str, Any]) -> dict[str, Any]:
    """The same, where a table of words stands in another one that says nothing else: ``{"@context": {...}}``."""
    given = document.get("@context")
    if not isinstance(given, list) or not any(isinstance(each, dict) for each in given):
        return document
    return {**document, "@context": list(_flat(given))}


def _flat(given: list[Any], depth: int = 0) -> Iterator[Any]:
    for each in given:
        if isinstance(each, dict) and set(each) == {"@context"} and depth < 5:
            inner = each["@context"]
            yield from _flat(inner if isinstance(inner, list) else [inner], depth + 1)
        else:
            yield each
