"""Signing keys for machines: public halves and days, what a distrusted one leaves to do. Made and rotated by hand, with a second factor."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from corridor.foundations import clock
from corridor.journeys.guard_keys import distrust_key
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.drafts import Compromise
from corridor.rooms.members.queries import get_organisation

from .asking import Instant, Reference
from .etags import require_version, tagged
from .tokens import PRIVATE, PUBLIC

TAG = "credentials"
router = Router(auth=PRIVATE)


class KeyOut(Schema):
    """A key as its member publishes it. From ``compromised_from`` on nothing is trusted that it signed."""

    member: str
    key: str
    public_multibase: str
    valid_from: datetime
    valid_before: datetime | None
    compromised_from: datetime | None
    handed_over_at: datetime | None


class DistrustedKeyOut(KeyOut):
    """With the certificates that are to be issued anew, and the attestations that are to be given anew, by reference."""

    affected: list[str]
    affected_attestations: list[str]


class CompromiseIn(Schema):
    since: Instant = Field(description="The instant from which somebody else may have had it")


@router.get("/members/{reference}/keys", response=list[KeyOut], auth=PUBLIC)
def list_keys(request: HttpRequest, reference: Reference) -> list[KeyOut]:
    """The keys of a member, the newest first, those that have ended included."""
    member = get_organisation(reference=reference, by=request.auth)
    return [_draw(each, reference) for each in queries.list_keys(organisation=member, by=request.auth)]


@router.get("/members/{reference}/keys/{key}", response=DistrustedKeyOut)
def get_key(request: HttpRequest, response: HttpResponse, reference: Reference, key: Reference) -> DistrustedKeyOut:
    """One key with what is to be issued anew: for who keeps it, and for oversight."""
    return tagged(_read(request, reference, key), response)


@router.post("/members/{reference}/keys/{key}/compromise", response=DistrustedKeyOut)
def distrust(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: Reference, sent: CompromiseIn
) -> DistrustedKeyOut:
    """Trust nothing that the key signed from that instant on. It cannot be undone; the next key takes its place."""
    now = _read(request, reference, key)
    require_version(request, now)
    found = _key(request, reference, key)
    compromise = Compromise(key=found, since=sent.since)
    distrust_key(compromise=compromise, on=clock.today(), at=clock.now(), by=request.auth)
    return tagged(_read(request, reference, key), response)


def _read(request: HttpRequest, reference: str, fragment: str) -> DistrustedKeyOut:
    key = _key(request, reference, fragment)
    affected = queries.affected_credentials(key=key, by=request.auth)
    attested = queries.affected_attestations(key=key, by=request.auth)
    return DistrustedKeyOut(
        **_draw(key, reference).model_dump(), affected=[each.reference for each in affected],
        affected_attestations=[each.reference for each in attested],
    )  # fmt: skip


def _key(request: HttpRequest, reference: str, fragment: str) -> Any:
    member = get_organisation(reference=reference, by=request.auth)
    return queries.get_key(organisation=member, fragment=fragment, by=request.auth)


def _draw(key: Any, reference: str) -> KeyOut:
    return KeyOut(
        member=reference, key=key.fragment, public_multibase=key.public_multibase, valid_from=key.valid_from,
        valid_before=key.valid_before, compromised_from=key.compromised_from, handed_over_at=key.handed_over_at,
    )  # fmt: skip
