"""
Who comes to a conference: registration, the list for who prepares it, letters for a visa, and scans at the door.

No answer here carries an address, a passport or the key of a registration: that key goes to the delegate alone.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import DelegateDraft, ScanDraft
from corridor.rooms.conferences.delegating import card_print
from corridor.rooms.conferences.lifecycle import VisaLetterStatus
from corridor.rooms.members import queries as members

from .asking import After, Code, Day, Instant, Limit, Page, Reference, Words, page
from .etags import require_version, tagged
from .once import MAKES, REPEATABLE, made_once
from .parts import Named, Texts, member
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PRIVATE)
Answers = Annotated[dict[str, list[Words]], Field(max_length=100)]


class DelegateQuestionOut(Schema):
    """``options``: the answers to choose, by their codes."""

    code: str
    answer: str
    need: str
    titles: Texts
    options: dict[str, Texts]


class RegistrationOut(Schema):
    """Without days one cannot register yet. ``places``: None where there is one for everybody. ``open``: today."""

    opens_on: date | None
    closes_before: date | None
    places: int | None
    open: bool
    questions: list[DelegateQuestionOut]


class RegistrationIn(Schema):
    opens_on: Day
    closes_before: Day
    places: int | None = Field(None, ge=1, le=100_000)


class DelegateOut(Schema):
    """Names are empty once they were taken away. ``visa_letter``: its state, where one was asked for."""

    reference: str
    conference: str
    name: str
    latin_name: str
    member: Named | None
    comes_from: str
    country: str
    listed: bool
    registered_at: datetime
    arrived_at: datetime | None
    visa_letter: str | None
    status: str


class DelegateIn(Schema):
    """``answers`` by the codes of the questions. ``listed``: the delegate agrees to stand on the list of participants."""

    name: Words = Field(min_length=1, max_length=150)
    latin_name: Words = Field("", max_length=150)
    email: Words = Field(min_length=3)
    language: Words = "en"
    member: Words = ""
    comes_from: Words = ""
    country: str = Field("", pattern="^([A-Z]{2})?$")
    answers: Answers = {}
    listed: bool = False


class RegisteredOut(Schema):
    """The key to this registration was sent to the address, and to nobody else."""

    reference: str
    conference: str
    status: str


class VisaDecisionIn(Schema):
    """Refused needs a reason; the delegate reads it."""

    to: Literal["issued", "refused"]
    reason: Words = ""


class ScanIn(Schema):
    """
    ``key`` is made on the device, once for this reading of a card: sent again it is the same scan. The card by its code, as printed, or by
    the fingerprint (SHA-256, in hex) of the code.
    """

    key: UUID
    card: Words = Field("", max_length=12)
    print: str = Field("", pattern="^([0-9a-f]{64})?$")
    at: Instant


class ScansIn(Schema):
    device: Words = Field("", max_length=40)
    scans: list[ScanIn] = Field(max_length=500)


class ScansOut(Schema):
    """Kept, now or before; and unknown: no card of this conference."""

    kept: list[UUID]
    unknown: list[UUID]


class AtDoorOut(Schema):
    """``print``: the fingerprint of the card. ``arrived_at``: the first scan."""

    print: str
    name: str
    whence: str
    arrived_at: datetime | None


class DoorOut(Schema):
    rows: list[AtDoorOut]


@router.get("/conferences/{reference}/registration", response=RegistrationOut, auth=PUBLIC)
def get_registration(request: HttpRequest, response: HttpResponse, reference: Reference) -> RegistrationOut:
    """From when until when delegates register, and what they are asked."""
    return tagged(_registration(reference, request.auth), response)


@router.put("/conferences/{reference}/registration", response=RegistrationOut)
def open_registration(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: RegistrationIn
) -> RegistrationOut:
    by = request.auth
    require_version(request, _registration(reference, by))
    actions.open_registration(
        conference=queries.get_conference(reference=reference, by=by), opens_on=sent.opens_on, closes_before=sent.closes_before,
        places=sent.places, by=by,
    )  # fmt: skip
    return tagged(_registration(reference, by), response)


@router.get("/conferences/{reference}/delegates", response=Page[DelegateOut])
def list_delegates(
    request: HttpRequest, reference: Reference, state: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """By number; ``state``: here, awaited, withdrawn or letters (that wait)."""
    by = request.auth
    queries.get_conference(reference=reference, by=by)
    found = queries.list_delegates(conference=reference, by=by, state=state, after=after)
    return page(found, lambda each: _delegate(each, reference), limit=limit, key=lambda each: each.reference)


@router.post("/conferences/{reference}/delegates", response={201: RegisteredOut}, openapi_extra=MAKES)
def register_delegate(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: DelegateIn
) -> Status[RegisteredOut]:
    """Register somebody who comes; the key to the registration is sent to the address."""
    by = request.auth
    conference = queries.get_conference(reference=reference, by=by)

    def make() -> RegisteredOut:
        organisation = members.get_organisation(reference=sent.member, by=by) if sent.member else None
        draft = DelegateDraft(
            name=sent.name, email=sent.email, language=sent.language, latin_name=sent.latin_name, organisation=organisation,
            comes_from=sent.comes_from, country=sent.country, answers=sent.answers, agrees_to_be_listed=sent.listed,
        )  # fmt: skip
        made = actions.register_delegate(conference=conference, delegate=draft, on=clock.today(), at=clock.now(), by=by)
        return RegisteredOut(reference=made.delegate.reference, conference=reference, status=made.delegate.status)

    return Status(201, made_once(request, response, RegisteredOut, make))


@router.get("/conferences/{reference}/delegates/{delegate}", response=DelegateOut)
def get_delegate(
    request: HttpRequest, response: HttpResponse, reference: Reference, delegate: Reference
) -> DelegateOut:
    return tagged(_read(reference, delegate, request.auth), response)


@router.post("/conferences/{reference}/delegates/{delegate}/visa-letter", response=DelegateOut)
def decide_on_visa_letter(
    request: HttpRequest, response: HttpResponse, reference: Reference, delegate: Reference, sent: VisaDecisionIn
) -> DelegateOut:
    """Issue the letter that was asked for, or refuse it."""
    by = request.auth
    require_version(request, _read(reference, delegate, by))
    letter = queries.get_visa_letter(delegate=queries.get_delegate(reference=delegate, by=by), by=by)
    if letter is None:
        raise NotFound(N_("%(delegate)s has asked for no letter."), delegate=delegate)
    actions.decide_on_visa_letter(
        letter=letter, to=VisaLetterStatus(sent.to), on=clock.today(), by=by, reason=sent.reason
    )
    return tagged(_read(reference, delegate, by), response)


@router.get("/conferences/{reference}/door", response=DoorOut)
def read_door(request: HttpRequest, response: HttpResponse, reference: Reference) -> DoorOut:
    """What a device at the door needs to know to work without a network: whoever withdrew is not on it."""
    by = request.auth
    conference = queries.get_conference(reference=reference, by=by)
    arrived = queries.arrived_at_door(conference=conference, by=by)
    rows = [
        AtDoorOut(
            print=mark,
            name=name,
            whence=whence,
            arrived_at=datetime.fromisoformat(arrived[mark]) if mark in arrived else None,
        )
        for mark, name, whence in queries.door_list(conference=conference, by=by)
    ]
    return tagged(DoorOut(rows=rows), response)


@router.post("/conferences/{reference}/scans", response=ScansOut, openapi_extra=REPEATABLE)
def check_in(request: HttpRequest, reference: Reference, sent: ScansIn) -> ScansOut:
    """Keep scans of cards, late and more than once as a device sends them; none is lost, and none is counted twice."""
    by = request.auth
    conference = queries.get_conference(reference=reference, by=by)
    by.require(Permission.DELEGATE_CHECK_IN)
    scans = [
        ScanDraft(each.key, each.print or card_print(each.card.replace("-", "").upper()), each.at)
        for each in sent.scans
    ]
    taken = actions.check_in(conference=conference, scans=scans, device=sent.device, at=clock.real_now(), by=by)
    return ScansOut(kept=list(taken.kept), unknown=list(taken.unknown))


def _registration(reference: str, by: Any) -> RegistrationOut:
    conference = queries.get_conference(reference=reference, by=by)
    found, is_open = queries.registration_of(conference=conference, on=clock.today(), by=by)
    asked = [each.question for each in queries.questions_of(conference=conference, language="en", by=by)]
    return RegistrationOut(
        opens_on=found.opens_on if found else None, closes_before=found.closes_before if found else None,
        places=found.places if found else None, open=is_open,
        questions=[
            DelegateQuestionOut(
                code=each.code, answer=each.answer, need=each.need, titles=_titles(each),
                options={option.code: _titles(option) for option in each.parts.all()},
            )
            for each in asked
        ],
    )  # fmt: skip


def _titles(part: Any) -> Texts:
    return {each.language: each.title for each in part.texts.all()}


def _read(conference: str, delegate: str, by: Any) -> DelegateOut:
    queries.get_conference(reference=conference, by=by)
    return _delegate(queries.get_delegate_with_arrival(conference=conference, reference=delegate, by=by), conference)


def _delegate(each: Any, conference: str) -> DelegateOut:
    letter = getattr(each, "visa_letter", None)
    return DelegateOut(
        reference=each.reference, conference=conference, name=each.name, latin_name=each.latin_name,
        member=member(each.organisation) if each.organisation else None, comes_from=each.comes_from, country=each.country,
        listed=each.listed_at is not None, registered_at=each.registered_at, arrived_at=each.arrived_at,
        visa_letter=letter.status if letter else None, status=each.status,
    )  # fmt: skip
