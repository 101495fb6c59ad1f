"""Signing a register: the first one delivered under an agreement activates it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.accounts.second_factor import has_second_factor
from corridor.kernel.wording import N_
from corridor.rooms.training import actions as training
from corridor.rooms.training.actions import Signature
from corridor.rooms.training.keeping_time import rule_of
from corridor.rooms.training.models import Cohort, Session, SigningWith

from .first_delivery import note_deliveries
from .sign_here import SecondFactorWanted


@transaction.atomic
def lock_session(
    *, session: Session, version: int, at: datetime, by: Actor, is_second_factor_given: bool = False
) -> Session:
    """
    Sign one register as it was when ``version`` was read; see ``training.actions.lock_registers`` for what is refused.

    :raises SecondFactorWanted: where the programme asks for one and it was not given a moment ago.
    """
    if not is_second_factor_given and rule_of(session).sign_with == SigningWith.SECOND_FACTOR:
        is_set_up = by.user_id is not None and has_second_factor(user_id=by.user_id)
        raise SecondFactorWanted(
            N_("The programme asks for a second factor when a register is signed. Give yours, then sign."),
            is_set_up=is_set_up,
        )
    locked = training.lock_register(session=session, version=version, at=at, by=by)
    _note([locked], by=by)
    return locked


def lock_by_machine(*, session: Session, version: int, at: datetime, by: Actor) -> Session:
    """
    Sign with a token, which was made by somebody who had just proved themselves; where the programme asks for a second factor, the account of
    the token has one. Otherwise it refuses as ``lock_session``.
    """
    has_factor = by.user_id is not None and has_second_factor(user_id=by.user_id)
    return lock_session(session=session, version=version, at=at, by=by, is_second_factor_given=has_factor)


@transaction.atomic
def lock_sessions(*, signatures: Sequence[Signature], by: Actor) -> list[Session]:
    """Sign many registers, from paper or a sheet, all or none."""
    locked = training.lock_registers(signatures=signatures, by=by)
    _note(locked, by=by)
    return locked


def _note(sessions: Sequence[Session], *, by: Actor) -> None:
    """A register may be signed after its agreement has ended or while it is suspended: what was taught stays taught."""
    first = _first_days(sessions)
    note_deliveries(agreements=first, taught=first, by=by)


def _first_days(sessions: Sequence[Session]) -> dict[UUID, date]:
    """For each agreement under which these were taught, the day of the first; a programme may stand under several."""
    cohorts = Cohort.objects.filter(pk__in={session.cohort_id for session in sessions})
    under: dict[UUID, list[UUID]] = {}
    for cohort, agreement in cohorts.values_list("pk", "programme__agreements_under__agreement"):
        under.setdefault(cohort, []).append(agreement)
    first: dict[UUID, date] = {}
    for session in sessions:
        for agreement in under[session.cohort_id]:
            first[agreement] = min(session.held_on, first.get(agreement, session.held_on))
    return first
