"""Awarding a cohort: what would be signed and who is refused, then signing it; further kinds, and signing beside an issuer."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.award_credentials import award_cohort as award
from corridor.journeys.award_further import award_further
from corridor.journeys.award_preview import preview_award
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.rooms.credentials.queries.joint import asked_to_sign
from corridor.rooms.members.queries import get_organisation
from corridor.rooms.training import queries as training

from .asking import Code, Day, On, Reference, Words
from .leaving import Read, note_read
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "credentials"
router = Router(auth=PRIVATE)


class LearnerPreviewOut(Schema):
    """``refusals`` say what is in the way and what to do, in English; none: ready."""

    number: int
    names: list[str]
    kind: str
    units: list[str]
    refusals: list[str]


class SaidInOut(Schema):
    language: str
    text: str
    text_state: str


class TextPreviewOut(Schema):
    """
    A text in each language with its state. ``part`` is title, criteria, level, authority, description or counts_as; ``what`` is empty for the
    whole, else the code of a unit, a kind of certificate or a country.
    """

    part: str
    what: str
    texts: list[SaidInOut]


class LeftOutOut(Schema):
    """A language of the places behind the paper that it is not written in: these titles have no reviewed text in it (units by their code)."""

    language: str
    wanting: list[str]


class PaperLanguagesOut(Schema):
    """The languages of papers in their order, and those that are left out."""

    written: list[str]
    left_out: list[LeftOutOut]


class AwardPreviewOut(Schema):
    """``refusal`` is in the way of the whole cohort; ``recognition`` is what would be signed about what it counts as, by kind."""

    cohort: str
    issuer: str
    on: date
    refusal: str | None
    awards: int
    statements: int
    nothing: int
    learners: list[LearnerPreviewOut]
    texts: list[TextPreviewOut]
    recognition: dict[str, str]
    languages: list[PaperLanguagesOut]


class AwardIn(Schema):
    """``only_ready`` awards those of whom nothing is in the way; ``signers`` are members that sign beside the issuer."""

    issuer: Words
    on: Day
    expires_before: Day | None = None
    only_ready: bool = False
    signers: list[Words] = Field([], max_length=15)


class FurtherIn(AwardIn):
    kind: Literal["unit", "module", "attendance", "teacher"]
    units: list[Words] = Field([], max_length=60)


class AwardingOut(Schema):
    """``waiting``: learners of whom something is in the way. Signing goes on as a job."""

    cohort: str
    issuer: str
    awards: int
    statements: int
    nothing: int
    waiting: int


class FurtherOut(Schema):
    references: list[str]


class AskedToSignOut(Schema):
    """So many certificates of a cohort wait for the signature of ``member``. Signing is done by hand, with a second factor."""

    member: str
    cohort: str
    issuer: str
    site: str
    issued_on: date
    count: int


@router.get("/cohorts/{reference}/award-preview", response=AwardPreviewOut)
def preview_awarding(
    request: HttpRequest, response: HttpResponse, reference: Reference, read: Read, issuer: Code, on: On = None
) -> AwardPreviewOut:
    """What awarding the cohort would say, learner by learner and in each language, and who is refused and why. Changes nothing."""
    by = request.auth
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    member = get_organisation(reference=issuer, by=by)
    found = preview_award(cohort=cohort, issuer=member, on=on or clock.today(), at=clock.now(), by=by)
    places = [each.enrolment.pk for each in found.learners]
    note_read(request, response, read, about="/cohorts/award-preview", records=places)
    return AwardPreviewOut(
        cohort=cohort.reference, issuer=member.reference, on=found.on, refusal=str(found.refusal) if found.refusal else None,
        awards=found.awards, statements=found.statements, nothing=found.nothing,
        learners=[
            LearnerPreviewOut(
                number=each.enrolment.number, names=list(each.names), kind=each.kind.value, units=list(each.units),
                refusals=[str(refusal) for refusal in each.refusals],
            )
            for each in found.learners
        ],
        texts=[
            TextPreviewOut(
                part=each.part, what=each.what,
                texts=[SaidInOut(language=t.language, text=t.text, text_state=t.text_state) for t in each.texts],
            )
            for each in found.texts
        ],
        recognition=found.recognition,
        languages=[
            PaperLanguagesOut(
                written=list(each.written),
                left_out=[LeftOutOut(language=one.language, wanting=list(one.wanting)) for one in each.left_out],
            )
            for each in found.languages
        ],
    )  # fmt: skip


@router.post("/cohorts/{reference}/awards", response={201: AwardingOut}, openapi_extra=MAKES)
def award_cohort(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: AwardIn
) -> Status[AwardingOut]:
    """Award a cohort whose assessments are closed. Who is not ready keeps all waiting, unless only those who are ready are asked for."""
    by = request.auth
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)

    def make() -> AwardingOut:
        found = award(cohort=cohort, at=clock.now(), by=by, **_given(sent, by))
        return AwardingOut(
            cohort=cohort.reference, issuer=sent.issuer, awards=found.awards, statements=found.statements, nothing=found.nothing,
            waiting=found.waiting,
        )  # fmt: skip

    return Status(201, made_once(request, response, AwardingOut, make))


@router.post("/cohorts/{reference}/further-certificates", response={201: FurtherOut}, openapi_extra=MAKES)
def give_further_certificates(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: FurtherIn
) -> Status[FurtherOut]:
    """A certificate of that kind for every learner for whom the records hold what it demands, beside an award or a statement."""
    by = request.auth
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)

    def make() -> FurtherOut:
        given = _given(sent, by)
        made = award_further(
            cohort=cohort, kind=CredentialKind(sent.kind), units=sent.units, at=clock.now(), by=by, **given
        )
        return FurtherOut(references=[each.reference for each in made])

    return Status(201, made_once(request, response, FurtherOut, make))


@router.get("/signatures", response=list[AskedToSignOut])
def list_signatures_asked_for(request: HttpRequest) -> list[AskedToSignOut]:
    """Certificates that wait for the signature of a member whose keys this account keeps."""
    return [
        AskedToSignOut(
            member=each.member.reference, cohort=each.cohort, issuer=each.issuer, site=each.site, issued_on=each.issued_on,
            count=each.count,
        )
        for each in asked_to_sign(by=request.auth)
    ]  # fmt: skip


def _given(sent: AwardIn, by: Any) -> dict[str, Any]:
    return {
        "issuer": get_organisation(reference=sent.issuer, by=by),
        "on": sent.on,
        "expires_before": sent.expires_before,
        "only_ready": sent.only_ready,
        "signers": [get_organisation(reference=each, by=by) for each in sent.signers],
    }
