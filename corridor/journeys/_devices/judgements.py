"""What an assessor's device says, read: a judgement, a signature; and the records that they are about."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from corridor.foundations.journal.models import Event
from corridor.foundations.journal.queries import payload_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.models import Decision, Found, Result, Scheme, SignerRole, Stance
from corridor.rooms.assessment.schemes import whole
from corridor.rooms.curricula.models import Unit
from corridor.rooms.training.models import Enrolment

# Whose inbox: what is said of judgements is for who may settle two that differ, not for who corrects registers.
SCOPE = "judging"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """
    What an event of the kind ``assessment.judged`` says. ``scheme``: the one on the screen. ``saw``: the decision that it changes, and the
    version of it that was on the screen; None: there was none at this attempt.
    """

    place: UUID
    unit: UUID
    attempt: int
    result: Result
    decided_on: date
    note: str
    findings: tuple[FindingDraft, ...]
    scheme: UUID | None
    saw: tuple[UUID, int] | None


@dataclass(frozen=True, kw_only=True)
class SignatureTold:
    """
    What an event of the kind ``assessment.signed`` says. ``judged``: the event whose judgement is signed, if it was made on a device; else the
    decision as it was read.
    """

    decision: UUID
    version: int
    judged: UUID | None
    role: SignerRole
    name: str
    stance: Stance
    organisation: str


def read_judgement(event: Event) -> Judgement:
    """:raises ValueError, TypeError, KeyError, AttributeError: for what is no such payload."""
    told = payload_of(event)
    saw = told.get("saw")
    return Judgement(
        place=event.subject, unit=UUID(str(told["unit"])), attempt=int(told["attempt"]), result=Result(told["result"]),
        decided_on=date.fromisoformat(str(told["decided_on"])), note=str(told.get("note") or "")[:2000],
        findings=tuple(
            FindingDraft(
                criterion=UUID(str(each["criterion"])), found=Found(each["found"]), note=str(each.get("note") or "")
            )
            for each in told.get("findings", [])
        ),
        scheme=UUID(str(told["scheme"])) if told.get("scheme") else None,
        saw=(UUID(str(saw["decision"])), int(saw["version"])) if saw else None,
    )  # fmt: skip


def read_signature(event: Event) -> SignatureTold:
    """:raises ValueError, TypeError, KeyError, AttributeError: for what is no such payload."""
    told = payload_of(event)
    return SignatureTold(
        decision=UUID(str(told["decision"])), version=int(told["version"]),
        judged=UUID(str(told["judged"])) if told.get("judged") else None, role=SignerRole(told["role"]), name=str(told["name"]),
        stance=Stance(told.get("stance") or Stance.AGREES), organisation=str(told.get("organisation") or ""),
    )  # fmt: skip


def decision_that_stands(told: Judgement, place: Enrolment) -> Decision | None:
    """What is decided of the learner in that unit at that attempt or a later one; the latest."""
    rows = Decision.objects.filter(enrolment=place, unit=told.unit, attempt__gte=told.attempt)
    return rows.select_related("assessor", "unit", "enrolment__cohort__site").order_by("-attempt").first()


def place_of(key: UUID) -> Enrolment:
    """:raises NotFound: if there is no such place."""
    found = Enrolment.objects.select_related("cohort__site", "person").filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such seat."))
    return found


def unit_of(key: UUID, place: Enrolment) -> Unit:
    """:raises NotFound: if the cohort's curriculum has no such unit."""
    found = Unit.objects.select_related("version__curriculum").filter(pk=key).first()
    if found is None or found.version_id != place.cohort.curriculum_version_id:
        raise NotFound(N_("There is no such unit."))
    return found


def scheme_seen(told: Judgement) -> Scheme | None:
    """The scheme that was on the screen; None: none was, or it is of another unit."""
    found = whole([told.scheme]) if told.scheme is not None else []
    return next((each for each in found if each.unit_id == told.unit and each.status != "draft"), None)


def on_the_day(told: Judgement, day: date) -> Judgement:
    return replace(told, decided_on=day)
