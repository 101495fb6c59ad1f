"""
All that a verifier needs of one house in one signed file, for whoever verifies without a network. A document of our own (``eddsa-jcs-2022``).

    {"type": "VerifierBundle", "id": its address, "issuer": DID of the alliance, "alliance": its address, "created": instant,
     "register": the register of issuers, "dids": [DID document, ...], "contexts": {address: SHA-256 of the file},
     "statusLists": [...], "companions": [...], "sequences": {address of a list: how often it had been signed},
     "recognitions": [{"programme": address, "kind": "award", "country": "LA", "recognition": "national", "level": "...",
                       "authority": "...", "authorities": {language: name}, "document": "...", "from": day, "before": day}],
     "elsewhere": [{"issuer": DID, "alliance": address of the house that it left, "register": its register or null, "dids": [...],
                    "statusLists": [...], "companions": [...]}], "proof": [...]}

What is in it is signed by whoever published it, too. The proof around it says that the alliance put these together at that instant, so that
nobody leaves out a list or adds an issuer; of those ``elsewhere`` it says that their kits were looked at when they were taken over.
``created`` is its age: what was revoked later is not known to whoever holds it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corridor.kernel.wording import N_

from .data_integrity import JCS, SigningKey, sign, timestamp
from .refusals import CannotRead, ProofRefused
from .registers import check_signed, read_register
from .resolving import LeftHouse, PublishedResolver

KIND = "VerifierBundle"


def sign_bundle(
    *, url: str, alliance: str, alliance_did: str, register: dict[str, Any], dids: Sequence[dict[str, Any]], contexts: dict[str, str],
    lists: Sequence[dict[str, Any]], companions: Sequence[dict[str, Any]], sequences: dict[str, int],
    recognitions: Sequence[dict[str, Any]], elsewhere: Sequence[dict[str, Any]] = (), key: SigningKey, created: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The bundle to publish at ``url``."""
    document = {
        "type": KIND, "id": url, "issuer": alliance_did, "alliance": alliance, "created": timestamp(created), "register": register,
        "dids": list(dids), "contexts": contexts, "statusLists": list(lists), "companions": list(companions), "sequences": sequences,
        "recognitions": list(recognitions), "elsewhere": list(elsewhere),
    }  # fmt: skip
    return sign(document, key=key, created=created, cryptosuite=JCS)


def open_bundle(document: dict[str, Any], *, alliance: dict[str, Any]) -> PublishedResolver:
    """
    What a bundle answers. ``alliance`` is the DID document of the house, from the house itself.

    Raises ProofRefused or CannotRead for a bundle that is not its own.
    """
    if document.get("type") != KIND or document.get("issuer") != alliance.get("id"):
        raise ProofRefused(N_("It is not signed by the alliance."))
    check_signed(document, alliance=alliance)
    try:
        houses = document.get("elsewhere", [])

        def told(name: str) -> dict[str, dict[str, Any]]:
            """By address; what is the house's own stands before what came from another."""
            return {each["id"]: each for part in (*houses, document) for each in part[name]}

        return PublishedResolver(
            dids=told("dids") | {alliance["id"]: alliance},
            register=document["register"],
            lists=told("statusLists"),
            companions=told("companions"),
            seen=dict(document["sequences"]),
            elsewhere={
                each["issuer"]: LeftHouse(
                    each["alliance"], read_register(each["register"]) if each["register"] else None
                )
                for each in houses
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CannotRead(N_("It is not signed by the alliance.")) from None
