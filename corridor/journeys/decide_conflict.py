"""The inbox of what devices brought and nobody could simply take: in plain words, with both values; decided by a named person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.journal import keeping
from corridor.foundations.journal.models import Conflict
from corridor.foundations.journal.reading import MOST_EVENTS
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.training import actions as training
from corridor.rooms.training import queries
from corridor.rooms.training.actions import Signature
from corridor.rooms.training.agreeing import Value, value_of
from corridor.rooms.training.models import Attendance, Enrolment, Session

from ._devices.judgements import SCOPE
from .lock_session import lock_sessions
from .settle_judgement import FOLLOWS, JudgementWaiting, NothingToTake, settle_judgement, tell_judgements

KEEP, TAKE = Conflict.Outcome.STANDING_KEPT, Conflict.Outcome.BROUGHT_TAKEN


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    One row of the inbox. ``place`` and ``name`` are of the learner where there is one and the reader may see learners there.

    ``standing`` is what the register says at this moment.
    """

    conflict: Conflict
    session: Session | None
    place: Enrolment | None
    name: Any
    brought: Value | None
    standing: Value | None
    may_decide: bool

    # Rows about judgements (settle_judgement.py) are.
    @property
    def is_judgement(self) -> bool:
        return False

    @property
    def zone(self) -> str:
        """Where it happened; empty: nobody knows the session."""
        return self.session.cohort.site.zone if self.session is not None else ""

    @property
    def may_take(self) -> bool:
        """Whether what came could be taken."""
        reason = self.conflict.reason
        return (
            self.session is not None
            and self.session.status != "cancelled"
            and (
                (self.brought is not None and reason != "not_here")
                or (reason.startswith("signature") and reason != "signature_locked")
            )
        )


def list_conflicts(*, by: Actor) -> QuerySet[Conflict]:
    """
    Those of cohorts whose registers the reader may correct, for who settles judgements those about judgements, and of the reader's own devices;
    the oldest first. Signatures that wait with a judgement are decided with it.
    """
    shown = Conflict.objects.exclude(reason=FOLLOWS).select_related("event__device__user")
    own = Q(event__device__user=by.user_id) if by.user_id else Q(pk__in=[])
    if by.holds_everywhere(Permission.REGISTER_CORRECT):
        seen = ~Q(scope_kind=SCOPE)
    else:
        seen = Q(scope_kind="cohort", scope_key__in=queries.cohorts_to_correct(by=by))
    if by.holds_everywhere(Permission.DECISION_MODERATE):
        seen |= Q(scope_kind=SCOPE)
    return shown.filter(own | seen)


def count_waiting(*, by: Actor) -> int:
    return list_conflicts(by=by).filter(outcome=Conflict.Outcome.WAITING).count()


def count_to_decide(*, by: Actor) -> int:
    """Of those that wait the ones that the reader decides; not those of their own devices that others do."""
    mine = Q(pk__in=[])
    if by.holds_everywhere(Permission.REGISTER_CORRECT):
        mine |= ~Q(scope_kind=SCOPE)
    elif cohorts := queries.cohorts_to_correct(by=by):
        mine |= Q(scope_kind="cohort", scope_key__in=cohorts)
    if by.holds_everywhere(Permission.DECISION_MODERATE):
        mine |= Q(scope_kind=SCOPE)
    return Conflict.objects.exclude(reason=FOLLOWS).filter(mine, outcome=Conflict.Outcome.WAITING).count()


