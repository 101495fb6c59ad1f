"""How agreements change: drafts, versions and what differs between them, amendments, renewals, steps that parties ask for; and kinds."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from corridor.foundations import clock
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import ClauseDraft, KindDraft, MotionDraft

from .agreement_shapes import (
    AgreementStepOut,
    AgreementVersionOut,
    AgreementVersionRowOut,
    AmendingOut,
    AmendmentIn,
    ConflictOut,
    ContentIn,
    ContentOut,
    CounterIn,
    DifferenceOut,
    KindIn,
    KindOut,
    NewKindIn,
    ProposalIn,
    RenewalIn,
    StepAnswerIn,
    StepIn,
    content_out,
    difference,
    draft_of,
    kind_out,
    step_out,
    version_row,
)
from .agreements import AgreementOut, read_agreement_out
from .asking import Number, Reference
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "agreements"
router = Router(auth=PRIVATE)


@router.get("/agreements/{reference}/content", response=ContentOut)
def get_content(request: HttpRequest, response: HttpResponse, reference: Reference) -> ContentOut:
    """What it says now, in the form in which a draft, an answer and an amendment are sent."""
    return tagged(_content(request, reference), response)


@router.put("/agreements/{reference}/content", response=ContentOut)
def revise_draft(request: HttpRequest, response: HttpResponse, reference: Reference, sent: ContentIn) -> ContentOut:
    """Write a draft anew, over what was read. An amendment takes up what the agreement says by now."""
    standing = _content(request, reference)
    require_version(request, standing)
    agreement = queries.get_agreement(reference=reference, by=request.auth)
    base = None
    if agreement.amends_id is not None:
        base = queries.read_amendment(reference=reference, by=request.auth).current.number
    actions.revise_draft(
        agreement=agreement, draft=draft_of(sent, by=request.auth), version=standing.version, by=request.auth, base=base
    )
    return tagged(_content(request, reference), response)


@router.post("/agreements/{reference}/proposal", response=AgreementOut)
def propose_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ProposalIn
) -> AgreementOut:
    """Put a draft before its parties, as it was read at ``content``: its ETag goes with it."""
    require_version(request, _content(request, reference))
    agreement = queries.get_agreement(reference=reference, by=request.auth)
    actions.propose_agreement(
        agreement=agreement, on=clock.today(), at=clock.now(), by=request.auth, reason=sent.reason
    )
    return tagged(read_agreement_out(reference, clock.today(), request.auth), response)


@router.get("/agreements/{reference}/versions", response=list[AgreementVersionRowOut])
def list_versions(request: HttpRequest, reference: Reference) -> list[AgreementVersionRowOut]:
    """Everything that was ever before the parties, and what amendments made of it; the first version first."""
    found = queries.list_versions(reference=reference, by=request.auth)
    return [AgreementVersionRowOut(**version_row(each)) for each in found]


@router.post("/agreements/{reference}/versions", response={201: AgreementOut}, openapi_extra=MAKES)
def counter_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: CounterIn
) -> Status[AgreementOut]:
    """Put another text before the parties. Earlier signatures stay to be read and count no more."""

    def make() -> AgreementOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        actions.counter_agreement(
            agreement=agreement, draft=draft_of(sent, by=request.auth), over=sent.over, on=clock.today(), at=clock.now(),
            reason=sent.reason, by=request.auth, member=sent.member, base=sent.base,
        )  # fmt: skip
        return read_agreement_out(reference, clock.today(), request.auth)

    return Status(201, made_once(request, response, AgreementOut, make))


@router.get("/agreements/{reference}/versions/{number}", response=AgreementVersionOut)
def get_version(
    request: HttpRequest, response: HttpResponse, reference: Reference, number: Number
) -> AgreementVersionOut:
    """One version with the very text that is hashed."""
    found = queries.read_version(reference=reference, number=number, by=request.auth).version
    return tagged(AgreementVersionOut(**version_row(found), canonical=found.canonical), response)


@router.get("/agreements/{reference}/differences", response=list[DifferenceOut])
def compare_versions(
    request: HttpRequest, reference: Reference, first: int = Query(ge=1, le=9999), second: int = Query(ge=1, le=9999)
) -> list[DifferenceOut]:
    """Two versions by field and in words."""
    found = queries.compare_versions(reference=reference, first=first, second=second, by=request.auth)
    return [difference(each) for each in found.differences]


@router.post("/agreements/{reference}/amendments", response={201: ContentOut}, openapi_extra=MAKES)
def amend_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AmendmentIn
) -> Status[ContentOut]:
    """Draft an amendment on a copy of what the agreement says now."""

    def make() -> ContentOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        draft = draft_of(sent.content, by=request.auth) if sent.content else None
        made = actions.amend_agreement(
            agreement=agreement, draft=draft, on=clock.today(), reason=sent.reason, by=request.auth, member=sent.member
        )
        return content_out(made, by=request.auth)

    return Status(201, made_once(request, response, ContentOut, make))


@router.get("/agreements/{reference}/amending", response=AmendingOut)
def read_amendment(request: HttpRequest, response: HttpResponse, reference: Reference) -> AmendingOut:
    """Of an amendment: what it changes, and where that conflicts with what the agreement says by now."""
    found = queries.read_amendment(reference=reference, by=request.auth)
    return tagged(
        AmendingOut(
            copied_from=found.base.number,
            current=found.current.number,
            differences=[difference(each) for each in found.differences],
            conflicts=[ConflictOut(**vars(each)) for each in found.conflicts],
        ),
        response,
    )


@router.post("/agreements/{reference}/renewals", response={201: ContentOut}, openapi_extra=MAKES)
def renew_agreement(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: RenewalIn
) -> Status[ContentOut]:
    """Draft what follows it: the same text for another period."""

    def make() -> ContentOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        made = actions.renew_agreement(
            agreement=agreement, starts_on=sent.starts_on, reason=sent.reason, by=request.auth, member=sent.member,
            ends_before=sent.ends_on + timedelta(days=1) if sent.ends_on else None, lines=sent.lines,
        )  # fmt: skip
        return content_out(made, by=request.auth)

    return Status(201, made_once(request, response, ContentOut, make))


@router.get("/agreements/{reference}/steps", response=list[AgreementStepOut])
def list_steps(request: HttpRequest, reference: Reference) -> list[AgreementStepOut]:
    """Every step that was asked for, the first one first, with the answers of the others."""
    return [step_out(each) for each in queries.list_motions(reference=reference, by=request.auth)]


@router.post("/agreements/{reference}/steps", response={201: AgreementStepOut}, openapi_extra=MAKES)
def ask_step(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: StepIn
) -> Status[AgreementStepOut]:
    """Ask the other parties for a step."""

    def make() -> AgreementStepOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        named = sent.successor
        motion = MotionDraft(
            agreement, sent.kind, sent.reason, sent.takes_effect_on,
            queries.get_agreement(reference=named, by=request.auth) if named else None, sent.member,
        )  # fmt: skip
        return step_out(actions.ask_step(motion=motion, on=clock.today(), at=clock.now(), by=request.auth))

    return Status(201, made_once(request, response, AgreementStepOut, make))


@router.post("/agreements/{reference}/steps/answers", response={201: AgreementStepOut}, openapi_extra=MAKES)
def answer_step(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: StepAnswerIn
) -> Status[AgreementStepOut]:
    """Confirm what another party asks for, or object to it."""

    def make() -> AgreementStepOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        motion = actions.answer_step(
            agreement=agreement,
            answer=sent.answer,
            on=clock.today(),
            at=clock.now(),
            by=request.auth,
            member=sent.member,
            reason=sent.reason,
        )
        return step_out(motion)

    return Status(201, made_once(request, response, AgreementStepOut, make))


@router.post("/agreements/{reference}/steps/retractions", response={201: AgreementStepOut}, openapi_extra=MAKES)
def take_back_step(
    request: HttpRequest, response: HttpResponse, reference: Reference, member: str = Query("", max_length=60)
) -> Status[AgreementStepOut]:
    """Take back what was asked for, before the others have confirmed it."""

    def make() -> AgreementStepOut:
        agreement = queries.get_agreement(reference=reference, by=request.auth)
        taken = actions.take_back_step(
            agreement=agreement, on=clock.today(), at=clock.now(), by=request.auth, member=member
        )
        return step_out(taken)

    return Status(201, made_once(request, response, AgreementStepOut, make))


@router.get("/agreement-kinds", response=list[KindOut])
def list_kinds(request: HttpRequest) -> list[KindOut]:
    """Kinds of agreement: how each is signed, and with which clauses a draft begins."""
    return [kind_out(each) for each in queries.list_kinds(by=request.auth)]


@router.post("/agreement-kinds", response={201: KindOut}, openapi_extra=MAKES)
def make_kind(request: HttpRequest, response: HttpResponse, sent: NewKindIn) -> Status[KindOut]:
    def make() -> KindOut:
        return kind_out(actions.make_kinds(kinds=[_kind(sent.code, sent)], by=request.auth)[0])

    return Status(201, made_once(request, response, KindOut, make))


@router.get("/agreement-kinds/{code}", response=KindOut)
def get_kind(request: HttpRequest, response: HttpResponse, code: Reference) -> KindOut:
    return tagged(kind_out(queries.get_kind(code=code, by=request.auth)), response)


@router.put("/agreement-kinds/{code}", response=KindOut)
def change_kind(request: HttpRequest, response: HttpResponse, code: Reference, sent: KindIn) -> KindOut:
    """Names, clauses and the way of signing as given; agreements that are drafted already stay as they are."""
    kind = queries.get_kind(code=code, by=request.auth)
    require_version(request, kind_out(kind))
    actions.change_kind(kind=kind, draft=_kind(code, sent), version=kind.version, by=request.auth)
    return tagged(kind_out(queries.get_kind(code=code, by=request.auth)), response)


def _kind(code: str, sent: KindIn) -> KindDraft:
    clauses = [
        ClauseDraft(language, number, text)
        for language, texts in sent.clauses.items()
        for number, text in enumerate(texts, start=1)
    ]
    return KindDraft(
        code, sent.names, clauses, signing_order=sent.signing_order, quorum=sent.quorum, position=sent.position
    )


def _content(request: Any, reference: str) -> ContentOut:
    agreement = queries.read_agreement_whole(reference=reference, by=request.auth)
    return content_out(agreement, by=request.auth)
