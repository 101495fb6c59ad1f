"""Sessions that were watched, and the rubrics by which."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import merged_persons, same_person_ids

from ..models import ObservedSession, Rubric, Session, Trainer
from ..own_sessions import own_sessions
from .knowing import require_register
from .trainers import find_trainer, observed_of

# So many of a trainer's latest sessions are offered to whoever writes about one.
MOST_OFFERED = 60


def get_observed(*, trainer: str, key: UUID, by: Actor) -> ObservedSession:
    """:raises NotFound: if there is none of this trainer, or none for this reader."""
    held = find_trainer(reference=trainer, by=by)
    keys = same_person_ids([held.person_id])[held.person_id]
    found = [each for each in observed_of(entries=Trainer.objects.filter(person__in=keys), by=by) if each.pk == key]
    if not found:
        raise NotFound(N_("There is no such watched session of %(reference)s."), reference=trainer)
    return found[0]


def sessions_to_watch(*, trainer: Trainer, on: date, by: Actor) -> list[Session]:
    """The latest sessions of a trainer that this actor may write about."""
    heirs = merged_persons()
    key = heirs.get(trainer.person_id, trainer.person_id)
    own = own_sessions([key], on=on, heirs=heirs).get(key, [])[-200:]
    found = Session.objects.filter(pk__in=[each.session for each in own]).select_related("cohort__site")
    may = [each for each in found.order_by("-held_on", "-number") if by.may(Permission.SESSION_OBSERVE, on=each)]
    return may[:MOST_OFFERED]


def rubrics(*, by: Actor) -> QuerySet[Rubric]:
    """Every version, the latest of each code first, with its lines. :raises AccessDenied: for who sees no trainer."""
    require_register(by=by)
    return Rubric.objects.prefetch_related("lines__texts").order_by("code", "-version")


def rubrics_in_use(*, on: date, by: Actor) -> list[Rubric]:
    return [each for each in rubrics(by=by) if each.is_in_use(on=on)]
