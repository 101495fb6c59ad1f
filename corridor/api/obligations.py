"""What parties owe under agreements: set, kept by what shows it, let off; for the parties and oversight."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.journeys.fulfil_obligation import fulfil_obligation, records_showing
from corridor.journeys.what_is_late import Late, what_is_late, what_we_owe
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import ObligationDraft, ObligationStep
from corridor.rooms.agreements.lifecycle import ObligationStatus

from .asking import After, Code, Day, Limit, On, Page, Reference, Words, page
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Named, Step, member, steps
from .tokens import PRIVATE

TAG = "obligations"
router = Router(auth=PRIVATE)


class TimeOut(Schema):
    """One time that it was settled, and what shows it: a document, or the record of another room by its kind and name."""

    number: int
    due_on: date
    settled_as: str
    settled_on: date
    reason: str
    evidence: str | None
    record_kind: str
    record: str


class ObligationOut(Schema):
    """
    What a party owes, by a day; ``standing`` also says overdue. With ``every_months`` it returns until its agreement ends, and ``due_on`` is
    the day that stands. ``shown_by``: what counts as having kept it.
    """

    reference: str
    agreement: str
    member: Named
    what: str
    due_on: date
    every_months: int | None
    shown_by: str
    status: str
    standing: str
    evidence: str | None
    times: list[TimeOut]
    timeline: list[Step]


class ObligationIn(Schema):
    agreement: Words
    member: Words = Field(description="The reference of the party that owes it")
    what: Words
    due_on: Day
    every_months: int | None = None
    shown_by: Words = Field("word", pattern="^(word|document|report|equipment|cohort|payment)$")


class FulfilmentIn(Schema):
    on: Day
    record: Words = Field("", description="The name of a record that shows it, from …/records")
    reason: Words = ""


class WaiverIn(Schema):
    on: Day
    reason: Words
    whole: bool = Field(default=False, description="Of one that returns: for good, not this time alone")


class RecordOut(Schema):
    """A record of another room that would show that it was kept."""

    kind: str
    record: str
    on: date
    words: str
    link: str


class LateOut(Schema):
    """One thing that is late, or due: ``kind`` is obligation, announcement, data_call, payment, accreditation, review or risk."""

    due_on: date
    kind: str
    reference: str
    what: str
    member: Named
    link: str


@router.get("/late", response=Page[LateOut])
def list_late(
    request: HttpRequest, on: On = None, kind: Code = "", member: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """What is late in the alliance, the longest first; for who oversees it."""
    found = what_is_late(
        on=on or clock.today(), by=request.auth, kind=kind, member=member, after=after, limit=limit + 1
    )
    return page(found, _late, limit=limit, key=lambda each: each.after)


@router.get("/owed", response=Page[LateOut])
def list_owed(
    request: HttpRequest, on: On = None, kind: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """What the members this account speaks for owe: late, and due in the next three months."""
    found = what_we_owe(on=on or clock.today(), by=request.auth, kind=kind, after=after, limit=limit + 1)
    return page(found, _late, limit=limit, key=lambda each: each.after)


@router.get("/obligations", response=Page[ObligationOut])
def list_obligations(
    request: HttpRequest,
    on: On = None,
    member: Code = "",
    agreement: Code = "",
    status: Code = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """What is owed under the agreements whose text the account may read, by the day on which it is due."""
    found = queries.list_obligations(
        by=request.auth, on=on or clock.today(), member=member, agreement=agreement, state=status, after=after
    )
    return page(found, _drawn, limit=limit, key=lambda each: f"{each.due_on:%Y-%m-%d} {each.reference}")


@router.post("/obligations", response={201: ObligationOut}, openapi_extra=MAKES)
def set_obligation(request: HttpRequest, response: HttpResponse, sent: ObligationIn) -> Status[ObligationOut]:
    """Write down what a party owes."""

    def make() -> ObligationOut:
        party = queries.get_party(reference=sent.agreement, member=sent.member, by=request.auth)
        draft = ObligationDraft(
            party.agreement, party.organisation, sent.what, sent.due_on, every_months=sent.every_months,
            shown_by=sent.shown_by,
        )  # fmt: skip
        made = actions.set_obligations(obligations=[draft], by=request.auth)[0]
        return _read(made.reference, clock.today(), request.auth)

    return Status(201, made_once(request, response, ObligationOut, make))


@router.get("/obligations/{reference}", response=ObligationOut)
def get_obligation(request: HttpRequest, response: HttpResponse, reference: Reference, on: On = None) -> ObligationOut:
    return tagged(_read(reference, on or clock.today(), request.auth), response)


@router.get("/obligations/{reference}/records", response=list[RecordOut])
def list_records_showing(request: HttpRequest, reference: Reference) -> list[RecordOut]:
    """The records of other rooms that would show that it was kept, the latest first."""
    today = clock.today()
    found = queries.get_obligation(reference=reference, by=request.auth, on=today)
    return [
        RecordOut(kind=each.kind, record=each.reference, on=each.on, words=each.words, link=each.link)
        for each in records_showing(obligation=found, on=today, by=request.auth)
    ]


@router.post("/obligations/{reference}/fulfilments", response=ObligationOut)
def fulfil(request: HttpRequest, response: HttpResponse, reference: Reference, sent: FulfilmentIn) -> ObligationOut:
    """Say that it was kept, this time, and by which record. What a document shows is said on the page, where it is sent."""
    today = clock.today()
    require_version(request, _read(reference, today, request.auth))
    found = queries.get_obligation(reference=reference, by=request.auth, on=today)
    fulfil_obligation(
        obligation=found, on=sent.on, today=today, at=clock.now(), by=request.auth, record=sent.record, reason=sent.reason
    )  # fmt: skip
    return tagged(_read(reference, today, request.auth), response)


@router.post("/obligations/{reference}/waivers", response=ObligationOut)
def waive(request: HttpRequest, response: HttpResponse, reference: Reference, sent: WaiverIn) -> ObligationOut:
    """Let it off with a reason: for the other parties and the secretariat."""
    today = clock.today()
    require_version(request, _read(reference, today, request.auth))
    found = queries.get_obligation(reference=reference, by=request.auth, on=today)
    step = ObligationStep(found, ObligationStatus.WAIVED, sent.on, sent.reason, whole=sent.whole)
    actions.settle_obligations(steps=[step], at=clock.now(), by=request.auth)
    return tagged(_read(reference, today, request.auth), response)


def _late(each: Late) -> LateOut:
    return LateOut(
        due_on=each.due,
        kind=each.kind,
        reference=each.reference,
        what=each.words,
        member=member(each.whose),
        link=each.link,
    )


def _read(reference: str, on: date, by: Any) -> ObligationOut:
    return _drawn(queries.get_obligation(reference=reference, by=by, on=on))


def _drawn(owed: Any) -> ObligationOut:
    times = [
        TimeOut(
            number=each.number, due_on=each.due_on, settled_as=each.settled_as, settled_on=each.settled_on,
            reason=each.reason, evidence=each.evidence.reference if each.evidence else None,
            record_kind=each.record_kind, record=each.record_reference,
        )
        for each in owed.occurrences.all()
    ]  # fmt: skip
    return ObligationOut(
        reference=owed.reference, agreement=owed.agreement.reference, member=member(owed.organisation), what=owed.what,
        due_on=owed.due_then, every_months=owed.every_months, shown_by=owed.shown_by, status=owed.status_then,
        standing=owed.standing_then, evidence=next((each.evidence for each in reversed(times) if each.evidence), None),
        times=times, timeline=steps(owed.changes.all()),
    )  # fmt: skip
