"""Links by which holders without an account come to their certificates: for who hands certificates over."""

from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.queries import LinkWay

from .asking import Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "credentials"
router = Router(auth=PRIVATE)


class HolderLinkIn(Schema):
    """By mail alone: a link on paper is made on its page, or by ``./run credentials link``."""

    way: Literal["mail"] = "mail"
    language: Words = Field(settings.LANGUAGE_CODE, max_length=10, description="In which the letter is written")


class HolderLinkOut(Schema):
    """``state``: open, used, ended or expired. Its address is in the letter, or on the paper, alone."""

    way: str
    language: str
    state: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    failed_at: datetime | None = Field(description="When the letter could not be sent: make a new one")


class HolderLinksOut(Schema):
    credential: str
    links: list[HolderLinkOut]


@router.get("/credentials/{reference}/links", response=HolderLinksOut)
def list_holder_links(request: HttpRequest, response: HttpResponse, reference: Reference) -> HolderLinksOut:
    """Links that were made for its holder, the latest first; for who hands certificates over."""
    return tagged(_links(reference, request.auth), response)


@router.post("/credentials/{reference}/links", response={201: HolderLinksOut}, openapi_extra=MAKES)
def make_holder_link(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: HolderLinkIn
) -> Status[HolderLinksOut]:
    """Send the holder a letter with a link that opens their certificates once, with a code; one that was made before ends."""

    def make() -> HolderLinksOut:
        found = queries.get_credential(reference=reference, by=request.auth)
        actions.make_links(
            credentials=[found], way=LinkWay(sent.way), language=sent.language, at=clock.now(), by=request.auth
        )
        return _links(reference, request.auth)

    return Status(201, made_once(request, response, HolderLinksOut, make))


@router.post("/credentials/{reference}/links/end", response=HolderLinksOut)
def end_holder_link(request: HttpRequest, response: HttpResponse, reference: Reference) -> HolderLinksOut:
    """The link opens nothing any more, and what it opened closes."""
    found = queries.get_credential(reference=reference, by=request.auth)
    request.auth.require(Permission.CREDENTIAL_HAND_OVER, on=found)
    require_version(request, _links(reference, request.auth))
    actions.end_holder_link(credential=found, at=clock.now(), by=request.auth)
    return tagged(_links(reference, request.auth), response)


def _links(reference: str, by: Any) -> HolderLinksOut:
    found = queries.get_credential(reference=reference, by=by)
    rows = queries.links_of(credential=found, at=clock.now(), by=by)
    return HolderLinksOut(
        credential=found.reference,
        links=[
            HolderLinkOut(
                way=row.link.way, language=row.link.language, state=row.state, made_at=row.link.made_at,
                expires_at=row.link.expires_at, used_at=row.link.used_at, failed_at=row.link.failed_at,
            )
            for row in rows
        ],
    )  # fmt: skip
