"""Students in companies abroad; and exchanges and competitions, of which nobody keeps records yet."""

from collections import defaultdict
from datetime import date
from typing import NoReturn
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.kernel.evidence import EvidenceRow
from corridor.kernel.periods import Period
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotCollected
from corridor.rooms.training.models import ParticipantKind, Placement

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import DIMENSIONS, KEYS, PATHS, Learners
from .taking_part import REPORTING

COMPANY_COUNTRY = "company_country"


def _serving(scope: Scope, when: When) -> Gathered:
    """A row for each place and country of a company. A day in two placements counts under the one that began first."""
    rows = Placement.objects.filter(enrolment__participant_kind=ParticipantKind.STUDENT, starts_on__lte=when.day)
    rows = scope.narrow(rows, {key: f"enrolment__{path}" for key, path in PATHS.items()})
    found = list(rows.select_related("company").order_by("starts_on", "pk"))
    learners = Learners.of({each.enrolment_id for each in found})
    days: dict[tuple[UUID, str], int] = defaultdict(int)
    reached: dict[str, date] = {}
    left_out = []
    for each in found:
        codes, person = learners.codes(each.enrolment_id, each.starts_on), learners.subject(each.enrolment_id)
        asked = {key: code for key, code in scope.codes if key != REPORTING}
        if each.company.country == (scope.get(REPORTING) or codes["country"]):
            continue
        if any(codes.get(key) != code for key, code in asked.items()):
            continue
        first, after = _within(each, when.period)
        fresh_from = max(first, reached.get(person, first))
        if first >= after:
            continue
        days[each.enrolment_id, each.company.country] += max((after - fresh_from).days, 0)
        if fresh_from > first:
            left_out.append(EvidenceRow("enrolment", str(each.enrolment_id), person, codes=codes))
        reached[person] = max(after, reached.get(person, after))
    counted = [
        EvidenceRow(
            "enrolment", str(key), learners.subject(key), amount,
            codes=learners.codes(key, when.day) | {COMPANY_COUNTRY: country},
        )
        for (key, country), amount in sorted(days.items())
    ]  # fmt: skip
    return Gathered(counted, left_out)


def _within(placement: Placement, period: Period) -> tuple[date, date]:
    """The first day of the placement in the period, and the first day after; broken off it ends on that day."""
    ends = min(placement.ends_before, placement.broken_off_on or placement.ends_before)
    return max(placement.starts_on, period.first_day), min(ends, period.ends_before or ends)


def _nothing(scope: Scope, when: When) -> NoReturn:  # noqa: ARG001 (every indicator is collected the same way)
    """:raises NotCollected: always: no record of the product can answer."""
    raise NotCollected()


DEFINITIONS = (
    Definition(
        code="training.students_serving_abroad", version=1, title=_("Students in companies abroad"),
        counted=_(
            "Days of the period on which a student was placed in a company outside the reporting country; a day in two placements is one. Where no "
            "reporting country is named, it is that of the site at which the student learns."
        ),
        unit=Unit.PERSON_DAYS, additivity=Additivity.OVER_PERIODS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.SUM_AMOUNTS,
        collect=_serving, dimensions=(COMPANY_COUNTRY, *DIMENSIONS), keys=(*KEYS, REPORTING), own_keys=(REPORTING,), persons=True,
        kinds=ParticipantKind, falls_on_days=False, left_out=_("Shares days with an earlier placement"),
        wrong_way=_("Counting students instead of days."), follows=_("The quality reports of Chinese colleges; the day rule is our own choice."),
    ),
    Definition(
        code="mobility.persons", version=1, title=_("Persons on exchange"),
        counted=_("Distinct persons who were abroad at least the agreed days, with their return confirmed."),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.PERIOD, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_nothing, persons=True, is_collected=False, wrong_way=_("Adding the persons of several rounds."), follows=_("SEA-TVET of SEAMEO"),
    ),
    Definition(
        code="mobility.person_times", version=1, title=_("Exchanges"),
        counted=_("Trips abroad of at least the agreed days, with the return confirmed."),
        unit=Unit.PERSON_TIMES, additivity=Additivity.ADDS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.COUNT_RECORDS,
        collect=_nothing, persons=True, is_collected=False, wrong_way=_("Adding the persons of several rounds."), follows=_("SEA-TVET of SEAMEO"),
    ),
    Definition(
        code="awards.abroad", version=1, title=_("Awards in competitions abroad"),
        counted=_("Awards that were won in competitions abroad in the period."),
        unit=Unit.AWARDS, additivity=Additivity.ADDS, time=Time.PERIOD, form=Form.THINGS, rule=Rule.COUNT_RECORDS,
        collect=_nothing, is_collected=False, wrong_way=_("Adding awards and patents."), follows=_("The quality reports of Chinese colleges."),
    ),
)  # fmt: skip
