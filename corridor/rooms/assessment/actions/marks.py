"""Marks of written tests, which are taken elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.training.models import Enrolment

from ..lifecycle import DecisionStatus
from ..marks import problem_of
from ..models import Decision, Instrument, WrittenMark
from ..refusals import NotInCurriculum


@dataclass(frozen=True, kw_only=True)
class MarkDraft:
    """One learner's mark in one written test. ``key``: that an import has promised."""

    enrolment: Enrolment
    instrument: Instrument
    taken_on: date
    mark: Decimal
    key: UUID | None = None


@transaction.atomic
def record_marks(*, marks: Sequence[MarkDraft], by: Actor) -> list[WrittenMark]:
    """
    Write down marks, all or none.

    :raises BadInput: with every mark beyond its scale, and every second one of a day. :raises NotInCurriculum:
    """
    for cohort in {each.enrolment.cohort_id: each.enrolment.cohort for each in marks}.values():
        by.require(Permission.MARK_RECORD, on=cohort)
    problems = [problem for each in marks if (problem := problem_of(each.instrument, each.mark)) is not None]
    if problems:
        raise BadInput(problems)
    there = set(
        WrittenMark.objects.filter(enrolment__in={each.enrolment.pk for each in marks}).values_list(
            "enrolment_id", "instrument_id", "taken_on"
        )
    )
    for each in marks:
        if each.instrument.scheme.unit.version_id != each.enrolment.cohort.curriculum_version_id:
            raise NotInCurriculum(
                N_("Unit %(unit)s is not in the curriculum version that %(cohort)s follows."),
                unit=each.instrument.scheme.unit.code, cohort=each.enrolment.cohort.reference,
            )  # fmt: skip
        place = (each.enrolment.pk, each.instrument.pk, each.taken_on)
        if place in there:
            raise WrongMoment(N_("%(learner)s has a mark of that test and day already."), learner=str(each.enrolment))
        there.add(place)
    made = WrittenMark.objects.bulk_create(
        [
            WrittenMark(
                pk=each.key or new_id(), enrolment=each.enrolment, instrument=each.instrument, taken_on=each.taken_on,
                mark=each.mark,
            )
            for each in marks
        ],
        batch_size=500,
    )  # fmt: skip
    log.record_each("assessment.marked", by=by, subjects=made)
    return made


@transaction.atomic
def correct_marks(*, marks: Sequence[tuple[WrittenMark, Decimal]], by: Actor) -> int:
    """Other marks than were written. :raises BuiltOn: once a final decision stands on one."""
    held = _hold([each.pk for each, _ in marks], by=by)
    wanted = {each.pk: mark for each, mark in marks}
    for each in held:
        if (problem := problem_of(each.instrument, wanted[each.pk])) is not None:
            raise BadInput([problem])
        each.mark = wanted[each.pk]
    WrittenMark.objects.bulk_update(held, ["mark"], batch_size=500)
    log.record_each("assessment.mark_corrected", by=by, subjects=held)
    return len(held)


@transaction.atomic
def remove_marks(*, keys: Sequence[UUID], by: Actor) -> int:
    """Take away marks that an import wrote by mistake. :raises BuiltOn: once a final decision stands on one."""
    held = _hold(keys, by=by)
    WrittenMark.objects.filter(pk__in=[each.pk for each in held]).delete()
    log.record_each("assessment.marks_removed", by=by, subjects=held)
    return len(held)


def _hold(keys: Sequence[UUID], *, by: Actor) -> list[WrittenMark]:
    rows = WrittenMark.objects.select_for_update(of=("self",)).select_related(
        "enrolment__cohort", "instrument__scheme__unit"
    )
    held = list(rows.filter(pk__in=list(keys)).order_by("pk"))
    for cohort in {each.enrolment.cohort_id: each.enrolment.cohort for each in held}.values():
        by.require(Permission.MARK_RECORD, on=cohort)
    final = set(
        Decision.objects.filter(
            enrolment__in={each.enrolment_id for each in held}, status=DecisionStatus.FINAL
        ).values_list("enrolment_id", "scheme_id")
    )  # fmt: skip
    for each in held:
        if (each.enrolment_id, each.instrument.scheme_id) in final:
            raise BuiltOn(N_("A final decision about %(learner)s stands on this mark."), learner=str(each.enrolment))
    return held
