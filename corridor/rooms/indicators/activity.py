"""
What a member did, as the records show it: the evidence that keeps it from being at risk (docs/rules/figures.md, "Members").

It counts in a role: a locked register, a final decision, a demand statement. Signing, a seat at a conference, news and the answer to a data
call do not. Placements, kept obligations and payments would count; nobody keeps records of them yet, and that is not the same as none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min

from corridor.kernel.periods import ONE_DAY, Period, add_months
from corridor.rooms.assessment.lifecycle import DecisionStatus
from corridor.rooms.assessment.models import DecisionChange
from corridor.rooms.demand.lifecycle import DemandStatus
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.merging import merged_organisations
from corridor.rooms.programmes.models import MemberRole, ProgrammeMember
from corridor.rooms.training.lifecycle import SessionStatus
from corridor.rooms.training.models import Cohort, Enrolment, Session

SESSION, DECISION, DEMAND = "session", "decision", "demand_statement"


@dataclass(frozen=True, slots=True)
class Activity:
    """
    Records of one kind that count for one member in one role: so many, of one thing (a cohort, a demand statement), from the first day to the last.

    ``role`` is that of the member in the programme ("lead", "host", "teaching", "employer", "sending").
    """

    organisation_id: UUID
    kind: str
    role: str
    reference: str
    count: int
    first_on: date
    last_on: date


def activities_in(period: Period, *, organisations: Collection[UUID] | None = None) -> dict[UUID, list[Activity]]:
    """
    Everything that counts in the days of the period, by member, the latest first; of those organisations, or of all. What stands with a
    record that was merged away counts for the one that stays, under whose key it is found. Seven statements, however many members and
    records there are.
    """
    assert period.last_day is not None
    days = (period.first_day, period.last_day)
    stays = merged_organisations()
    if organisations is not None:
        wanted = {stays.get(key, key) for key in organisations}
        organisations = wanted | {gone for gone, kept in stays.items() if kept in wanted}
    of_cohorts = [*_sessions(days), *_decisions(days)]
    takes_part = _members_of({cohort for _kind, cohort, *_counted in of_cohorts}, organisations)
    found: dict[UUID, list[Activity]] = defaultdict(list)
    for kind, cohort, count, first, last in of_cohorts:
        own = {(stays.get(key, key), reference): role for (key, reference), role in takes_part.get(cohort, {}).items()}
        for (organisation, reference), role in own.items():
            found[organisation].append(Activity(organisation, kind, role, reference, count, first, last))
    stated = DemandStatement.objects.filter(stated_on__range=days).exclude(status=DemandStatus.DRAFT)
    if organisations is not None:
        stated = stated.filter(employer__in=organisations)
    statements: list[tuple[Any, ...]] = list(stated.values_list("employer_id", "reference", "stated_on"))
    for employer, reference, day in statements:
        kept = stays.get(employer, employer)
        found[kept].append(Activity(kept, DEMAND, MemberRole.EMPLOYER.value, reference, 1, day, day))
    return {
        key: sorted(rows, key=lambda each: (-each.last_on.toordinal(), each.kind, each.reference))
        for key, rows in found.items()
    }


def at_risk_from(last_on: date | None, *, active_since: date) -> date:
    """
    The first day on which a member is at risk: no evidence in the 12 months to that day, and 12 months a member (our own choice: who has just
    come, or come back, is given the same time as anybody).
    """
    latest = max(active_since, last_on) if last_on else active_since
    day = add_months(latest, 12)
    # Months end differently: the window itself decides.
    while Period.months_to(day - ONE_DAY).first_day > latest:
        day -= ONE_DAY
    while Period.months_to(day).first_day <= latest:
        day += ONE_DAY
    return day


def _sessions(days: tuple[date, date]) -> Iterable[tuple[Any, ...]]:
    locked = Session.objects.filter(status=SessionStatus.LOCKED, held_on__range=days).order_by()
    counted = locked.values("cohort").annotate(n=Count("pk"), first=Min("held_on"), last=Max("held_on"))
    return [(SESSION, *row) for row in counted.values_list("cohort", "n", "first", "last")]


def _decisions(days: tuple[date, date]) -> Iterable[tuple[Any, ...]]:
    final = DecisionChange.objects.filter(to_status=DecisionStatus.FINAL, effective_on__range=days).order_by()
    cohort = "decision__enrolment__cohort"
    counted = final.values(cohort).annotate(
        n=Count("decision", distinct=True), first=Min("effective_on"), last=Max("effective_on")
    )
    return [(DECISION, *row) for row in counted.values_list(cohort, "n", "first", "last")]


def _members_of(
    cohorts: Collection[UUID], organisations: Collection[UUID] | None
) -> dict[UUID, dict[tuple[UUID, str], str]]:
    """By cohort: who takes part, with its reference, and in which role. Who has several is named by the first in the order of roles."""
    order = {role.value: place for place, role in enumerate(MemberRole)}
    places = list(Cohort.objects.filter(pk__in=cohorts).values_list("pk", "reference", "programme_id", "site__host_id"))
    of_programme: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    programmes = {programme for _key, _reference, programme, _host in places}
    members = ProgrammeMember.objects.filter(programme__in=programmes)
    for programme, organisation, role in members.values_list("programme_id", "organisation_id", "role"):
        of_programme[programme].append((organisation, role))
    sent = Enrolment.objects.filter(cohort__in=cohorts, sending_organisation__isnull=False).order_by()
    senders: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for cohort, organisation in sent.values_list("cohort_id", "sending_organisation_id").distinct():
        senders[cohort].append((organisation, MemberRole.SENDING.value))
    found: dict[UUID, dict[tuple[UUID, str], str]] = {}
    for key, reference, programme, host in places:
        roles: dict[tuple[UUID, str], str] = {}
        for organisation, role in [*of_programme[programme], (host, MemberRole.HOST.value), *senders[key]]:
            if organisations is not None and organisation not in organisations:
                continue
            place = (organisation, reference)
            roles[place] = min(roles.get(place, role), role, key=order.__getitem__)
        found[key] = roles
    return found
