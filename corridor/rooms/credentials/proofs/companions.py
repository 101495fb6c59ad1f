"""
The companion of a status list: what each set bit means. A signed JSON document of our own (``eddsa-jcs-2022``),
beside the list.

    {"type": "StatusReasons", "id": url, "issuer": did, "statusList": url of the list, "updated": instant,
     "sequence": 12, "validUntil": instant,
     "entries": [{"index": 17, "state": "suspended", "since": "2023-05-01", "why": "code"}], "proof": [...]}

``state`` is suspended, revoked or replaced; ``replacedBy`` is the address of the new credential; ``why`` is a code,
never free text about a person. ``sequence`` counts how often the list was signed: whoever has seen a higher one is
shown an older list again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from corridor.kernel.wording import N_

from .data_integrity import JCS, SigningKey, sign, timestamp
from .refusals import BadStatusList

KIND = "StatusReasons"


class State(StrEnum):
    """What a set bit means."""

    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Reason:
    """Why one bit is set. ``why`` is a short code; ``replaced_by`` the id of the credential that stands in its place."""

    index: int
    state: State
    since: date
    why: str = ""
    replaced_by: str = ""


def companion_url(list_url: str) -> str:
    """Where the companion of a status list stands."""
    return f"{list_url}/reasons"


def sign_companion(
    *,
    list_url: str,
    issuer: str,
    reasons: Iterable[Reason],
    key: SigningKey,
    created: datetime,
    sequence: int = 0,
    valid_until: datetime | None = None,
) -> dict[str, Any]:
    """The companion to publish at ``companion_url(list_url)``."""
    entries = []
    for reason in sorted(reasons, key=lambda each: each.index):
        entry = {
            "index": reason.index,
            "state": reason.state.value,
            "since": reason.since.isoformat(),
            "why": reason.why,
        }
        entries.append(entry | ({"replacedBy": reason.replaced_by} if reason.replaced_by else {}))
    document: dict[str, Any] = {
        "type": KIND,
        "id": companion_url(list_url),
        "issuer": issuer,
        "statusList": list_url,
        "updated": timestamp(created),
        "sequence": sequence,
        "entries": entries,
    }
    if valid_until is not None:
        document["validUntil"] = timestamp(valid_until)
    return sign(document, key=key, created=created, cryptosuite=JCS)


def read_reason(companion: dict[str, Any], *, list_url: str, issuer: str, index: int) -> Reason | None:
    """
    What the companion says about one bit; None when it does not mention it. Its proof has been checked before.

    Raises BadStatusList when it is the companion of another list or cannot be read.
    """
    if (companion.get("type"), companion.get("statusList"), companion.get("issuer")) != (KIND, list_url, issuer):
        raise BadStatusList(N_("The reasons beside the status list belong to another list."))
    entries = companion.get("entries")
    if not isinstance(entries, list):
        raise BadStatusList(N_("The reasons beside the status list cannot be read."))
    found = next((each for each in entries if isinstance(each, dict) and each.get("index") == index), None)
    return None if found is None else _reason(found)


def read_reasons(companion: dict[str, Any]) -> list[Reason]:
    """All that a companion says. Raises BadStatusList when it cannot be read."""
    entries = companion.get("entries")
    if companion.get("type") != KIND or not isinstance(entries, list):
        raise BadStatusList(N_("The reasons beside the status list cannot be read."))
    return [_reason(each) for each in entries]


def sequence_of(companion: dict[str, Any] | None) -> int:
    """How often the list had been signed by then; 0 where it does not say."""
    sequence = (companion or {}).get("sequence")
    return sequence if isinstance(sequence, int) else 0


def _reason(entry: dict[str, Any]) -> Reason:
    try:
        return Reason(
            index=int(entry["index"]),
            state=State(entry["state"]),
            since=date.fromisoformat(entry["since"]),
            why=str(entry.get("why", ""))[:60],
            replaced_by=str(entry.get("replacedBy", ""))[:300],
        )
    except (KeyError, ValueError, TypeError):
        raise BadStatusList(N_("The reasons beside the status list cannot be read.")) from None
