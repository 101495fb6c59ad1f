"""How units are assessed: drafted, published, and taken the place of by a later version."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, NotFound, StaleForm
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.curricula.models import Unit

from ..lifecycle import SchemeStatus
from ..models import Instrument, InstrumentKind, InstrumentText, Scheme, SchemeCriterion, SchemeCriterionText
from ..refusals import SchemeIsBegun, SchemeIsEmpty, SchemeIsPublished
from ..scheme_rules import problems_of
from ..schemes import InstrumentDraft, SchemeDraft, needed_of, whole


@transaction.atomic
def write_schemes(*, schemes: Sequence[SchemeDraft], by: Actor) -> list[Scheme]:
    """
    Write down how units are assessed, all or none: the draft of that ``edition`` becomes what is said here; without one the next version
    begins. Nothing holds before it is published.

    :raises BadInput: with every problem. :raises StaleForm: if the draft was changed since ``edition`` was read.
    :raises SchemeIsBegun: if somebody writes the next version already.
    """
    by.require(Permission.SCHEME_EDIT)
    problems = [problem for each in schemes for problem in problems_of(each)]
    if problems:
        raise BadInput(problems)
    # Hold the units: two who begin a version at once must not both begin the same one.
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in={each.unit.pk for each in schemes}).order_by("pk"))
    written = [_write(each) for each in schemes]
    log.record_each("assessment.scheme_written", by=by, subjects=written)
    return whole([each.pk for each in written])


@transaction.atomic
def publish_schemes(*, schemes: Sequence[Scheme], on: date, by: Actor) -> list[Scheme]:
    """
    From that day on decisions about these units are made by these schemes; the versions before are superseded.

    :raises SchemeIsPublished: for one that is no draft. :raises SchemeIsEmpty: if it asks for nothing.
    """
    by.require(Permission.SCHEME_EDIT)
    held = Scheme.objects.select_for_update(of=("self",)).select_related("unit")
    for scheme in held.filter(pk__in=[each.pk for each in schemes]).order_by("pk"):
        _require_draft(scheme)
        (read,) = whole([scheme.pk])
        if not needed_of(read) and not any(each.kind == InstrumentKind.WRITTEN for each in read.instruments.all()):
            raise SchemeIsEmpty(
                N_("%(scheme)s asks for nothing yet. Add a criterion that is required or critical."), scheme=str(scheme)
            )
        before = held.filter(unit=scheme.unit_id, status=SchemeStatus.PUBLISHED).first()
        if before is not None:
            move(before, to=SchemeStatus.SUPERSEDED, on=on, by=by)
        move(scheme, to=SchemeStatus.PUBLISHED, on=on, by=by)
        log.record("assessment.scheme_published", by=by, subject=scheme)
    return whole([each.pk for each in schemes])


@transaction.atomic
def discard_scheme(*, scheme: Scheme, by: Actor) -> None:
    """Throw a draft away. :raises SchemeIsPublished: for one that decisions may stand on."""
    by.require(Permission.SCHEME_EDIT)
    found = Scheme.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=scheme.pk).first()
    if found is None:
        raise NotFound(N_("There is no such scheme."))
    _require_draft(found)
    log.record("assessment.scheme_discarded", by=by, subject=found)
    _empty(found)
    found.delete()


def _write(draft: SchemeDraft) -> Scheme:
    there = Scheme.objects.filter(unit=draft.unit)
    scheme = there.select_for_update().filter(status=SchemeStatus.DRAFT).first()
    if draft.edition is None and scheme is not None:
        raise SchemeIsBegun(
            N_("The next version for %(unit)s is being written. Change that draft, or throw it away."),
            unit=draft.unit.code,
        )
    if draft.edition is not None and (scheme is None or scheme.edition != draft.edition):
        raise StaleForm(N_("The scheme of %(unit)s was changed since you opened it."), unit=draft.unit.code)
    facts = {
        "attempts_allowed": draft.attempts_allowed, "signing": draft.signing, "judges": draft.judges,
        "appeal_days": draft.appeal_days,
    }  # fmt: skip
    if scheme is None:
        last = there.order_by("-version").values_list("version", flat=True).first() or 0
        scheme = Scheme.objects.create(
            id=draft.key or new_id(), unit=draft.unit, version=last + 1, status=SchemeStatus.DRAFT, **facts
        )
    else:
        _empty(scheme)
        for field, value in facts.items():
            setattr(scheme, field, value)
        scheme.edition += 1
        scheme.save(update_fields=[*facts, "edition"])
    for position, each in enumerate(draft.instruments, start=1):
        _add(scheme, position, each)
    return scheme


def _add(scheme: Scheme, position: int, draft: InstrumentDraft) -> None:
    instrument = Instrument.objects.create(
        scheme=scheme, position=position, kind=draft.kind, scale=draft.scale, pass_mark=draft.pass_mark
    )
    InstrumentText.objects.bulk_create(
        InstrumentText(instrument=instrument, language=language, text=text.strip())
        for language, text in draft.titles.items()
    )
    criteria = SchemeCriterion.objects.bulk_create(
        SchemeCriterion(instrument=instrument, position=place, weight=each.weight, evidence=each.evidence)
        for place, each in enumerate(draft.criteria, start=1)
    )
    SchemeCriterionText.objects.bulk_create(
        SchemeCriterionText(criterion=criterion, language=language, text=text.strip())
        for criterion, each in zip(criteria, draft.criteria, strict=True)
        for language, text in each.texts.items()
    )


def _empty(scheme: Scheme) -> None:
    SchemeCriterionText.objects.filter(criterion__instrument__scheme=scheme).delete()
    SchemeCriterion.objects.filter(instrument__scheme=scheme).delete()
    InstrumentText.objects.filter(instrument__scheme=scheme).delete()
    Instrument.objects.filter(scheme=scheme).delete()


def _require_draft(scheme: Scheme) -> None:
    if scheme.status != SchemeStatus.DRAFT:
        raise SchemeIsPublished(
            N_("%(scheme)s was published; it does not change. Write the next version."), scheme=str(scheme)
        )
