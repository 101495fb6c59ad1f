"""
The companion of a status list: what each set bit means. A signed JSON document of our own (``eddsa-jcs-2022``),
beside the list.

    {"type": "StatusReasons", "id": url, "issuer": did, "statusList": url of the list, "updated": instant,
     "entries": [{"index": 17, "state": "suspended", "since": "2023-05-01", "why": "code"}], "proof": [...]}

``state`` is suspended, revoked or replaced; ``replacedBy`` is the address of the new credential; ``why`` is a code,
never free text about a person.
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
    *, list_url: str, issuer: str, reasons: Iterable[Reason], key: SigningKey, created: datetime
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
    document = {
        "type": KIND,
        "id": companion_url(list_url),
        "issuer": issuer,
        "statusList": list_url,
        "updated": timestamp(created),
        "entries": entries,
    }
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
    for entry in entries:
        if isinstance(entry, dict) and entry.get("index") == index:
            try:
                return Reason(
                    index=index,
                    state=State(entry["state"]),
                    since=date.fromisoformat(entry["since"]),
                    why=str(entry.get("why", ""))[:60],
                    replaced_by=str(entry.get("replacedBy", ""))[:300],
                )
            except (KeyError, ValueError, TypeError):
                raise BadStatusList(N_("The reasons beside the status list cannot be read.")) from None
    return None