def get_conflict(*, key: UUID, by: Actor) -> Conflict:
    """:raises NotFound: if the reader sees no such conflict."""
    found = list_conflicts(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such conflict that you may see."))
    return found


def tell_conflicts(*, conflicts: Sequence[Conflict], by: Actor) -> list[Waiting | JudgementWaiting]:
    """Each with what is needed to decide it, in their order."""
    judged = [each for each in conflicts if each.scope_kind == SCOPE]
    taken = [each for each in conflicts if each.scope_kind != SCOPE]
    rows: dict[UUID, Waiting | JudgementWaiting] = {each.conflict.pk: each for each in _tell_marks(taken, by=by)}
    rows |= {each.conflict.pk: each for each in tell_judgements(conflicts=judged, by=by)} if judged else {}
    return [rows[each.pk] for each in conflicts]


def _tell_marks(conflicts: Sequence[Conflict], *, by: Actor) -> list[Waiting]:
    """Those about registers: five statements, however many."""
    sessions = Session.objects.select_related("cohort__site").in_bulk({each.event.subject for each in conflicts})
    about = {each.about for each in conflicts if each.about}
    places = Enrolment.objects.in_bulk(about)
    stands = {
        (row.session_id, row.enrolment_id): value_of(row)
        for row in Attendance.objects.filter(session__in=sessions, enrolment__in=about)
    }
    seen = {key: by.may(Permission.LEARNER_VIEW, on=session) for key, session in sessions.items()}
    named = [place.person_id for place in places.values()]
    names = queries.names_of(named)
    rows = []
    for each in conflicts:
        session, place = sessions.get(each.event.subject), places.get(each.about) if each.about else None
        rows.append(
            Waiting(
                each, session, place, names[place.person_id] if place and session and seen[session.pk] else None,
                Value.read(each.brought),
                Value.read(each.standing) if not each.is_waiting else stands.get((each.event.subject, each.about)) if each.about else None,
                (each.is_waiting and session is not None and by.may(Permission.REGISTER_CORRECT, on=session))
                or (each.is_waiting and by.holds_everywhere(Permission.REGISTER_CORRECT)),
            )
        )  # fmt: skip
    return rows


@transaction.atomic
def decide_conflicts(
    *, conflicts: Sequence[Conflict], outcome: Conflict.Outcome, reason: str, at: datetime, by: Actor
) -> int:
    """
    Decide what is true: what stood, or what came. Both stay to be read. Others that wait for the same learner in the same session are
    decided with it. Return how many were.

    :raises AccessDenied: for whoever may not correct that register, or settle that judgement. :raises DecidedAlready, NothingToTake:
    :raises BadInput: without a reason.
    """
    done: set[UUID] = set()
    for told in tell_conflicts(conflicts=conflicts[:MOST_EVENTS], by=by):
        conflict = told.conflict
        if conflict.pk in done:
            continue
        if isinstance(told, JudgementWaiting):
            settle_judgement(told=told, outcome=outcome, reason=reason, at=at, by=by)
            done.add(conflict.pk)
            continue
        session = told.session
        by.require(Permission.REGISTER_CORRECT, on=session)
        if outcome == TAKE and not told.may_take:
            raise NothingToTake(N_("What came cannot be taken as it is. Put it aside, and say why."))
        keeping.settle(conflict=conflict, outcome=outcome, reason=reason, at=at, by=by)
        done.add(conflict.pk)
        if session is None:
            continue
        value = told.brought if outcome == TAKE else told.standing
        if conflict.about is None:
            if outcome == TAKE:
                _sign(conflict, session, by=by)
            continue
        if value is None or (outcome == KEEP and conflict.reason != "other_mark"):
            continue
        training.settle_marks(session=session, marks={_place_of(told): value}, reason=reason, at=at, by=by)
        done |= _settle_others(conflict, value, reason=reason, at=at, by=by)
    return len(done)


def _settle_others(conflict: Conflict, value: Value, *, reason: str, at: datetime, by: Actor) -> set[UUID]:
    others = Conflict.objects.filter(
        event__subject=conflict.event.subject, about=conflict.about, outcome=Conflict.Outcome.WAITING
    )
    found = list(others)
    for each in found:
        brought = Value.read(each.brought)
        same = brought is not None and brought.says_as(value)
        keeping.settle(conflict=each, outcome=TAKE if same else KEEP, reason=reason, at=at, by=by)
    return {each.pk for each in found}


def _sign(conflict: Conflict, session: Session, *, by: Actor) -> None:
    """The signature that came counts as the device's own, on the day on which it reached us."""
    event = conflict.event
    signer, when = event.device.user.username, max(event.received_at, session.begins_at)
    lock_sessions(signatures=[Signature(session=session, signed_by=signer, signed_at=when)], by=by)


def _place_of(told: Waiting) -> UUID:
    """Of a person who was merged, the place of the record that stays, where it has one in that cohort."""
    place = told.place
    if place is None:
        raise NothingToTake(N_("What came cannot be taken as it is. Put it aside, and say why."))
    stays = Enrolment.objects.filter(cohort=place.cohort_id, person__merged=place.person_id).first()
    return stays.pk if stays is not None else place.pk
