"""What members offer to say at a conference: the call, what was sent in, how it was judged and decided."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import ContributionDraft
from corridor.rooms.conferences.lifecycle import ContributionStatus
from corridor.rooms.members import queries as members

from .asking import After, Code, Day, Limit, LongText, Page, Reference, Words, page, rows_after
from .conferences import Tag
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Named, Step, member, steps
from .tokens import PRIVATE, PUBLIC

TAG = "conferences"
router = Router(auth=PRIVATE)


class CallForOut(Schema):
    """When contributions may be sent in; without days there is no call yet. ``open``: today."""

    opens_on: date | None
    closes_before: date | None
    open: bool


class CallForIn(Schema):
    opens_on: Day
    closes_before: Day


class LetterOut(Schema):
    language: str
    subject: str
    body: str
    written_on: date


class JudgementOut(Schema):
    """From 1 (no) to 5 (certainly)."""

    score: int
    note: str
    by: str
    on: date


class ContributionRowOut(Schema):
    reference: str
    conference: str
    member: Named
    title: str
    language: str
    speakers: list[str]
    sent_on: date
    status: str


class ContributionOut(ContributionRowOut):
    """``judgements`` are for who judges; to the member they are empty. ``item``: where it stands on the agenda."""

    abstract: str
    item: str | None
    judgements: list[JudgementOut]
    letters: list[LetterOut]
    timeline: list[Step]


class ContributionIn(Schema):
    member: Words
    title: Words = Field(min_length=1)
    abstract: LongText = Field(min_length=1)
    language: Tag
    speakers: list[Words] = Field(min_length=1, max_length=30)


class JudgementIn(Schema):
    score: int = Field(ge=1, le=5)
    note: LongText = Field("", max_length=1000)


class ContributionDecisionIn(Schema):
    """Declined needs a reason; it stands in the letter to the member."""

    to: Literal["accepted", "waiting", "declined"]
    reason: Words = ""


class TakingBackIn(Schema):
    reason: Words = ""


@router.get("/conferences/{reference}/call", response=CallForOut, auth=PUBLIC)
def get_call(request: HttpRequest, response: HttpResponse, reference: Reference) -> CallForOut:
    """From when until when contributions may be sent in."""
    return tagged(_call(reference, request.auth), response)


@router.put("/conferences/{reference}/call", response=CallForOut)
def call_for_contributions(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: CallForIn
) -> CallForOut:
    by = request.auth
    require_version(request, _call(reference, by))
    actions.call_for_contributions(
        conference=queries.get_conference(reference=reference, by=by), opens_on=sent.opens_on, closes_before=sent.closes_before, by=by
    )  # fmt: skip
    return tagged(_call(reference, by), response)


@router.get("/conferences/{reference}/contributions", response=Page[ContributionRowOut])
def list_contributions(
    request: HttpRequest, reference: Reference, status: Code = "", after: After = "", limit: Limit = 50
) -> dict[str, Any]:
    """All of them for who judges, the best first; for a member its own, by number."""

    def key(contribution: Any) -> str:
        return contribution.reference

    by = request.auth
    queries.get_conference(reference=reference, by=by)
    if not by.holds_somewhere(Permission.CONTRIBUTION_SEND) and not by.may(Permission.CONTRIBUTION_VIEW):
        raise AccessDenied(N_("Contributions are for the members that offer them and for who judges them."))
    rows = queries.list_contributions(conference=reference, by=by, state=status)
    return page(
        rows_after(rows, after, key), lambda each: ContributionRowOut(**_row(each, reference)), limit=limit, key=key
    )


@router.post("/conferences/{reference}/contributions", response={201: ContributionOut}, openapi_extra=MAKES)
def send_contribution(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ContributionIn
) -> Status[ContributionOut]:
    """Offer to say something, for a member."""
    by = request.auth
    conference = queries.get_conference(reference=reference, by=by)

    def make() -> ContributionOut:
        draft = ContributionDraft(
            conference, members.get_organisation(reference=sent.member, by=by), sent.title, sent.abstract, sent.language, sent.speakers
        )  # fmt: skip
        return _read(actions.send_contribution(contribution=draft, on=clock.today(), by=by).reference, by)

    return Status(201, made_once(request, response, ContributionOut, make))


@router.get("/contributions/{reference}", response=ContributionOut)
def get_contribution(request: HttpRequest, response: HttpResponse, reference: Reference) -> ContributionOut:
    return tagged(_read(reference, request.auth), response)


@router.post("/contributions/{reference}/judgement", response=ContributionOut)
def judge_contribution(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: JudgementIn
) -> ContributionOut:
    """Judge it; judged again, the new judgement counts."""
    by, found = request.auth, _held(request, reference)
    actions.judge_contribution(contribution=found, score=sent.score, note=sent.note, on=clock.today(), by=by)
    return tagged(_read(reference, by), response)


@router.post("/contributions/{reference}/decision", response=ContributionOut)
def decide_on_contribution(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ContributionDecisionIn
) -> ContributionOut:
    """Accept it, decline it or let it wait; the letter to the member is written."""
    by, found = request.auth, _held(request, reference)
    actions.decide_on_contribution(
        contribution=found, to=ContributionStatus(sent.to), on=clock.today(), by=by, reason=sent.reason
    )
    return tagged(_read(reference, by), response)


@router.post("/contributions/{reference}/withdrawal", response=ContributionOut)
def withdraw_contribution(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: TakingBackIn
) -> ContributionOut:
    """The member takes it back."""
    by, found = request.auth, _held(request, reference)
    actions.withdraw_contribution(contribution=found, on=clock.today(), by=by, reason=sent.reason)
    return tagged(_read(reference, by), response)


def _held(request: HttpRequest, reference: str) -> Any:
    require_version(request, _read(reference, request.auth))
    return queries.get_contribution(reference=reference, by=request.auth)


def _call(reference: str, by: Any) -> CallForOut:
    conference = queries.get_conference(reference=reference, by=by)
    found, is_open = queries.call_of(conference=conference, on=clock.today(), by=by)
    return CallForOut(
        opens_on=found.opens_on if found else None, closes_before=found.closes_before if found else None, open=is_open
    )


def _row(each: Any, conference: str) -> dict[str, Any]:
    return {
        "reference": each.reference, "conference": conference, "member": member(each.member), "title": each.title,
        "language": each.language, "speakers": [who.name for who in each.speakers.all()], "sent_on": each.sent_on, "status": each.status,
    }  # fmt: skip


def _read(reference: str, by: Any) -> ContributionOut:
    found = queries.get_contribution(reference=reference, by=by)
    item = getattr(found, "item", None)
    return ContributionOut(
        **_row(found, found.conference.reference),
        abstract=found.abstract,
        item=str(item.pk) if item else None,
        judgements=[
            JudgementOut(score=each.score, note=each.note, by=each.by_label, on=each.reviewed_on)
            for each in queries.reviews_of(contribution=found, by=by)
        ],
        letters=[
            LetterOut(language=each.language, subject=each.subject, body=each.body, written_on=each.written_on)
            for each in found.letters.all()
        ],
        timeline=steps(found.changes.all()),
    )
