"""
What has been kept as long as its rule says: shown first, and let go only when somebody says so.

Nobody behind a kept figure loses what a recount needs, and nothing goes while a reason of law keeps it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.periods import add_months, months_ago
from corridor.rooms.assessment import personal_data as assessment
from corridor.rooms.assessment.models import Appointment
from corridor.rooms.credentials.models import Credential
from corridor.rooms.credentials.personal_data import SignedTexts
from corridor.rooms.indicators.frozen import persons_counted
from corridor.rooms.outcomes.models import FollowUp
from corridor.rooms.people.actions.erasing import forget_words
from corridor.rooms.people.actions.exports import drop_exports
from corridor.rooms.people.actions.retention import empty_birth_days
from corridor.rooms.people.holding import holds_on
from corridor.rooms.people.models import Person, RecordKind, RetentionRule, RightsRequest
from corridor.rooms.training.models import CohortTrainer, Enrolment

from .erase_person import erase_person

AT_ONCE = 500
ONCE_ERASED = "retention"


@dataclass(frozen=True)
class Due:
    """One record whose time is over: its key, what it is called on a list (a reference, never a name), and the day its time ended."""

    key: UUID
    reference: str
    over_on: date


@dataclass(frozen=True)
class DueRecords:
    """
    What a rule lets go on a day. ``held`` stay for a reason of law, ``counted`` because a kept figure could not be recounted without them.
    """

    rule: RetentionRule
    due: tuple[Due, ...]
    held: int = 0
    counted: int = 0

    def by(self, day: date) -> tuple[Due, ...]:
        """Those whose time is over by that day."""
        return tuple(each for each in self.due if each.over_on <= day)

    def after(self, day: date) -> tuple[Due, ...]:
        """Those whose time goes on beyond that day: they come next."""
        return tuple(each for each in self.due if each.over_on > day)


@dataclass
class LetGo:
    """How many records went, by kind, and copies of own data whose days were over."""

    by_kind: dict[str, int] = field(default_factory=dict)
    exports: int = 0


def preview_retention(*, on: date, by: Actor) -> list[DueRecords]:
    """Who and what would go on that day, rule by rule. Changes nothing."""
    by.require(Permission.RETENTION_SET)
    return [_LOOKS[RecordKind(rule.kind)](rule, on, by) for rule in RetentionRule.objects.order_by("kind")]


def apply_retention(*, on: date, at: datetime, by: Actor) -> LetGo:
    """Let go what the preview of that day lists; each person in a transaction of their own, so that a stop in between does no harm."""
    by.require(Permission.RETENTION_SET)
    gone = LetGo(exports=drop_exports(at=at, by=by))
    for each in preview_retention(on=on, by=by):
        gone.by_kind[each.rule.kind] = _let_go(each, at=at, by=by)
    return gone


def _let_go(due: DueRecords, *, at: datetime, by: Actor) -> int:
    keys = [each.key for each in due.due]
    if due.rule.kind == RecordKind.BIRTH_DAY:
        return empty_birth_days(persons=keys, by=by)
    if due.rule.kind == RecordKind.EVIDENCE_NOTE:
        return assessment.empty_notes(keys, by=by)
    if due.rule.kind == RecordKind.REQUEST:
        with transaction.atomic():
            return forget_words(requests=RightsRequest.objects.filter(pk__in=keys), by=by)
    persons = {person.pk: person for person in Person.objects.filter(pk__in=keys)}
    for key in keys:
        person = persons[key]
        erase_person(
            person=person, confirmed=person.reference, reason=ONCE_ERASED, at=at, by=by, signed_texts=SignedTexts.KEEP
        )
    return len(keys)


def _persons(rule: RetentionRule, on: date, by: Actor) -> DueRecords:  # noqa: ARG001
    return _after_last_part(rule, on, Person.objects.filter(erased_at__isnull=True, merged_into__isnull=True))


def _birth_days(rule: RetentionRule, on: date, by: Actor) -> DueRecords:  # noqa: ARG001
    return _after_last_part(rule, on, Person.objects.filter(born_on__isnull=False))


def _after_last_part(rule: RetentionRule, on: date, persons: QuerySet[Person]) -> DueRecords:
    """Persons with an account are in use; of others the last day of anything that they took part in counts."""
    last = _last_days()
    found = [
        Due(each.pk, each.reference, add_months(last[each.pk], rule.months))
        for each in persons.only("pk", "reference", "user").iterator(chunk_size=AT_ONCE)
        if each.user_id is None and each.pk in last and add_months(last[each.pk], rule.months) <= on
    ]
    held = _held(on)
    free = [each for each in found if each.key not in held]
    counted = persons_counted([each.key for each in free])
    due = sorted((each for each in free if each.key not in counted), key=lambda each: (each.over_on, each.reference))
    return DueRecords(rule, tuple(due), len(found) - len(free), len(free) - len(due))


def _last_days() -> dict[UUID, date]:
    """The last day of all that each person took part in, merged records with those that they were merged into. Six statements."""
    days: dict[UUID, date] = {}
    sources = (
        Enrolment.objects.values_list("person").annotate(last=Max("cohort__ends_before")),
        CohortTrainer.objects.values_list("person").annotate(last=Max("cohort__ends_before")),
        Appointment.objects.values_list("person").annotate(last=Max("cohort__ends_before")),
        Credential.objects.values_list("enrolment__person").annotate(last=Max("issued_on")),
        FollowUp.objects.values_list("enrolment__person").annotate(last=Max("wave__closes_on")),
    )
    for rows in sources:
        for person, day in rows.order_by():
            days[person] = max(day, days.get(person, day))
    for gone, into in Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"):
        if into is not None and gone in days:
            days[into] = max(days[gone], days.get(into, days[gone]))
    return days


def _notes(rule: RetentionRule, on: date, by: Actor) -> DueRecords:
    held, found = _held(on), []
    kept = 0
    for each in assessment.noted_before(months_ago(on, rule.months), by=by):
        if each.enrolment.person_id in held:
            kept += 1
        else:
            reference = f"{each.enrolment} {each.unit.code}"
            found.append(Due(each.pk, reference, add_months(each.decided_on, rule.months)))
    return DueRecords(rule, tuple(found), kept)


def _requests(rule: RetentionRule, on: date, by: Actor) -> DueRecords:  # noqa: ARG001
    says = ~Q(words="") | ~Q(should_be="") | Q(evidence__isnull=False)
    answered = RightsRequest.objects.filter(says, answered_on__lt=months_ago(on, rule.months))
    held = _held(on)
    rows = list(answered.order_by("answered_on", "reference"))
    free = [each for each in rows if each.person_id not in held]
    due = (Due(each.pk, each.reference, add_months(each.answered_on, rule.months)) for each in free if each.answered_on)
    return DueRecords(rule, tuple(due), len(rows) - len(free))


def _held(on: date) -> set[UUID]:
    return set(holds_on(on).values_list("person_id", flat=True))


_LOOKS: dict[RecordKind, Callable[[RetentionRule, date, Actor], DueRecords]] = {
    RecordKind.PERSON: _persons,
    RecordKind.BIRTH_DAY: _birth_days,
    RecordKind.EVIDENCE_NOTE: _notes,
    RecordKind.REQUEST: _requests,
}
