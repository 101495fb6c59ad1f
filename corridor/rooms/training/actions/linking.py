"""Sessions of a sheet are told of one another: what one makes up for, and with which it is held together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..lifecycle import SessionStatus
from ..models import Session

AT_ONCE = 500


@dataclass(frozen=True)
class SessionLinked:
    """The session of that key gets another "makes_up_for" or "joint_with": the key of a session, or None for none."""

    session: UUID
    values: Mapping[str, UUID | None]


@transaction.atomic
def link_sessions(*, links: Sequence[SessionLinked], by: Actor) -> int:
    """
    Say of sessions what they make up for, and with which of another cohort they are held together. Return how many.

    :raises BadInput: for what was not called off, and for two that are not at the same time.
    """
    wanted = [each for each in links if each.values]
    keys = {each.session for each in wanted} | {key for each in wanted for key in each.values.values() if key}
    rows = Session.objects.select_for_update(of=("self",)).select_related("cohort__site").order_by("pk")
    held = {session.pk: session for session in rows.filter(pk__in=keys)}
    for cohort in {each.cohort_id: each.cohort for each in held.values()}.values():
        by.require(Permission.SESSION_PLAN, on=cohort)
    changed = []
    for each in wanted:
        session = held[each.session]
        now = (session.makes_up_for_id, session.joint_with_id)
        for name, key in each.values.items():
            setattr(session, name, held[key] if key else None)
        if now != (session.makes_up_for_id, session.joint_with_id):
            changed.append(session)
    if problems := [problem for session in changed for problem in _problems(session)]:
        raise BadInput(problems)
    Session.objects.bulk_update(changed, ["makes_up_for", "joint_with"], batch_size=AT_ONCE)
    log.record_each("training.session_replanned", by=by, subjects=changed)
    return len(changed)


def _problems(session: Session) -> list[Problem]:
    found = []
    made_up, head = session.makes_up_for, session.joint_with
    if made_up and (made_up.status != SessionStatus.CANCELLED or made_up.cohort_id != session.cohort_id):
        message = N_("%(session)s was not called off; there is nothing to make up for.")
        found.append(Problem(message, {"session": str(made_up)}, column="makes_up_for"))
    if head and (head.begins_at, head.minutes) != (session.begins_at, session.minutes):
        message = N_("%(session)s and %(other)s are held together: write the same time and minutes for both.")
        found.append(Problem(message, {"session": str(session), "other": str(head)}, column="joint"))
    return found
