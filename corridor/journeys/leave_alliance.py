"""A member leaves: its kit is made, its keys are handed over if it asks, and what leaves the country stands in the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.kit_pages import Verifier
from corridor.rooms.credentials.kits import make_kit
from corridor.rooms.members.models import Organisation

from .note_transfer import Leaving, note_leaving


@dataclass(frozen=True)
class KitMade:
    files: int
    credentials: int
    attestations: int
    are_keys_handed_over: bool


@transaction.atomic
def leave_alliance(
    *,
    member: Organisation,
    keep: Callable[[Mapping[str, str]], None],
    recipient: bytes | None = None,
    verifier: Verifier | None = None,
    leaving: Leaving | None = None,
    on: date,
    at: datetime,
    by: Actor,
    dry_run: bool = False,
) -> KitMade:
    """
    Make the kit of a member and give its files to ``keep``, before anything is committed: keys that nobody kept are not forgotten here.

    With ``recipient`` (a public key of the member, PEM) the keys that have not ended are handed over, sealed to it: from then on the member signs
    elsewhere. Without it the kit holds no private key, and the lists in it end as they were published. ``verifier``: as ``make_kit``.

    :raises NoSigningKey: with ``recipient``, if there is none. :raises BadKey: for a public key of another kind.
    """
    by.require(Permission.CREDENTIAL_EXPORT)
    box = actions.hand_over_keys(organisation=member, recipient=recipient, at=at, by=by) if recipient else ""
    kit = make_kit(member, on=on, at=at, keys=box, verifier=verifier)
    if leaving is not None and kit.persons:
        note_leaving(persons=list(dict.fromkeys(kit.persons)), leaving=leaving, on=on, at=at, by=by)
    if dry_run:
        transaction.set_rollback(True)
    else:
        keep(kit.files)
    return KitMade(len(kit.files), kit.credentials, kit.attestations, bool(box))
