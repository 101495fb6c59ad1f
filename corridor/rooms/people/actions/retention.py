"""Saying how long a kind of record is kept."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..models import Ending, Person, RecordKind, RetentionRule

LONGEST = 1200


@transaction.atomic
def set_rule(*, kind: RecordKind, months: int, reason: str, on: date, by: Actor) -> RetentionRule:
    """
    Keep that kind of record so many months after its day; a rule that stands is replaced. Nothing goes by that alone.

    :raises BadInput: for less than a month or more than a hundred years, or without a reason.
    """
    by.require(Permission.RETENTION_SET)
    problems = []
    if not 1 <= months <= LONGEST:
        problems.append(Problem(N_("A time to keep is from one month to a hundred years."), column="months"))
    if not reason.strip():
        problems.append(Problem(N_("Say which law or rule the time comes from."), column="reason"))
    if problems:
        raise BadInput(problems)
    ending = Ending.ERASE if kind == RecordKind.PERSON else Ending.EMPTY
    said = {"months": months, "ending": ending, "reason": reason.strip(), "set_on": on, "by_label": by.label}
    rule, _is_new = RetentionRule.objects.update_or_create(kind=kind, defaults=said)
    log.record("people.retention_set", by=by, subject=rule)
    return rule


@transaction.atomic
def drop_rule(*, kind: RecordKind, by: Actor) -> None:
    """Keep that kind of record without an end. :raises NotFound: if there is no rule for it."""
    by.require(Permission.RETENTION_SET)
    rule = RetentionRule.objects.select_for_update().filter(kind=kind).first()
    if rule is None:
        raise NotFound(N_("There is no rule for that kind of record."))
    log.record("people.retention_dropped", by=by, subject=rule)
    rule.delete()


@transaction.atomic
def empty_birth_days(*, persons: Collection[UUID], by: Actor) -> int:
    """Make the day of birth of these persons (by key) empty."""
    by.require(Permission.PERSON_ERASE)
    rows = list(Person.objects.select_for_update().filter(pk__in=persons).order_by("pk"))
    for each in rows:
        each.born_on, each.birth_written = None, ""
    Person.objects.bulk_update(rows, ["born_on", "birth_written"], batch_size=500)
    log.record_each("people.birth_day_emptied", by=by, subjects=rows)
    return len(rows)
