"""Who manages a site, for machines: read by those who appoint and its own staff, appointed and relieved by the secretariat."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.accounts import queries as accounts
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.rooms.sites import actions, queries

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "sites"
router = Router(auth=PRIVATE)


class ManagerOut(Schema):
    """``held_before`` is the first day on which the account does not manage it any more."""

    account: str
    held_from: date
    held_before: date | None


class ManagersOut(Schema):
    """Who manages it on the day."""

    site: str
    on: date
    managers: list[ManagerOut]


class ManagerIn(Schema):
    account: Words = Field(min_length=1, max_length=150, description="The user name")
    on: Day = Field(description="The first day")


class ManagerEndIn(Schema):
    account: Words = Field(min_length=1, max_length=150, description="The user name")
    on: Day = Field(description="The first day without it")


@router.get("/sites/{reference}/managers", response=ManagersOut)
def list_managers(request: HttpRequest, response: HttpResponse, reference: Reference) -> ManagersOut:
    return tagged(_managers(reference, request), response)


@router.post("/sites/{reference}/managers", response={201: ManagersOut}, openapi_extra=MAKES)
def appoint_manager(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ManagerIn
) -> Status[ManagersOut]:
    """The account manages the site from that day: it opens its cohorts, gives places in them and signs its registers."""

    def make() -> ManagersOut:
        request.auth.require(Permission.SITE_STAFF)
        site = queries.get_site(reference=reference, by=request.auth)
        actions.appoint_manager(site=site, user=_account(sent.account, request), held_from=sent.on, by=request.auth)
        return _managers(reference, request)

    return Status(201, made_once(request, response, ManagersOut, make))


@router.post("/sites/{reference}/managers/end", response=ManagersOut)
def relieve_manager(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ManagerEndIn
) -> ManagersOut:
    """From that day on the account manages the site no more."""
    request.auth.require(Permission.SITE_STAFF)
    require_version(request, _managers(reference, request))
    site = queries.get_site(reference=reference, by=request.auth)
    actions.relieve_manager(site=site, user=_account(sent.account, request), held_before=sent.on, by=request.auth)
    return tagged(_managers(reference, request), response)


def _account(username: str, request: Any) -> Any:
    """:raises BadInput: at the field, if nobody is called so."""
    try:
        return accounts.get_account(username=username, by=request.auth)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column="account")]) from None


def _managers(reference: str, request: Any) -> ManagersOut:
    on, by = clock.today(), request.auth
    site = queries.get_site(reference=reference, by=by)
    return ManagersOut(
        site=reference, on=on,
        managers=[
            ManagerOut(account=post.user.username, held_from=post.held_from, held_before=post.held_before)
            for post in queries.list_managers(site=site, on=on, by=by)
        ],
    )  # fmt: skip
