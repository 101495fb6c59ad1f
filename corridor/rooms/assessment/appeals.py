"""Until when one may appeal, and what an open appeal holds up."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor, Permission
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids

from .lifecycle import AppealStatus, DecisionStatus
from .models import Appeal, Decision, ResultsRelease
from .refusals import NotOnThePanel

APPEAL_DAYS = 14
OPEN = (AppealStatus.LODGED, AppealStatus.BEFORE_PANEL)


def appeal_until(decision: Decision) -> date:
    """The last day on which one may appeal: counted from the day it became final, or its learner could see it, whichever is later."""
    return last_days([decision])[decision.pk]


def last_days(decisions: Iterable[Decision]) -> dict[UUID, date]:
    """The same for many, each with its cohort, site and scheme, and its changes read. One statement."""
    every = list(decisions)
    rows = ResultsRelease.objects.filter(cohort__in={each.enrolment.cohort_id for each in every})
    releases = {(each.cohort_id, each.unit_id): each.release_at for each in rows}
    found = {}
    for decision in every:
        cohort = decision.enrolment.cohort
        finals = [each.effective_on for each in decision.changes.all() if each.to_status == DecisionStatus.FINAL]
        known_on = max(finals, default=decision.decided_on)
        if (released_at := releases.get((cohort.pk, decision.unit_id))) is not None:
            known_on = max(known_on, _day_of(released_at, cohort.site.zone))
        found[decision.pk] = known_on + timedelta(days=decision.scheme.appeal_days if decision.scheme else APPEAL_DAYS)
    return found


def open_appeals(enrolments: Iterable[UUID]) -> Collection[Appeal]:
    """Appeals of these places in cohorts that nobody has ruled upon."""
    rows = Appeal.objects.filter(decision__enrolment__in=list(enrolments), status__in=OPEN)
    return list(rows.select_related("decision__enrolment__cohort", "decision__unit").order_by("reference"))


def is_late(appeal: Appeal, *, on: date) -> bool:
    """Whether the panel should have ruled before that day."""
    return appeal.status in OPEN and on > appeal.answer_by


def require_on_panel(appeal: Appeal, *, by: Actor) -> None:
    """:raises NotOnThePanel: for whoever does not sit there; the secretariat writes down what it decided on paper."""
    selves = same_person_ids({by.person_id})[by.person_id] if by.person_id else set()
    if not by.may(Permission.APPEAL_NAME_PANEL, on=appeal) and not appeal.panel.filter(person__in=selves).exists():
        raise NotOnThePanel(N_("The panel of %(appeal)s rules on it."), appeal=appeal.reference)


def _day_of(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
