"""The register of trainers, as those may see it who employ, receive or oversee them, and everybody themself."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training.actions import registering
from corridor.rooms.training.queries import knowing
from corridor.rooms.training.queries import trainers as register
from corridor.rooms.training.queries.trainer_choices import LanguageScale, LanguageSource
from corridor.rooms.training.trainer_drafts import QualificationDraft, Spoken, TrainerDraft, TrainerFacts

from .asking import After, Code, Day, Limit, On, Page, Reference, Search, Words
from .equipment import organisation_named
from .etags import require_version, tagged
from .once import MAKES, made_once
from .tokens import PRIVATE

TAG = "training"
router = Router(auth=PRIVATE)


class SpokenLanguage(Schema):
    """A level is a claim, in the words of one scale; levels of two scales are never compared."""

    language: Words = Field(max_length=12, description="BCP 47")
    scale: Literal["first", "cefr", "hsk_2010", "hsk_2021"]
    level: Words = Field("", max_length=4, description="Empty for a first language")
    source: Literal["own_word", "certificate", "test"] = "own_word"


class TrainerUnitRef(Schema):
    curriculum: Words
    version: Words
    code: Words


class QualificationOut(Schema):
    id: UUID
    what: str
    awarded_by: str
    awarded_on: date
    valid_before: date | None
    has_document: bool


class TrainerRow(Schema):
    """``minutes`` and ``sessions`` are signed sessions of their own, until the day asked for."""

    reference: str
    employer: str | None
    held_from: date
    held_before: date | None
    sessions: int
    minutes: int


class TrainerOut(TrainerRow):
    """
    ``generation`` is their place in the cascade: 0 was sent by the alliance, 1 was trained by them; none where they neither trained teachers nor
    were trained here, or where nobody wrote down by whom.
    """

    languages: list[SpokenLanguage]
    units: list[TrainerUnitRef]
    qualifications: list[QualificationOut]
    generation: int | None
    teaching: str | None


class TrainerFactsIn(Schema):
    held_from: Day
    held_before: Day | None = Field(None, description="The first day after the last")
    employer: Words = Field("", description="The reference of an organisation")
    languages: list[SpokenLanguage] = Field([], max_length=40)
    units: list[TrainerUnitRef] = Field([], max_length=200)


class TrainerIn(TrainerFactsIn):
    person: Words = Field(description="The reference of the person's record")


class QualificationIn(Schema):
    what: Words
    awarded_by: Words = Field(description="A body or an office, never a person")
    awarded_on: Day
    valid_before: Day | None = None


@router.get("/trainers", response=Page[TrainerRow])
def list_trainers(
    request: HttpRequest,
    on: On = None,
    search: Search = "",
    employer: Code = "",
    site: Code = "",
    language: Code = "",
    unit: Code = "",
    state: Literal["", "registered", "ended"] = "",
    after: After = "",
    limit: Limit = 50,
) -> dict[str, Any]:
    """Trainers whom the account may see, by reference. ``unit`` is curriculum.version.code, or the beginning of it."""
    by = request.auth
    knowing.require_register(by=by)
    narrowed = {"words": search, "employer": employer, "site": site, "language": language, "unit": unit, "state": state}
    found = register.list_trainers_on(by=by, on=on or clock.today(), after=after, limit=limit, **narrowed)
    return {"rows": [_row(line) for line in found.rows], "next": found.next_after or None}


@router.get("/trainers/{reference}", response=TrainerOut)
def get_trainer(request: HttpRequest, response: HttpResponse, reference: Reference) -> TrainerOut:
    return tagged(_read(reference, request), response)


@router.post("/trainers", response={201: TrainerOut}, openapi_extra=MAKES)
def register_trainer(request: HttpRequest, response: HttpResponse, sent: TrainerIn) -> Status[TrainerOut]:
    """Write a person into the register."""
    by = request.auth

    def make() -> TrainerOut:
        person = knowing.person_to_register(reference=sent.person, by=by)
        registering.register_trainers(trainers=[TrainerDraft(person, _facts(sent, request))], on=clock.today(), by=by)
        return _read(person.reference, request)

    return Status(201, made_once(request, response, TrainerOut, make))


@router.put("/trainers/{reference}", response=TrainerOut)
def describe_trainer(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: TrainerFactsIn
) -> TrainerOut:
    """Write the entry anew, whole: languages and units that are left out are taken away. Qualifications stay."""
    require_version(request, _read(reference, request))
    trainer = register.find_trainer(reference=reference, by=request.auth)
    registering.describe_trainers(changes=[(trainer, _facts(sent, request))], on=clock.today(), by=request.auth)
    return tagged(_read(reference, request), response)


@router.post("/trainers/{reference}/qualifications", response={201: TrainerOut}, openapi_extra=MAKES)
def add_qualification(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: QualificationIn
) -> Status[TrainerOut]:
    """Write down what a trainer learned or may do. Its paper is sent on the page."""

    def make() -> TrainerOut:
        trainer = register.find_trainer(reference=reference, by=request.auth)
        draft = QualificationDraft(trainer, sent.what, sent.awarded_by, sent.awarded_on, sent.valid_before)
        registering.write_qualifications(qualifications=[draft], at=clock.now(), by=request.auth)
        return _read(reference, request)

    return Status(201, made_once(request, response, TrainerOut, make))


@router.api_operation(["DELETE"], "/trainers/{reference}/qualifications/{key}", response=TrainerOut)
def drop_qualification(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> TrainerOut:
    """Take away what was written by mistake; what has ended stays, with its last day. If-Match names the trainer as read."""
    found = register.get_qualification(trainer=reference, key=key, by=request.auth)
    require_version(request, _read(reference, request))
    registering.drop_qualification(qualification=found, by=request.auth)
    return tagged(_read(reference, request), response)


def _row(line: Any) -> TrainerRow:
    return TrainerRow(**_common(line.trainer), sessions=line.sessions, minutes=line.minutes)


def _common(trainer: Any) -> dict[str, Any]:
    return {
        "reference": trainer.reference, "employer": trainer.employer.reference if trainer.employer else None,
        "held_from": trainer.held_from, "held_before": trainer.held_before,
    }  # fmt: skip


def _read(reference: str, request: HttpRequest) -> TrainerOut:
    on = clock.today()
    record = register.get_trainer(reference=reference, on=on, by=request.auth)
    teaching = record.node.teaching(on=on) if record.node is not None else None
    return TrainerOut(
        **_common(record.trainer), sessions=record.sessions, minutes=sum(each.minutes for each in record.taught),
        languages=[
            SpokenLanguage(language=each.language, scale=each.scale, level=each.level, source=each.source)
            for each in record.languages
        ],
        units=[
            TrainerUnitRef(curriculum=unit.version.curriculum.reference, version=unit.version.version, code=unit.code)
            for unit in (each.unit for each in record.units)
        ],
        qualifications=[
            QualificationOut(
                id=each.pk, what=each.what, awarded_by=each.awarded_by, awarded_on=each.awarded_on,
                valid_before=each.valid_before, has_document=each.document_id is not None,
            )
            for each in record.qualifications
        ],
        generation=record.node.generation if record.node is not None else None, teaching=str(teaching) if teaching else None,
    )  # fmt: skip


def _facts(sent: TrainerFactsIn, request: HttpRequest) -> TrainerFacts:
    return TrainerFacts(
        held_from=sent.held_from, held_before=sent.held_before,
        employer=organisation_named(sent.employer, request, field="employer"),
        languages=tuple(
            Spoken(each.language, LanguageScale(each.scale), each.level, LanguageSource(each.source)) for each in sent.languages
        ),
        units=tuple(_unit(each, request) for each in sent.units),
    )  # fmt: skip


def _unit(named: TrainerUnitRef, request: HttpRequest) -> Any:
    try:
        held = curricula.get_version(reference=named.curriculum, version=named.version, by=request.auth)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column="units")]) from None
    found = next((unit for unit in held.units if unit.code == named.code), None)
    if found is None:
        raise BadInput(
            [Problem(N_("There is no unit %(code)s in this version."), {"code": named.code}, column="units")]
        )
    return found
