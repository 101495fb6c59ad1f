"""Who was there, on how many days and for how many hours: signed attendance, counted as persons, times, days, hours and a share."""

from collections import defaultdict
from datetime import date
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Sum
from django.db.models import When as If
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow, Role, role_of
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.lifecycle import SessionStatus
from corridor.rooms.training.models import IN_THE_ROOM, Attendance, ParticipantKind, Placement, SessionKind, StudyMode
from corridor.rooms.training.placement_hours import worked_in

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import AT_ONCE, CLAIMANTS, DIMENSIONS, KEYS, ORIGIN, PATHS, Learners
from .taking_part import REPORTING, is_from_abroad

HOURS_KIND = "hours_kind"
_OF_PLACES = {key: f"enrolment__{path}" for key, path in PATHS.items()}
# Minutes in the room: those of the session less those that were missed.
_MINUTES = Greatest(F("session__minutes") - Coalesce(F("minutes_late"), 0), 0, output_field=IntegerField())


def _attended(scope: Scope, when: When) -> Gathered:
    found = scope.narrow(counted_attendance(when.period), _OF_PLACES).order_by().values_list("enrolment_id")
    return _places(dict(found.annotate(first=Min("session__held_on"))))


def _times(scope: Scope, when: When) -> Gathered:
    """Places whose first signed attendance of all lies in the period."""
    found = scope.narrow(counted_attendance(), _OF_PLACES).order_by().values_list("enrolment_id")
    firsts = dict(found.annotate(first=Min("session__held_on")))
    return _places({enrolment: day for enrolment, day in firsts.items() if when.period.contains(day)})


def _places(days: dict[UUID, date]) -> Gathered:
    learners = Learners.of(days)
    rows = [
        EvidenceRow("enrolment", str(key), learners.subject(key), codes=learners.codes(key, day))
        for key, day in sorted(days.items())
    ]
    return Gathered(rows, days={str(key): day for key, day in days.items()})


def _days(scope: Scope, when: When) -> Gathered:
    return _person_days(scope, scope.narrow(counted_attendance(when.period), _OF_PLACES), is_foreign=False)


def _days_foreign(scope: Scope, when: When) -> Gathered:
    part_time = counted_attendance(when.period).filter(enrolment__study_mode=StudyMode.PART_TIME)
    return _person_days(scope, scope.narrow(part_time, _OF_PLACES), is_foreign=True)


def _person_days(scope: Scope, there: QuerySet[Attendance], *, is_foreign: bool) -> Gathered:
    """
    A row for each place with its days. Of two places of one person a day counts under the one that was attended first: only the days of such
    persons are looked at one by one.
    """
    found: Any = there.order_by().values_list("enrolment_id").annotate(
        first=Min("session__held_on"), days=Count("session__held_on", distinct=True)
    )  # fmt: skip
    spans = {enrolment: (first, days) for enrolment, first, days in found}
    learners = Learners.of(spans)
    rows, left_out = [], []
    of_person: dict[str, list[UUID]] = defaultdict(list)
    for key in sorted(spans, key=lambda each: (spans[each][0], each)):
        codes = learners.codes(key, spans[key][0])
        if not _is_within(codes, scope):
            continue
        comes = is_from_abroad(codes, scope) if is_foreign else True
        if comes is None:
            left_out.append(EvidenceRow("enrolment", str(key), learners.subject(key), spans[key][1], codes=codes))
        elif comes:
            of_person[learners.subject(key)].append(key)
    several = [key for keys in of_person.values() if len(keys) > 1 for key in keys]
    dates = _dates_of(there, several)
    for person, keys in of_person.items():
        seen: set[date] = set()
        for key in keys:
            first, days = spans[key]
            fresh = dates[key] - seen if key in dates else None
            amount = days if fresh is None else len(fresh)
            row = EvidenceRow("enrolment", str(key), person, amount, codes=learners.codes(key, first))
            rows.append(row)
            if amount < days:
                left_out.append(row)
            seen |= fresh or set()
    return Gathered(sorted(rows, key=lambda row: row.record_id), left_out)


def _is_within(codes: dict[str, str], scope: Scope) -> bool:
    """Whether a place belongs to what is asked for: days are shared out among those that do."""
    return all(codes.get(key) == code for key, code in scope.codes if key != REPORTING)


