"""
Whose a session is (docs/rules/cascade.md): of those who are named for it; where nobody is, of those who lead or teach the cohort that day.

An assistant's session is nobody's own. Everybody's records, whoever asks; merges are followed by the one who counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from .lifecycle import SessionStatus
from .models import CohortTrainer, Session, SessionTrainer, TrainerRole

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A signed session that somebody taught."""

    session: UUID
    cohort: UUID
    held_on: date
    minutes: int


def taught_by(sessions: Iterable[Session]) -> dict[UUID, set[UUID]]:
    """The keys of the persons whose session each is; two statements per 500."""
    wanted = list(sessions)
    found: dict[UUID, set[UUID]] = {session.pk: set() for session in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        named = SessionTrainer.objects.filter(session__in=[each.pk for each in some])
        for key, person in named.values_list("session_id", "person_id"):
            found[key].add(person)
        unnamed = [session for session in some if not found[session.pk]]
        roles = CohortTrainer.objects.filter(cohort__in={session.cohort_id for session in unnamed})
        of_cohort: dict[UUID, list[CohortTrainer]] = defaultdict(list)
        for row in roles.exclude(role=TrainerRole.ASSISTANT):
            of_cohort[row.cohort_id].append(row)
        for session in unnamed:
            found[session.pk] |= {
                row.person_id for row in of_cohort[session.cohort_id] if row.teaches(on=session.held_on)
            }
    return found


def own_sessions(persons: Collection[UUID], *, on: date, heirs: Mapping[UUID, UUID]) -> dict[UUID, list[OwnSession]]:
    """The signed sessions that these persons taught until that day, the earliest first; ``heirs``: a merged record to the one that stays."""
    wanted = set(persons)
    keys = wanted | {gone for gone, stays in heirs.items() if stays in wanted}
    taught = CohortTrainer.objects.filter(person__in=keys).values("cohort")
    named = SessionTrainer.objects.filter(person__in=keys).values("session")
    signed = Session.objects.filter(
        Q(cohort__in=taught) | Q(pk__in=named), held_on__lte=on, status=SessionStatus.LOCKED
    )
    signed = signed.filter(signed_at__isnull=False).exclude(signed_by="")
    sessions = list(signed.only("pk", "cohort_id", "held_on", "minutes").order_by("held_on", "pk"))
    whose = taught_by(sessions)
    found: dict[UUID, list[OwnSession]] = defaultdict(list)
    for session in sessions:
        for person in {heirs.get(each, each) for each in whose[session.pk]} & wanted:
            found[person].append(OwnSession(session.pk, session.cohort_id, session.held_on, session.minutes))
    return dict(found)
