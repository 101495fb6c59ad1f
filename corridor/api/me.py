"""Who is asking: so that a machine can find out what its token opens before it asks for anything."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from corridor.foundations import clock
from corridor.foundations.accounts.tokens import get_token
from corridor.foundations.vocabularies.languages import bcp47
from corridor.journeys.who_am_i import who_am_i

from .tokens import PRIVATE, PRIVATE_HEADER

TAG = "me"
router = Router(auth=PRIVATE)


class SelfOut(Schema):
    reference: str
    name: str


class RoleOut(Schema):
    """``scope`` is "alliance" or a kind of record, whose reference stands beside; ``source`` is through what it is held."""

    role: str
    source: str
    scope: str
    reference: str


class TokenOut(Schema):
    """The token that asked. It may do what its account may, until it expires or is revoked."""

    name: str
    hint: str
    created_at: datetime
    expires_at: datetime


class MeOut(Schema):
    """``may`` are the verbs that are granted for anything at all (docs/roles.md); a record may still be another's."""

    account: str
    person: SelfOut | None
    language: str
    zone: str
    roles: list[RoleOut]
    may: list[str]
    token: TokenOut


@router.get("/me", response=MeOut)
def me(request: HttpRequest, response: HttpResponse) -> MeOut:
    """The account behind the token, the person behind the account, their roles, and until when the token is good."""
    found = who_am_i(on=clock.today(), by=request.auth)
    token = get_token(secret=request.headers[PRIVATE_HEADER].partition(" ")[2], by=request.auth)
    response["Cache-Control"] = "private, no-store"
    language = bcp47(found.language)
    return MeOut(
        account=found.account,
        person=SelfOut(reference=found.person.reference, name=found.person.called(language).name) if found.person else None,
        language=language, zone=found.zone,
        roles=[
            RoleOut(role=each.role.value, source=each.source.value, scope=each.kind, reference=each.reference)
            for each in found.roles
        ],
        may=list(found.may),
        token=TokenOut(name=token.name, hint=token.hint, created_at=token.created_at, expires_at=token.expires_at),
    )  # fmt: skip