def _dates_of(there: QuerySet[Attendance], keys: list[UUID]) -> dict[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    for some in batched(sorted(keys), AT_ONCE):
        rows = there.filter(enrolment__in=some).order_by().values_list("enrolment_id", "session__held_on").distinct()
        for enrolment, day in rows.iterator(chunk_size=2_000):
            found[enrolment].add(day)
    return found


def _hours(scope: Scope, when: When) -> Gathered:
    """A row for each place and kind of session, in minutes; hours in a company are those of sessions and those that a mentor confirmed."""
    there = scope.narrow(counted_attendance(when.period), _OF_PLACES).order_by()
    minutes: dict[tuple[UUID, str], int] = defaultdict(int)
    taught: Any = there.values_list("enrolment_id", "session__kind").annotate(minutes=Sum(_MINUTES))
    for enrolment, kind, each in taught:
        minutes[enrolment, kind] += each
    placed = scope.narrow(Placement.objects.filter(starts_on__lte=when.day), _OF_PLACES).order_by()
    for worked in worked_in(set(placed.values_list("enrolment_id", flat=True))):
        if when.period.contains(worked.on):
            minutes[worked.place, SessionKind.COMPANY.value] += worked.minutes
    learners = Learners.of({enrolment for enrolment, _kind in minutes})
    return Gathered(
        [
            EvidenceRow(
                "enrolment", str(key), learners.subject(key), each, codes=learners.codes(key, when.day) | {HOURS_KIND: kind}
            )
            for (key, kind), each in sorted(minutes.items())
        ]
    )  # fmt: skip


def _rate(scope: Scope, when: When) -> Gathered:
    """Minutes in the room, of the minutes of the signed sessions on whose register the place stood."""
    held = Attendance.objects.filter(
        _inside(when.period), session__status=SessionStatus.LOCKED, session__signed_at__isnull=False
    ).exclude(session__signed_by="")
    in_room = Case(If(mark__in=IN_THE_ROOM, then=_MINUTES), default=0, output_field=IntegerField())
    found: Any = (
        scope.narrow(held, _OF_PLACES)
        .order_by()
        .values_list("enrolment_id")
        .annotate(held=Sum("session__minutes"), there=Sum(in_room))
    )
    minutes = {enrolment: (all_of_it, there) for enrolment, all_of_it, there in found}
    learners = Learners.of(minutes)
    rows = []
    for key in sorted(minutes):
        codes, subject = learners.codes(key, when.day), learners.subject(key)
        for role, amount in zip((Role.DENOMINATOR, Role.NUMERATOR), minutes[key], strict=True):
            rows.append(EvidenceRow("enrolment", str(key), subject, amount, role_of(role), codes))
    return Gathered(rows)


def _inside(period: Period) -> Q:
    inside = Q(session__held_on__gte=period.starts_on)
    return inside if period.ends_before is None else inside & Q(session__held_on__lt=period.ends_before)


OWN_CHOICE = _("Our own choice.")
_SHARED = _("Shares days with a place that was attended earlier")

DEFINITIONS = (
    Definition(
        code="training.persons_attended", version=1, title=_("Persons who attended"),
        counted=_("Distinct persons with at least one signed attendance in the period. Each person counts once, after merges."),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.PERIOD, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_attended, dimensions=DIMENSIONS, keys=KEYS, claimants=CLAIMANTS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Adding months."), follows=OWN_CHOICE,
    ),
    Definition(
        code="training.person_times", version=1, title=_("Person-times"),
        counted=_("Places in cohorts whose first signed attendance lies in the period. One person in two cohorts is two."),
        unit=Unit.PERSON_TIMES, additivity=Additivity.ADDS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.COUNT_RECORDS,
        collect=_times, dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Adding them to heads."), follows=_("Practice of Chinese colleges."),
    ),
    Definition(
        code="training.person_days", version=1, title=_("Person-days"),
        counted=_(
            "Days of the period on which a person has a signed attendance: several sessions on a day are one, at several sites too. Such a day "
            "counts under the place that was attended first."
        ),
        unit=Unit.PERSON_DAYS, additivity=Additivity.OVER_PERIODS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.SUM_AMOUNTS,
        collect=_days, dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind, falls_on_days=False,
        left_out=_SHARED, wrong_way=_("Planned days times heads; two for a day at two sites."),
        follows=_("Practice of Chinese colleges; the day rule is our own choice."),
    ),
    Definition(
        code="training.person_days_foreign", version=1, title=_("Person-days of part-time learners from abroad"),
        counted=_(
            "Days of the period on which a person with a part-time place has a signed attendance, who comes from outside the reporting country: by "
            "the organisation that sends them, else by where they live. Where no reporting country is named, it is that of the site."
        ),
        unit=Unit.PERSON_DAYS, additivity=Additivity.OVER_PERIODS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.SUM_AMOUNTS,
        collect=_days_foreign, dimensions=(ORIGIN, *DIMENSIONS), keys=(*KEYS, REPORTING), own_keys=(REPORTING,), persons=True,
        kinds=ParticipantKind, falls_on_days=False,
        left_out=_("Nobody knows where they come from, or shares days with a place that was attended earlier"),
        wrong_way=_("Leaving degree students inside."),
        follows=_("The quality reports of Chinese colleges; the authority’s own text was not found."),
    ),
    Definition(
        code="training.learner_hours", version=1, title=_("Learner hours"),
        counted=_(
            "Hours that learners were in signed sessions of the period, less the minutes that they missed, and hours in a company that the mentor "
            "confirmed for a unit. Minutes are added; each number is shown in whole hours, rounded down."
        ),
        unit=Unit.PERSON_HOURS, additivity=Additivity.ADDS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.SUM_MINUTES,
        collect=_hours, dimensions=(HOURS_KIND, *DIMENSIONS), keys=KEYS, persons=True, kinds=ParticipantKind, falls_on_days=False,
        wrong_way=_("Scheduled hours."), follows=_("The Australian statistics of vocational education, which part scheduled from attended hours."),
    ),
    Definition(
        code="training.attendance_rate", version=1, title=_("Attendance"),
        counted=_(
            "Minutes that learners were in signed sessions of the period, of all minutes of these sessions for who stood on the register. Who was "
            "excused was not there."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.PERIOD, form=Form.RATE, rule=Rule.AMOUNTS_RATE, collect=_rate,
        dimensions=DIMENSIONS, keys=KEYS, persons=True, kinds=ParticipantKind, wrong_way=_("The mean of daily rates."), follows=OWN_CHOICE,
    ),
)  # fmt: skip
