"""The register of trainers: who stands in it, and what is written of each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.forgetting import forget_documents
from corridor.foundations.documents.receiving import receive
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids

from ..models import Trainer, TrainerLanguage, TrainerQualification, TrainerUnit
from ..trainer_drafts import QualificationDraft, TrainerDraft, TrainerFacts
from ..trainer_refusals import RegisteredAlready, WrittenBefore
from ..trainer_rules import faults_of_qualification, faults_of_trainer

AT_ONCE = 500


@transaction.atomic
def register_trainers(*, trainers: Sequence[TrainerDraft], on: date, by: Actor) -> list[Trainer]:
    """
    Write persons into the register, each with facts that are whole.

    :raises RegisteredAlready: if one of them, or another record of the same human being, stands there.
    :raises BadInput: for a language, a level or an end that cannot be.
    """
    made = [
        Trainer(
            pk=draft.key or new_id(), person=draft.person, employer=draft.facts.employer, held_from=draft.facts.held_from,
            held_before=draft.facts.held_before,
        )
        for draft in trainers
    ]  # fmt: skip
    for trainer in made:
        by.require(Permission.TRAINER_KEEP, on=trainer)
    _refuse([problem for draft in trainers for problem in faults_of_trainer(draft.facts)])
    _require_new(trainers)
    with contested(lambda: _require_new(trainers)):
        Trainer.objects.bulk_create(made, batch_size=AT_ONCE)
    _write_lists([(trainer, draft.facts) for trainer, draft in zip(made, trainers, strict=True)], on=on)
    log.record_each("training.trainer_registered", by=by, subjects=made)
    return made


@transaction.atomic
def describe_trainers(*, changes: Sequence[tuple[Trainer, TrainerFacts]], on: date, by: Actor) -> int:
    """
    Write anew all that the register says of them; what is left out is taken away. Return how many.

    :raises BadInput: as ``register_trainers``.
    """
    keys = sorted({trainer.pk for trainer, _facts in changes})
    held = {
        each.pk: each for each in Trainer.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    for trainer, facts in changes:
        row = held[trainer.pk]
        by.require(Permission.TRAINER_KEEP, on=row)
        row.employer, row.held_from, row.held_before = facts.employer, facts.held_from, facts.held_before
        # Whoever gives a trainer to another employer must be one who keeps theirs as well.
        by.require(Permission.TRAINER_KEEP, on=row)
    _refuse([problem for _trainer, facts in changes for problem in faults_of_trainer(facts)])
    Trainer.objects.bulk_update(held.values(), ["employer", "held_from", "held_before"], batch_size=AT_ONCE)
    _write_lists([(held[trainer.pk], facts) for trainer, facts in changes], on=on)
    log.record_each("training.trainer_described", by=by, subjects=list(held.values()))
    return len(held)


@transaction.atomic
def remove_trainers(*, keys: Iterable[UUID], by: Actor) -> int:
    """Take back what an import wrote. :raises BuiltOn: if qualifications or watched sessions were written since."""
    held = list(
        Trainer.objects.select_for_update(of=("self",))
        .filter(pk__in=list(keys))
        .select_related("person")
        .order_by("pk")
    )
    for trainer in held:
        by.require(Permission.TRAINER_KEEP, on=trainer)
        if trainer.qualifications.exists() or trainer.observed.exists():
            raise BuiltOn(
                N_("More was written about %(person)s since; the import cannot be taken back."), person=str(trainer)
            )
    TrainerLanguage.objects.filter(trainer__in=held).delete()
    TrainerUnit.objects.filter(trainer__in=held).delete()
    log.record_each("training.trainer_removed", by=by, subjects=held)
    Trainer.objects.filter(pk__in=[each.pk for each in held]).delete()
    return len(held)


@transaction.atomic
def write_qualifications(
    *, qualifications: Sequence[QualificationDraft], at: datetime, by: Actor
) -> list[TrainerQualification]:
    """
    Write down what trainers learned or may do, each with its paper where there is one.

    :raises WrittenBefore: if the same stands there. :raises BadInput: without a word or a body, or for an end before its day.
    """
    for draft in qualifications:
        by.require(Permission.TRAINER_KEEP, on=draft.trainer)
    _refuse([problem for draft in qualifications for problem in faults_of_qualification(draft)])
    _require_unwritten(qualifications)
    made = [
        TrainerQualification(
            trainer=draft.trainer, what=draft.what.strip(), awarded_by=draft.awarded_by.strip(), awarded_on=draft.awarded_on,
            valid_before=draft.valid_before,
            document=receive(draft.upload, at=at, by=by) if draft.upload is not None else draft.document,
        )
        for draft in qualifications
    ]  # fmt: skip
    with contested(lambda: _require_unwritten(qualifications)):
        TrainerQualification.objects.bulk_create(made, batch_size=AT_ONCE)
    log.record_each("training.qualification_written", by=by, subjects=made)
    return made


@transaction.atomic
def drop_qualification(*, qualification: TrainerQualification, by: Actor) -> None:
    """Take away what was written by mistake, with its paper."""
    by.require(Permission.TRAINER_KEEP, on=qualification.trainer)
    log.record("training.qualification_dropped", by=by, subject=qualification)
    paper = qualification.document_id
    TrainerQualification.objects.filter(pk=qualification.pk).delete()
    if paper is not None:
        forget_documents([paper], by=by)


def _write_lists(rows: Sequence[tuple[Trainer, TrainerFacts]], *, on: date) -> None:
    """Languages and units as they are said now; what stood already keeps the day on which it was written."""
    trainers = [trainer for trainer, _facts in rows]
    said_on = {
        (each.trainer_id, each.language, each.scale, each.level, each.source): each.claimed_on
        for each in TrainerLanguage.objects.filter(trainer__in=trainers)
    }
    said = TrainerUnit.objects.filter(trainer__in=trainers).values_list("trainer_id", "unit_id", "allowed_on")
    allowed = {(trainer, unit): day for trainer, unit, day in said}
    TrainerLanguage.objects.filter(trainer__in=trainers).delete()
    TrainerUnit.objects.filter(trainer__in=trainers).delete()
    TrainerLanguage.objects.bulk_create(
        [
            TrainerLanguage(
                trainer=trainer, language=each.language, scale=each.scale, level=each.level, source=each.source,
                claimed_on=each.claimed_on or said_on.get((trainer.pk, each.language, each.scale, each.level, each.source), on),
            )
            for trainer, facts in rows for each in facts.languages
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    TrainerUnit.objects.bulk_create(
        [
            TrainerUnit(trainer=trainer, unit=unit, allowed_on=allowed.get((trainer.pk, unit.pk), on))
            for trainer, facts in rows
            for unit in dict.fromkeys(facts.units)
        ],
        batch_size=AT_ONCE,
    )


def _require_new(drafts: Sequence[TrainerDraft]) -> None:
    same = same_person_ids([draft.person.pk for draft in drafts])
    there = set(
        Trainer.objects.filter(person__in={key for keys in same.values() for key in keys}).values_list(
            "person_id", flat=True
        )
    )
    seen: set[UUID] = set()
    for draft in drafts:
        if same[draft.person.pk] & (there | seen):
            raise RegisteredAlready(
                N_("%(person)s stands in the register of trainers already."), person=draft.person.reference
            )
        seen |= same[draft.person.pk]


def _require_unwritten(drafts: Sequence[QualificationDraft]) -> None:
    rows = TrainerQualification.objects.filter(trainer__in=[draft.trainer.pk for draft in drafts])
    there = set(rows.values_list("trainer_id", "what", "awarded_by", "awarded_on"))
    for draft in drafts:
        said = (draft.trainer.pk, draft.what.strip(), draft.awarded_by.strip(), draft.awarded_on)
        if said in there:
            raise WrittenBefore(
                N_("“%(what)s” is written down for %(person)s already."), what=draft.what, person=str(draft.trainer)
            )
        there.add(said)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BadInput(problems)
