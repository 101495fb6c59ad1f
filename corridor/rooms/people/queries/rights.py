"""Requests about own records, holds, rules of retention and the ledger of transfers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import RequestStatus
from ..models import Hold, Person, RequestKind, RetentionRule, RightsRequest, Transfer, TransferThreshold
from ..transfer_counting import Counter, counters
from .persons import Reached

OPEN = (RequestStatus.ASKED, RequestStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The transfers of a year, the latest first, each with ``persons``; the counters of every country and class."""

    year: int
    rows: list[Transfer]
    counters: list[Counter]


def own_requests(*, by: Actor) -> QuerySet[RightsRequest]:
    """What the asking person asked, the latest first."""
    mine = RightsRequest.objects.filter(person__in=_own(by))
    return mine.select_related("person").order_by("-asked_on", "-reference")


def list_requests(*, by: Actor, state: str = "", reached: Reached = None) -> QuerySet[RightsRequest]:
    """
    What this actor answers, what is owed first: everything, or the corrections of the persons ``reached`` (journeys/answer_requests.py).
    ``state``: "open", or a state. :raises AccessDenied: for who answers none.
    """
    if not by.holds_somewhere(Permission.RIGHTS_ANSWER):
        by.require(Permission.RIGHTS_ANSWER)
    rows = _answered_by(by, reached).select_related("person").prefetch_related("person__names")
    if state == "open":
        rows = rows.filter(status__in=OPEN)
    elif state:
        rows = rows.filter(status=state)
    return rows.order_by("due_on", "reference")


def requests_due(*, by: Actor, reached: Reached = None) -> QuerySet[RightsRequest]:
    """For a desk: requests that wait for this actor; nothing for who answers none."""
    if not by.holds_somewhere(Permission.RIGHTS_ANSWER):
        return RightsRequest.objects.none()
    rows = _answered_by(by, reached).filter(status__in=OPEN)
    return rows.exclude(person__in=_own(by)).select_related("person").order_by("due_on", "reference")


def get_request(*, reference: str, by: Actor, reached: Reached = None) -> RightsRequest:
    """One request with its changes, for its person and for who answers. :raises NotFound: for anybody else."""
    mine = RightsRequest.objects.filter(person__in=_own(by))
    rows = (_answered_by(by, reached) | mine).select_related("person", "evidence")
    found = rows.prefetch_related("changes", "person__names").filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no request %(reference)s that you may see."), reference=reference)
    return found


def open_evidence(*, request: RightsRequest, by: Actor) -> tuple[Document, bytes]:  # noqa: ARG001 (who was given the request may)
    """The file that came with a request. :raises NotFound: if there is none."""
    if request.evidence is None:
        raise NotFound(N_("No file came with %(reference)s."), reference=request.reference)
    return request.evidence, bytes_of(request.evidence)


def _answered_by(by: Actor, reached: Reached) -> QuerySet[RightsRequest]:
    """The secretariat answers everything; at a site corrections alone are answered, never whether a person is erased."""
    if by.holds_everywhere(Permission.RIGHTS_ANSWER):
        return RightsRequest.objects.all()
    if reached is None:
        return RightsRequest.objects.none()
    return RightsRequest.objects.filter(kind=RequestKind.CORRECTION, person__in=reached)


def _own(by: Actor) -> frozenset[UUID]:
    return by.ids_with(Permission.RIGHTS_USE, "person")


def list_holds(*, by: Actor, person: Person) -> list[Hold]:
    """The holds of a person, the latest first. :raises AccessDenied: for who may erase nobody."""
    by.require(Permission.PERSON_ERASE)
    return list(Hold.objects.filter(person=person))


def get_hold(*, key: UUID, by: Actor) -> Hold:
    by.require(Permission.PERSON_ERASE)
    found = Hold.objects.select_related("person").filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such hold."))
    return found


def list_rules(*, by: Actor) -> list[RetentionRule]:
    by.require(Permission.RETENTION_SET)
    return list(RetentionRule.objects.all())


def show_ledger(*, year: int, by: Actor) -> Ledger:
    """The ledger of a year: how many persons, never who. :raises AccessDenied: for anyone but the secretariat and oversight."""
    by.require(Permission.TRANSFER_VIEW)
    rows = Transfer.objects.filter(happened_on__gte=date(year, 1, 1), happened_on__lt=date(year + 1, 1, 1))
    rows = rows.select_related("from_member", "to_member").annotate(persons=Count("listed") + F("unlisted"))
    return Ledger(year, list(rows.order_by("-happened_on", "-reference")), counters(year))


def list_thresholds(*, by: Actor) -> list[TransferThreshold]:
    by.require(Permission.TRANSFER_VIEW)
    return list(TransferThreshold.objects.all())


def years_of_ledger(*, by: Actor, on: date) -> list[int]:
    """The years with a transfer, and this one; the latest first."""
    by.require(Permission.TRANSFER_VIEW)
    days = Transfer.objects.dates("happened_on", "year")
    return sorted({on.year, *(day.year for day in days)}, reverse=True)
