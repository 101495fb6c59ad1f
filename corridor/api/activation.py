"""How soon signed agreements become work, and those under which nothing was delivered."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema

from corridor.foundations import clock
from corridor.rooms.agreements import queries

from .asking import On
from .parts import Texts
from .tokens import PRIVATE, PUBLIC

TAG = "agreements"
router = Router(auth=PUBLIC)


class StepOut(Schema):
    """Of those that were signed at least so many months ago (``asked``): under how many something had been delivered by then."""

    months: int
    asked: int
    activated: int


class SigningYearOut(Schema):
    year: int
    signed: int
    activated: int
    steps: list[StepOut]


class PromiseOut(Schema):
    reference: str
    member: str
    what: str
    due_on: date


class DormantOut(Schema):
    """An agreement in force under which nothing was delivered, and the obligations that are open under it."""

    reference: str
    titles: Texts
    parties: list[str]
    signed_on: date
    promised: list[PromiseOut]


@router.get("/agreement-activation", response=list[SigningYearOut])
def activation_by_year(request: HttpRequest, on: On = None) -> list[SigningYearOut]:
    """By the year of the last signature, as it was known on a day."""
    return [
        SigningYearOut(
            year=each.year, signed=each.signed, activated=each.activated,
            steps=[StepOut(months=step.months, asked=step.asked, activated=step.activated) for step in each.steps],
        )
        for each in queries.activation_by_year(on=on or clock.today(), by=request.auth)
    ]  # fmt: skip


@router.get("/dormant-agreements", response=list[DormantOut], auth=PRIVATE)
def list_dormant(
    request: HttpRequest, on: On = None, months: int | None = Query(None, ge=1, le=120)
) -> list[DormantOut]:
    """In force, signed so many months ago or longer, and never activated; for the council and who oversees the alliance."""
    found = queries.dormant_agreements(
        on=on or clock.today(), by=request.auth, months=months or settings.DORMANT_AFTER_MONTHS
    )
    return [
        DormantOut(
            reference=each.agreement.reference, titles={text.language: text.title for text in each.agreement.texts.all()},
            parties=[party.organisation.reference for party in each.agreement.parties.all()], signed_on=each.signed_on,
            promised=[
                PromiseOut(reference=owed.reference, member=owed.organisation.reference, what=owed.what, due_on=owed.due_on)
                for owed in each.promised
            ],
        )
        for each in found
    ]  # fmt: skip
