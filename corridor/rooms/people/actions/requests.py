"""What a person asks about the own record, and the answers: put right, refused with the reason, done. Who may answer: ``_require_answer``."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_

from ..lifecycle import RequestStatus
from ..models import Part, Person, RequestKind, RightsRequest
from ..rights_refusals import AskedAlready, ErasedAlready
from ..secretariat import secretariat_ids
from ..written_values import read_value
from .mending import mend


@dataclass(frozen=True)
class Correction:
    """What is wrong: the part, what it should be, in the person's own words why, and a file that shows it."""

    part: Part
    should_be: str
    words: str = ""
    evidence: Upload | None = None


@transaction.atomic
def ask_correction(
    *, person: Person, correction: Correction, on: date, at: datetime, by: Actor, told: Collection[UUID] = ()
) -> RightsRequest:
    """
    Ask to put something right in the own record. ``told``: accounts beside the secretariat who may answer (journeys/answer_requests.py).

    :raises AccessDenied: for another person's record. :raises BadInput: if it is not said what it should be, or the value cannot be.
    """
    _require_own(person, by, Permission.CORRECTION_ASK)
    if not correction.should_be.strip():
        raise BadInput([Problem(N_("Say what it should be."), column="should_be")])
    read_value(correction.part, correction.should_be, on=on)
    evidence = receive(correction.evidence, at=at, by=by) if correction.evidence else None
    made = _ask(
        RightsRequest(
            person=person, kind=RequestKind.CORRECTION, part=correction.part, should_be=correction.should_be.strip(),
            words=correction.words.strip(), evidence=evidence,
        ),
        on=on,
    )  # fmt: skip
    log.record("people.correction_asked", by=by, subject=made)
    _tell_who_answers(made, told, on=on, at=at, by=by)
    return made


@transaction.atomic
def ask_erasure(*, person: Person, words: str, on: date, at: datetime, by: Actor) -> RightsRequest:
    """
    Ask to be erased. Nothing goes before the secretariat has looked at it: there may be a reason of law to wait.

    :raises AccessDenied: for another person's record. :raises AskedAlready: while the first asking waits for its answer.
    """
    _require_own(person, by)

    def look() -> None:
        waiting = RightsRequest.objects.filter(person=person, kind=RequestKind.ERASURE, status=RequestStatus.ASKED)
        if waiting.exists():
            raise AskedAlready(N_("You have asked that already; the answer is owed to you."))

    look()
    with contested(look):
        made = _ask(RightsRequest(person=person, kind=RequestKind.ERASURE, words=words.strip()), on=on)
    log.record("people.erasure_asked", by=by, subject=made)
    _tell_who_answers(made, (), on=on, at=at, by=by)
    return made


@transaction.atomic
def withdraw_request(*, request: RightsRequest, on: date, by: Actor) -> RightsRequest:
    """Take it back before it is answered. :raises WrongMoment: after."""
    _require_own(request.person, by)
    held = _hold(request)
    move(held, to=RequestStatus.WITHDRAWN, on=on, by=by)
    log.record("people.request_withdrawn", by=by, subject=held)
    return held


@transaction.atomic
def accept_correction(*, request: RightsRequest, on: date, at: datetime, by: Actor, answer: str = "") -> RightsRequest:
    """
    Say that the person is right. A name, the day of birth, the sex and the country are put right at once; for anything else whoever keeps it
    does that on its own page, and ``finish_request`` says so.

    :raises AccessDenied: for one's own request, and at a site for a person who is not there. :raises WrongMoment: if it is answered, or is no
    correction.
    """
    _require_answer(request, by)
    held = _hold(request)
    if held.kind != RequestKind.CORRECTION:
        raise AskedAlready(N_("%(request)s asks for an erasure; carry it out on its own page."), request=held.reference)
    is_mended = mend(person=request.person, part=Part(held.part), value=held.should_be, on=on, by=by)
    move(held, to=RequestStatus.DONE if is_mended else RequestStatus.ACCEPTED, on=on, by=by)
    return _answered(held, answer, "people.correction_accepted", on=on, at=at, by=by)


@transaction.atomic
def finish_request(*, request: RightsRequest, on: date, at: datetime, by: Actor) -> RightsRequest:
    """Say that what was accepted is put right now. :raises WrongMoment: if it was not accepted before."""
    _require_answer(request, by)
    held = _hold(request)
    move(held, to=RequestStatus.DONE, on=on, by=by)
    return _answered(held, held.answer, "people.request_done", on=on, at=at, by=by)


@transaction.atomic
def refuse_request(*, request: RightsRequest, reason: str, on: date, at: datetime, by: Actor) -> RightsRequest:
    """Say no, and why: the person reads it. :raises BadInput: without a reason. :raises WrongMoment: if it is answered."""
    _require_answer(request, by)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why; the person reads it."), column="answer")])
    held = _hold(request)
    move(held, to=RequestStatus.REFUSED, on=on, by=by)
    return _answered(held, reason, "people.request_refused", on=on, at=at, by=by)


def _require_answer(request: RightsRequest, by: Actor) -> None:
    """
    The secretariat answers everything, a site's manager the corrections of persons who are there (``person.reached_at``); nobody the own request.
    """
    if request.kind == RequestKind.ERASURE:
        by.require(Permission.RIGHTS_ANSWER)
    else:
        by.require(Permission.RIGHTS_ANSWER, on=request.person)
    if request.person_id in by.ids_with(Permission.CORRECTION_ASK, "person"):
        raise AccessDenied(N_("Somebody else answers what you ask about your own record."))


def _require_own(person: Person, by: Actor, permission: Permission = Permission.RIGHTS_USE) -> None:
    by.require(permission, on=person)
    if person.erased_at is not None:
        raise ErasedAlready(N_("%(person)s was erased."), person=person.reference)
    # A grant for the whole alliance (the night's work) asks nothing in anybody's name.
    if person.pk not in by.ids_with(permission, "person") and by.user_id is not None:
        raise AccessDenied(N_("Everyone asks for the own record alone."))


def _ask(request: RightsRequest, *, on: date) -> RightsRequest:
    (request.reference,) = give_numbers(model=RightsRequest, prefix="REQ", days=[on], gate=Person)
    request.asked_on, request.due_on = on, on + timedelta(days=settings.RIGHTS_DAYS)
    request.status = RequestStatus.ASKED
    request.save(force_insert=True)
    return request


def _hold(request: RightsRequest) -> RightsRequest:
    return RightsRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)


def _answered(request: RightsRequest, answer: str, event: str, *, on: date, at: datetime, by: Actor) -> RightsRequest:
    request.answered_on, request.answer = on, answer.strip()
    request.save(update_fields=["answered_on", "answer"])
    log.record(event, by=by, subject=request)
    if request.person.user_id is not None:
        link = f"/my-data/requests/{request.reference}/"
        tell(Event.REQUEST_ANSWERED, to=[request.person.user_id], about=request.reference, link=link, at=at, by=by)
    return request


def _tell_who_answers(request: RightsRequest, told: Collection[UUID], *, on: date, at: datetime, by: Actor) -> None:
    link = f"/requests/{request.reference}/"
    to = [*secretariat_ids(on=on), *told]
    tell(Event.REQUEST_MADE, to=to, about=request.reference, link=link, at=at, by=by)
