"""Status lists of members that sign them elsewhere: what is served, and a newer one taken back."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import SignedElsewhere
from corridor.rooms.members.queries import get_organisation

from .asking import Number, Reference
from .etags import require_version, tagged
from .tokens import PRIVATE

TAG = "credentials"
router = Router(auth=PRIVATE)
LONGEST = 20_000_000


class StatusListOut(Schema):
    """``sequence``: how often it was signed; ``sha256`` of the signed text that is served at ``/status/MEMBER/NUMBER``."""

    member: str
    number: int
    sequence: int
    signed_at: datetime | None
    valid_until: datetime | None
    sha256: str


class StatusListIn(Schema):
    """Both texts byte for byte, as the member signed them."""

    signed_list: str = Field(max_length=LONGEST)
    reasons: str = Field(max_length=LONGEST)


class StatusListTakenOut(StatusListOut):
    """With the certificates and attestations whose state changed here, by reference."""

    changed: list[str]


@router.get("/members/{reference}/status-lists/{number}", response=StatusListOut)
def get_status_list(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number
) -> StatusListOut:
    """A list of a member that signs elsewhere since its keys were handed over: for who keeps its keys, and for the secretariat."""
    return tagged(_read(request, reference, number), response)


@router.put("/members/{reference}/status-lists/{number}", response=StatusListTakenOut)
def take_list_back(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number, sent: StatusListIn
) -> StatusListTakenOut:
    """Serve a newer list that the member signed with its own key. What was revoked stays so, and the number of signings rises."""
    require_version(request, _read(request, reference, number))
    done = actions.take_lists_back(
        organisation=get_organisation(reference=reference, by=request.auth),
        lists=[SignedElsewhere(sent.signed_list, sent.reasons)], on=clock.today(), at=clock.real_now(), by=request.auth,
    )  # fmt: skip
    now = tagged(_read(request, reference, number), response)
    changed = [each for taken in done for each in taken.changed]
    return StatusListTakenOut(**now.model_dump(), changed=changed)


def _read(request: HttpRequest, reference: str, number: int) -> StatusListOut:
    member = get_organisation(reference=reference, by=request.auth)
    lists = queries.lists_signed_elsewhere(organisation=member, by=request.auth)
    if number not in {each.number for each in lists}:
        raise NotFound(
            N_("%(member)s publishes no status list of that number (%(number)s)."), member=reference, number=number
        )
    return _draw(reference, queries.get_status_list(reference=reference, number=number, by=request.auth))


def _draw(reference: str, listed: Any) -> StatusListOut:
    return StatusListOut(
        member=reference, number=listed.number, sequence=listed.sequence, signed_at=listed.signed_at, valid_until=listed.valid_until,
        sha256=sha256(listed.signed_list.encode()).hexdigest(),
    )  # fmt: skip
