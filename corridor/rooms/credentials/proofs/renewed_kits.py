"""
The status lists of a kit, signed anew by the member that left: from files alone, with the keys that were handed over.

    {"format": "corridor-renewed-1", "id": "urn:corridor:renewed:MEMBER:instant", "kit": id of the kit, "issuer": DID of the member,
     "created": instant, "files": {"status/MEMBER-1.json": SHA-256}, "proof": [...]}

``kit.json`` stays as the alliance signed it; ``renewed.json``, signed by the member (``eddsa-jcs-2022``), says which of its files are newer. It
speaks for the lists and for nothing else.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from corridor.kernel.errors import Refusal, WrongMoment
from corridor.kernel.wording import N_

from .companions import Reason, State, companion_url, read_reasons, sequence_of, sign_companion
from .data_integrity import JCS, SigningKey, as_text, sign, timestamp
from .did_documents import key_of
from .json_reading import read_published
from .multikey import read_secret
from .refusals import BadKey, CannotRead, ProofRefused
from .registers import is_signed
from .status_lists import StatusEntry, decode_bits, read_entry, sign_status_list

FORMAT = "corridor-renewed-1"
RENEWED = "renewed.json"
# Where the lists of a kit stand: in its folders, and once more at their old addresses.
_PLACES = ("status/", "companions/", "site/")


class CannotRenew(Refusal):
    """The folder, the keys or what is asked for do not allow it."""


class NothingToChange(WrongMoment):
    """The certificate is in that state already, or in one from which there is no way back."""


@dataclass(frozen=True)
class Step:
    """What becomes of one certificate or attestation of the kit, by its reference. ``state`` None: its suspension is lifted."""

    reference: str
    state: State | None
    on: date
    why: str = ""


@dataclass(frozen=True)
class Renewed:
    """The files that change, by their path, and how many lists are among them."""

    files: dict[str, str]
    lists: int


def renew_kit(
    files: Mapping[str, bytes],
    *,
    keys: bytes,
    steps: Sequence[Step] = (),
    created: datetime,
    valid_until: datetime | None = None,
) -> Renewed:
    """
    Every list of the kit and its reasons as they stand after the steps, signed with one of the member's own keys.

    :raises CannotRenew: for a folder that is no kit, keys of somebody else, a list whose signature does not hold, or a certificate that is not in it.
    :raises NothingToChange: for a step from a state in which it cannot be taken.
    """
    kit = _read(files, "kit.json")
    did, member = str(kit.get("did")), str(kit.get("member"))
    document = next((each for each in _in(files, "dids/") if each.get("id") == did), None)
    if document is None:
        raise CannotRenew(N_("The keys of %(did)s are not in the kit."), did=did[:200])
    key = _own_key(keys, document, did=did, at=created)
    asked = _by_entry(files, steps)
    changed: dict[str, str] = {}
    lists = _in(files, "status/")
    for listed in lists:
        url, companion = str(listed.get("id")), _companion_of(files, str(listed.get("id")))
        if not is_signed(listed, alliance=document) or (companion and not is_signed(companion, alliance=document)):
            raise CannotRenew(N_("The signature on the list %(address)s does not hold."), address=url[:300])
        bits = decode_bits(listed["credentialSubject"]["encodedList"])
        reasons = {each.index: each for each in (read_reasons(companion) if companion else [])}
        marked = {index for index in range(len(bits) * 8) if bits[index // 8] & 0x80 >> index % 8}
        for index, step in asked.pop(url, []):
            _take(step, index, reasons, marked)
        new_list = sign_status_list(
            url=url, issuer=did, indices=marked, key=key, created=created, valid_until=valid_until, length=len(bits) * 8
        )
        new_reasons = sign_companion(
            list_url=url, issuer=did, reasons=reasons.values(), key=key, created=created,
            sequence=sequence_of(companion) + 1, valid_until=valid_until,
        )  # fmt: skip
        changed |= {name: as_text(new_list) for name in _standing_as(files, listed)}
        changed |= {name: as_text(new_reasons) for name in (_standing_as(files, companion) if companion else ())}
    if asked:
        raise CannotRenew(N_("The list %(address)s is not in the kit."), address=min(asked)[:300])
    said = {
        "format": FORMAT, "id": f"urn:corridor:renewed:{member}:{timestamp(created)}", "kit": str(kit.get("id")), "issuer": did,
        "created": timestamp(created), "files": {name: _fingerprint(text.encode()) for name, text in sorted(changed.items())},
    }  # fmt: skip
    return Renewed(changed | {RENEWED: as_text(sign(said, key=key, created=created, cryptosuite=JCS))}, len(lists))


def fingerprints_renewed(said: dict[str, Any], *, kit: dict[str, Any], document: dict[str, Any]) -> dict[str, str]:
    """What a ``renewed.json`` says of the lists in this kit; nothing where the member (its DID document) did not sign it for this kit."""
    named = said.get("files")
    is_theirs = (
        said.get("format") == FORMAT and said.get("issuer") == document.get("id") and said.get("kit") == kit.get("id")
    )
    if not (is_theirs and isinstance(named, dict) and is_signed(said, alliance=document)):
        return {}
    return {name: str(each) for name, each in named.items() if name.startswith(_PLACES)}


def _take(step: Step, index: int, reasons: dict[int, Reason], marked: set[int]) -> None:
    now = reasons[index].state if index in reasons else (State.REVOKED if index in marked else None)
    # Only a suspension ends; what is revoked or replaced stays so.
    if now == step.state or now in (State.REVOKED, State.REPLACED):
        raise NothingToChange(
            N_("Nothing changes for %(credential)s: look at its state first."), credential=step.reference
        )
    if step.state is None:
        del reasons[index]
        marked.discard(index)
        return
    reasons[index] = replace(Reason(index, step.state, step.on), why=step.why)
    marked.add(index)


def _by_entry(files: Mapping[str, bytes], steps: Sequence[Step]) -> dict[str, list[tuple[int, Step]]]:
    """Each step by the list and the place that the certificate itself names."""
    found: dict[str, list[tuple[int, Step]]] = {}
    for step in steps:
        places = [f"{folder}/{step.reference}.json" for folder in ("credentials", "attestations")]
        name = next((each for each in places if each in files), None)
        if name is None:
            raise CannotRenew(N_("There is no certificate %(credential)s in the kit."), credential=step.reference[:60])
        entry: StatusEntry = read_entry(_read(files, name).get("credentialStatus"))
        found.setdefault(entry.list_url, []).append((entry.index, step))
    return found


def _own_key(keys: bytes, document: dict[str, Any], *, did: str, at: datetime) -> SigningKey:
    """The latest of the keys that the kit publishes for that moment."""
    try:
        told = json.loads(keys)["keys"]
        held = sorted(told, key=lambda each: str(each["validFrom"]), reverse=True)
        own = [SigningKey(str(each["id"]), read_secret(each["secretKeyMultibase"])) for each in held]
    except (ValueError, KeyError, TypeError, BadKey):
        raise CannotRenew(N_("These are no keys as ./run leave open writes them.")) from None
    for key in own:
        try:
            published = key_of(document, did=did, method=key.verification_method, at=at)
        except ProofRefused:
            continue
        if published == key.private.public_key():
            return key
    raise CannotRenew(N_("None of these keys signs for %(did)s on that day."), did=did[:200])


def _companion_of(files: Mapping[str, bytes], url: str) -> dict[str, Any] | None:
    address = companion_url(url)
    return next((each for each in _in(files, "companions/") if each.get("id") == address), None)


def _standing_as(files: Mapping[str, bytes], document: dict[str, Any]) -> list[str]:
    """Every place in the kit at which this very document stands."""
    places = [name for name in files if name.startswith(_PLACES) and "/c/" not in name and "/held/" not in name]
    address = document.get("id")
    return [name for name in places if _names(files[name], str(address)) and _read(files, name) == document]


def _names(raw: bytes, address: str) -> bool:
    return raw.startswith(b"{") and address.encode() in raw


def _in(files: Mapping[str, bytes], start: str) -> list[dict[str, Any]]:
    return [_read(files, name) for name in sorted(files) if name.startswith(start) and name.endswith(".json")]


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        return read_published(files[name])
    except (KeyError, CannotRead):
        raise CannotRenew(N_("%(file)s is missing in the kit, or was altered on the way."), file=name[:200]) from None


def _fingerprint(raw: bytes) -> str:
    return sha256(raw).hexdigest()
