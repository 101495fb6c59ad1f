"""The log of a programme: risks and decisions, for those who take part in it and for oversight."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import RiskStatus
from ..models import Programme, ProgrammeDecision, ProgrammeMember, ProgrammeRisk, RiskChange


def require_log(*, programme: Programme, by: Actor) -> None:
    """:raises NotFound: for who may not read the log; that there is one is not told."""
    if not by.may(Permission.PROGRAMME_VIEW_LOG, on=programme):
        raise NotFound(N_("There is no such page here."))


def risks_of(*, programme: Programme, on: date, by: Actor) -> list[Any]:
    """
    Its risks that were noticed by that day, by number, each with ``status_then``: its state on that day.

    :raises NotFound: for who may not read the log.
    """
    require_log(programme=programme, by=by)
    return list(_read(on).filter(programme=programme, noticed_on__lte=on))


def get_risk(*, programme: Programme, number: int, on: date, by: Actor) -> Any:
    """:raises NotFound: if there is none of that number, or for who may not read the log."""
    require_log(programme=programme, by=by)
    found = _read(on).filter(programme=programme, number=number).first()
    if found is None:
        raise NotFound(
            N_("There is no risk %(number)s of %(programme)s."), number=number, programme=programme.reference
        )
    return found


def decisions_of(*, programme: Programme, on: date, by: Actor) -> list[ProgrammeDecision]:
    """What was decided about it by that day, the latest first. :raises NotFound: for who may not read the log."""
    require_log(programme=programme, by=by)
    found = ProgrammeDecision.objects.filter(programme=programme, decided_on__lte=on)
    return list(found.order_by("-decided_on", "-recorded_at", "-pk"))


def risks_due(*, on: date, until: date | None = None, by: Actor) -> list[Any]:
    """
    Risks about which something was to be done before that day, or is by ``until``, and that are not closed; of the programmes whose log
    this actor may read, the longest first, with their owners.
    """
    found = _read(on).exclude(status_then=RiskStatus.CLOSED).filter(noticed_on__lte=on)
    found = found.filter(due_on__lte=until) if until is not None else found.filter(due_on__lt=on)
    if not by.holds_everywhere(Permission.PROGRAMME_VIEW_LOG):
        taking_part = ProgrammeMember.objects.filter(
            organisation__in=by.ids_with(Permission.PROGRAMME_VIEW_LOG, "member")
        )
        found = found.filter(programme__in=taking_part.values("programme"))
    return list(found.order_by("due_on", "programme__reference", "number"))


def _read(on: date) -> QuerySet[Any]:
    changes = RiskChange.objects.order_by("effective_on", "recorded_at", "pk")
    found: QuerySet[Any] = with_status_on(ProgrammeRisk.objects.all(), on)
    return (
        found.select_related("programme", "owner")
        .prefetch_related("owner__names", Prefetch("changes", changes))
        .order_by("programme__reference", "number")
    )
