"""Sessions that were watched: by which rubric, what each reached, and what was agreed."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from corridor.foundations import clock
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_
from corridor.rooms.training import queries as training
from corridor.rooms.training.actions import observing
from corridor.rooms.training.queries import knowing
from corridor.rooms.training.queries import observed as watched
from corridor.rooms.training.queries import trainers as register
from corridor.rooms.training.queries.trainer_choices import RubricPart
from corridor.rooms.training.trainer_drafts import ObservedDraft, RubricDraft

from .asking import Day, Reference, Words
from .etags import require_version, tagged
from .once import MAKES, made_once
from .parts import Texts, texts
from .tokens import PRIVATE

TAG = "training"
router = Router(auth=PRIVATE)


class RubricOut(Schema):
    """Criteria and levels in their order, each by language; the first level is the lowest."""

    code: str
    version: int
    starts_on: date
    ends_before: date | None
    criteria: list[Texts]
    levels: list[Texts]


class AgreedOut(Schema):
    id: UUID
    what: str
    due_on: date
    done_on: date | None


class ObservedOut(Schema):
    """``levels`` are the levels reached, by number from 1, in the order of the rubric's criteria."""

    id: UUID
    cohort: str
    session: int
    held_on: date
    observer: str
    rubric: str
    rubric_version: int
    levels: list[int]
    remarks: str
    agreed: list[AgreedOut]


class AgreedIn(Schema):
    what: str = Field(min_length=1, max_length=300)
    due_on: Day


class AgreedDoneIn(Schema):
    on: Day = Field(description="On or after the day of the session")


class RubricIn(Schema):
    """A version of a rubric: each criterion and each level by language (BCP 47); the first level is the lowest."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    version: int = Field(ge=1, le=999)
    starts_on: Day
    criteria: list[dict[str, Words]] = Field(min_length=1, max_length=20)
    levels: list[dict[str, Words]] = Field(min_length=2, max_length=10)


class ObservedIn(Schema):
    """The session is named by its cohort and number; ``rubric`` is in use on its day."""

    cohort: Words
    session: int = Field(ge=1, le=9999)
    observer: Words = Field(description="The reference of the person who watched; not who taught")
    rubric: Words
    levels: list[int] = Field(max_length=20, description="A level for each criterion, by number from 1")
    remarks: str = Field("", max_length=1000)
    agreed: list[AgreedIn] = Field([], max_length=10)


@router.get("/rubrics", response=list[RubricOut])
def list_rubrics(request: HttpRequest) -> list[RubricOut]:
    """What is looked at when a session is watched: every version, the latest of each code first."""
    return [_rubric(each) for each in watched.rubrics(by=request.auth)]


@router.post("/rubrics", response={201: RubricOut}, openapi_extra=MAKES)
def describe_rubric(request: HttpRequest, response: HttpResponse, sent: RubricIn) -> Status[RubricOut]:
    """Put a version of a rubric in use; the one before ends on that day. What was watched keeps its own."""
    by = request.auth

    def make() -> RubricOut:
        draft = RubricDraft(
            code=sent.code, version=sent.version, starts_on=sent.starts_on, criteria=tuple(sent.criteria),
            levels=tuple(sent.levels),
        )  # fmt: skip
        (made,) = observing.describe_rubrics(rubrics=[draft], by=by)
        return _rubric(watched.rubrics(by=by).get(pk=made.pk))

    return Status(201, made_once(request, response, RubricOut, make))


@router.get("/trainers/{reference}/observed", response=list[ObservedOut])
def list_observed(request: HttpRequest, reference: Reference) -> list[ObservedOut]:
    """The watched sessions of a trainer, the latest first."""
    record = register.get_trainer(reference=reference, on=clock.today(), by=request.auth)
    return [_observed(each) for each in record.observed]


@router.post("/trainers/{reference}/observed", response={201: ObservedOut}, openapi_extra=MAKES)
def observe_session(
    request: HttpRequest, response: HttpResponse, reference: Reference, sent: ObservedIn
) -> Status[ObservedOut]:
    """Write about a session that somebody watched who did not teach it."""
    by = request.auth

    def make() -> ObservedOut:
        trainer = register.find_trainer(reference=reference, by=by)
        session = training.get_session(cohort=sent.cohort, number=sent.session, by=by)
        draft = ObservedDraft(
            trainer=trainer, session=session, observer=knowing.person_who_watched(reference=sent.observer, by=by),
            scores=_scores(sent, session.held_on, by), remarks=sent.remarks,
            agreed=tuple((each.what, each.due_on) for each in sent.agreed),
        )  # fmt: skip
        made = observing.observe_sessions(observed=[draft], at=clock.now(), by=by)[0]
        return _observed(watched.get_observed(trainer=reference, key=made.pk, by=by))

    return Status(201, made_once(request, response, ObservedOut, make))


@router.get("/trainers/{reference}/observed/{key}", response=ObservedOut)
def get_observed(request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID) -> ObservedOut:
    return tagged(_observed(watched.get_observed(trainer=reference, key=key, by=request.auth)), response)


@router.put("/trainers/{reference}/observed/{key}/agreed/{agreed}", response=ObservedOut)
def settle_agreed(
    request: HttpRequest, response: HttpResponse, reference: Reference, key: UUID, agreed: UUID, sent: AgreedDoneIn
) -> ObservedOut:
    """What was agreed after the session is done."""
    by = request.auth
    found = watched.get_observed(trainer=reference, key=key, by=by)
    action = next((each for each in found.agreed.all() if each.pk == agreed), None)
    if action is None:
        raise NotFound(N_("Nothing like that was agreed after this session."))
    require_version(request, _observed(found))
    observing.settle_agreed(action=action, on=sent.on, by=by)
    return tagged(_observed(watched.get_observed(trainer=reference, key=key, by=by)), response)


def _scores(sent: ObservedIn, on: date, by: Any) -> dict[Any, Any]:
    rubric = next((each for each in watched.rubrics_in_use(on=on, by=by) if each.code == sent.rubric), None)
    if rubric is None:
        raise NotFound(N_("There is no rubric %(code)s in use on that day."), code=sent.rubric)
    criteria, levels = _lines(rubric, RubricPart.CRITERION), _lines(rubric, RubricPart.LEVEL)
    if len(sent.levels) != len(criteria) or not all(1 <= level <= len(levels) for level in sent.levels):
        raise BadInput([Problem(N_("Give each criterion a level."), column="levels")])
    return {line: levels[level - 1] for line, level in zip(criteria, sent.levels, strict=True)}


def _lines(rubric: Any, part: RubricPart) -> list[Any]:
    return [line for line in rubric.lines.all() if line.part == part]


def _rubric(rubric: Any) -> RubricOut:
    return RubricOut(
        code=rubric.code, version=rubric.version, starts_on=rubric.starts_on, ends_before=rubric.ends_before,
        criteria=[texts(line.texts.all()) for line in _lines(rubric, RubricPart.CRITERION)],
        levels=[texts(line.texts.all()) for line in _lines(rubric, RubricPart.LEVEL)],
    )  # fmt: skip


def _observed(found: Any) -> ObservedOut:
    return ObservedOut(
        id=found.pk, cohort=found.session.cohort.reference, session=found.session.number, held_on=found.session.held_on,
        observer=found.observer.reference, rubric=found.rubric.code, rubric_version=found.rubric.version,
        levels=[score.level.position for score in found.scores.all()], remarks=found.remarks,
        agreed=[AgreedOut(id=each.pk, what=each.what, due_on=each.due_on, done_on=each.done_on) for each in found.agreed.all()],
    )  # fmt: skip
