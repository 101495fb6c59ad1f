"""Taking over the kit of a member that left another house: from then on the verifier here knows what was issued there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.wording import N_

from ..addresses import did_of, member_of
from ..kits import FORMAT
from ..models import KeptDocument, KeptIssuer
from ..proofs.companions import companion_url, sequence_of
from ..proofs.json_reading import read_published
from ..proofs.refusals import CannotRead
from ..proofs.registers import is_signed, read_register
from ..proofs.renewed_kits import RENEWED, fingerprints_renewed
from ..refusals import IssuesElsewhere, KitIsDamaged, OlderThanPublished


@dataclass(frozen=True)
class KitTaken:
    """What was taken over."""

    did: str
    name: str
    documents: int


@transaction.atomic
def keep_kit(
    *, files: Mapping[str, bytes], are_keys_given: bool = False, at: datetime, by: Actor, dry_run: bool = False
) -> KitTaken:
    """
    Keep keys, lists, register and checkpoints of a kit. Nothing in it is believed but what its own signatures say: the lists are the issuer's, the
    register and the checkpoints the alliance's that it left. Taken over again, a newer kit takes the place of the older one.

    :raises IssuesElsewhere: with private keys: nothing is signed here as an issuer of another house.
    :raises KitIsDamaged: if a file is missing or altered, a signature does not hold, or the issuer is one of this house.
    :raises OlderThanPublished: if a list in it is older than the one that is kept.
    """
    by.require(Permission.ISSUERS_SIGN)
    kit = _manifest(files)
    did, reference, came_from = str(kit["did"]), str(kit["member"])[:60], str(kit["alliance"])[:300]
    if are_keys_given:
        raise IssuesElsewhere(
            N_(
                "Nothing is signed here as %(did)s: verifiers look for its keys at %(house)s, where nobody of this house can publish the next "
                "one. Take the kit over without keys; what was issued is verified here. Then make the member a key of this house, and issue "
                "as %(own)s."
            ),
            did=did[:200], house=came_from, own=did_of(reference),
        )  # fmt: skip
    if member_of(did) is not None:
        raise KitIsDamaged(N_("%(did)s issues in this house; there is nothing to take over."), did=did[:200])
    found = _documents(files, did, str(kit.get("issuer")))
    name = str(kit.get("name"))[:300]
    defaults = {"name": name, "came_from": came_from, "reference": reference, "taken_at": at}
    issuer, _made = KeptIssuer.objects.update_or_create(did=did, defaults=defaults)
    _require_no_older(issuer, found)
    KeptDocument.objects.filter(issuer=issuer).delete()
    KeptDocument.objects.bulk_create(
        [KeptDocument(issuer=issuer, kind=kind, address=address, text=text) for (kind, address), text in found.items()],
        batch_size=200,
    )
    log.record("credentials.kit_kept", by=by, subject=issuer, count=len(found))
    if dry_run:
        transaction.set_rollback(True)
    return KitTaken(did, name, len(found))


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    kit = _read(files, "kit.json")
    named = kit.get("files")
    if (
        kit.get("format") != FORMAT
        or not isinstance(named, dict)
        or not all(kit.get(key) for key in ("did", "member", "alliance"))
    ):
        raise KitIsDamaged(N_("This is no leaving kit: kit.json does not say so."))
    renewed = _renewed(files, kit)
    for name, fingerprint in (named | {name: each for name, each in renewed.items() if name in named}).items():
        if name not in files or sha256(files[name]).hexdigest() != fingerprint:
            raise KitIsDamaged(N_("%(file)s is missing in the kit, or was altered on the way."), file=str(name)[:200])
    return kit


def _renewed(files: Mapping[str, bytes], kit: dict[str, Any]) -> dict[str, str]:
    """Lists that the member signed anew since the kit was made."""
    document = next((each for _name, each in _all(files, "dids/") if each.get("id") == kit["did"]), None)
    if RENEWED not in files or document is None:
        return {}
    return fingerprints_renewed(_read(files, RENEWED), kit=kit, document=document)


def _documents(files: Mapping[str, bytes], did: str, alliance: str) -> dict[tuple[str, str], str]:
    """What is kept, by kind and address; each one signed by whom it should be."""
    keys = {str(each.get("id")): each for _name, each in _all(files, "dids/")}
    if did not in keys:
        raise KitIsDamaged(N_("The keys of %(did)s are not in the kit."), did=did[:200])
    found = {
        (KeptDocument.Kind.DID.value, each): _text(files, "dids/", each) for each in keys if each in (did, alliance)
    }
    for name, document in _all(files, "status/"):
        _require_signed(name, document, keys[did])
        found[KeptDocument.Kind.STATUS.value, str(document.get("id"))] = files[name].decode()
    for name, document in _all(files, "companions/"):
        _require_signed(name, document, keys[did])
        found[KeptDocument.Kind.COMPANION.value, companion_url(str(document.get("statusList")))] = files[name].decode()
    ours = [*_all(files, "register.json"), *_all(files, "checkpoints/")]
    for name, document in ours:
        if alliance not in keys:
            raise KitIsDamaged(N_("The keys of %(did)s are not in the kit."), did=alliance[:200])
        _require_signed(name, document, keys[alliance])
        if name == "register.json" and read_register(document) is None:
            raise KitIsDamaged(N_("%(file)s is missing in the kit, or was altered on the way."), file=name)
        kind = KeptDocument.Kind.REGISTER if name == "register.json" else KeptDocument.Kind.CHECKPOINT
        found[kind.value, str(document.get("id"))] = files[name].decode()
    return found


def _require_signed(name: str, document: dict[str, Any], keys: dict[str, Any]) -> None:
    if document.get("issuer") != keys.get("id") or not is_signed(document, alliance=keys):
        raise KitIsDamaged(N_("The signature on %(file)s does not hold."), file=name[:200])


def _require_no_older(issuer: KeptIssuer, found: Mapping[tuple[str, str], str]) -> None:
    kind = KeptDocument.Kind.COMPANION.value
    for address, text in issuer.documents.filter(kind=kind).values_list("address", "text"):
        given = found.get((kind, address))
        if given is None or sequence_of(read_published(given)) < sequence_of(read_published(text)):
            raise OlderThanPublished(
                N_("The kit is older than the one that is kept: a revocation may be missing in it.")
            )


def _all(files: Mapping[str, bytes], start: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, _read(files, name)) for name in sorted(files) if name.startswith(start) and name.endswith(".json")]


def _text(files: Mapping[str, bytes], start: str, identifier: str) -> str:
    return next(files[name].decode() for name, each in _all(files, start) if each.get("id") == identifier)


def _read(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        return read_published(files[name])
    except (KeyError, CannotRead):
        raise KitIsDamaged(N_("%(file)s is missing in the kit, or was altered on the way."), file=name[:200]) from None
