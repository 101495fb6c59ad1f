"""Appeals, for the learner, the panel, and who keeps or oversees the records."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids

from ..appeals import appeal_until, last_days, require_on_panel
from ..lifecycle import AppealStatus, DecisionStatus
from ..models import Appeal, Decision


@dataclass(frozen=True)
class Appealable:
    """Whether one may still appeal against a decision, and until when. ``appeal`` is the one there is."""

    until: date | None
    appeal: Appeal | None

    def may(self, *, on: date) -> bool:
        return self.appeal is None and self.until is not None and on <= self.until


def list_appeals(*, by: Actor, status: str = "") -> QuerySet[Appeal]:
    """All; else those of one's own decisions, and those on whose panel one sits. The latest first."""
    rows = Appeal.objects.select_related(
        "decision__enrolment__cohort__site", "decision__enrolment__person", "decision__unit", "decision__assessor"
    ).prefetch_related("panel__person", "changes")
    rows = rows.filter(status=status) if status else rows
    if by.holds_everywhere(Permission.DECISION_VIEW):
        return rows
    own = by.ids_with(Permission.APPEAL_LODGE, "person")
    selves = same_person_ids({by.person_id})[by.person_id] if by.person_id else set()
    mine = rows.filter(decision__enrolment__person__in=own) | rows.filter(panel__person__in=selves)
    return mine.distinct()


def appeals_waiting(*, by: Actor) -> list[Appeal]:
    """Those that wait for the reader, the one that is owed first: to name the panel, or to rule as one of it."""
    selves = same_person_ids({by.person_id})[by.person_id] if by.person_id else frozenset()
    waits = Q(panel__person__in=selves, status=AppealStatus.BEFORE_PANEL)
    if by.holds_everywhere(Permission.APPEAL_NAME_PANEL):
        waits |= Q(status=AppealStatus.LODGED)
    elif not selves:
        return []
    return list(Appeal.objects.filter(waits).distinct().order_by("answer_by", "reference"))


def get_appeal(*, reference: str, by: Actor) -> Appeal:
    """:raises NotFound: if there is none, or none for this reader."""
    found = list_appeals(by=by).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no such appeal that you may see."))
    return found


def get_appeal_to_rule(*, reference: str, by: Actor) -> Appeal:
    """:raises NotOnThePanel: for whoever may read it and does not sit on its panel."""
    found = get_appeal(reference=reference, by=by)
    require_on_panel(found, by=by)
    return found


def appeal_days(*, decisions: Collection[Decision], on: date, by: Actor) -> dict[UUID, date]:
    """
    Against which of these decisions their learner may still appeal on that day, and until when: final, nobody appeals yet, and the days are not
    over. Three statements, however many.
    """
    final = [
        each.pk for each in decisions
        if each.status == DecisionStatus.FINAL and by.may(Permission.APPEAL_LODGE, on=each)
    ]  # fmt: skip
    appealed = set(Appeal.objects.filter(decision__in=final).values_list("decision_id", flat=True))
    rows = Decision.objects.filter(pk__in=[key for key in final if key not in appealed])
    found = last_days(rows.select_related("enrolment__cohort__site", "scheme").prefetch_related("changes"))
    return {key: until for key, until in found.items() if on <= until}


def appealable(*, decision: Decision, by: Actor) -> Appealable:
    """What its learner may still do about a decision."""
    appeal = Appeal.objects.filter(decision=decision).first()
    may = by.may(Permission.APPEAL_LODGE, on=decision) and decision.status == DecisionStatus.FINAL
    return Appealable(appeal_until(decision) if may else None, appeal)
