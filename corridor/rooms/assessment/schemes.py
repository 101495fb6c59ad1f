"""Which scheme holds for a unit on a day, and what its criteria ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.lifecycles.timelines import Timelines
from corridor.rooms.curricula.models import Unit

from .lifecycle import SchemeStatus
from .models import EvidenceNeed, InstrumentKind, Judges, Scheme, SchemeCriterion, Signing, Weight

# A criterion that must be met for "competent".
NEEDED = (Weight.CRITICAL, Weight.REQUIRED)


@dataclass(frozen=True, kw_only=True)
class CriterionDraft:
    """``texts`` by language (BCP 47)."""

    texts: Mapping[str, str]
    weight: Weight = Weight.REQUIRED
    evidence: EvidenceNeed = EvidenceNeed.NONE


@dataclass(frozen=True, kw_only=True)
class InstrumentDraft:
    """``titles`` by language. A written test has a scale and a mark from which it is passed, others have neither."""

    kind: InstrumentKind
    titles: Mapping[str, str]
    criteria: tuple[CriterionDraft, ...] = ()
    scale: Decimal | None = None
    pass_mark: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SchemeDraft:
    """All that a scheme says. ``edition`` is that of the draft which was read; None: there was none, and one with ``key`` begins."""

    unit: Unit
    instruments: tuple[InstrumentDraft, ...] = ()
    attempts_allowed: int = 3
    signing: Signing = Signing.ASSESSOR
    judges: Judges = Judges.ONE
    appeal_days: int = 14
    edition: int | None = field(default=None, compare=False)
    key: UUID | None = field(default=None, compare=False)


def whole(schemes: Iterable[UUID]) -> list[Scheme]:
    """Those schemes with all that they say. Five statements."""
    found = Scheme.objects.filter(pk__in=list(schemes)).select_related("unit__version__curriculum")
    return list(found.prefetch_related("instruments__texts", "instruments__criteria__texts"))


def schemes_on(asked: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], Scheme]:
    """The scheme in force of each (unit, day); units that have none that day are left out."""
    pairs = set(asked)
    drafts = Scheme.objects.filter(unit__in={unit for unit, _day in pairs}).exclude(status=SchemeStatus.DRAFT)
    held: dict[UUID, list[Scheme]] = {}
    found = list(drafts.prefetch_related("instruments__texts", "instruments__criteria__texts"))
    for scheme in found:
        held.setdefault(scheme.unit_id, []).append(scheme)
    states = Timelines.of(Scheme, [scheme.pk for scheme in found])
    return {
        (unit, day): scheme
        for unit, day in pairs
        for scheme in held.get(unit, ())
        if states.state(scheme.pk, day) == SchemeStatus.PUBLISHED
    }


def criteria_of(scheme: Scheme) -> list[SchemeCriterion]:
    """In the order of the checklist; each knows its instrument."""
    found = []
    for instrument in scheme.instruments.all():
        for criterion in instrument.criteria.all():
            criterion.instrument = instrument
            found.append(criterion)
    return found


def needed_of(scheme: Scheme) -> list[SchemeCriterion]:
    """The criteria without which nobody is competent."""
    return [criterion for criterion in criteria_of(scheme) if criterion.weight in NEEDED]


def draft_of(scheme: Scheme) -> SchemeDraft:
    """What a scheme says, to be written anew."""
    return SchemeDraft(
        unit=scheme.unit, attempts_allowed=scheme.attempts_allowed, signing=Signing(scheme.signing),
        judges=Judges(scheme.judges), appeal_days=scheme.appeal_days,
        edition=scheme.edition if scheme.status == SchemeStatus.DRAFT else None,
        instruments=tuple(
            InstrumentDraft(
                kind=InstrumentKind(each.kind), titles={text.language: text.text for text in each.texts.all()},
                scale=each.scale, pass_mark=each.pass_mark,
                criteria=tuple(
                    CriterionDraft(
                        texts={text.language: text.text for text in criterion.texts.all()},
                        weight=Weight(criterion.weight), evidence=EvidenceNeed(criterion.evidence),
                    )
                    for criterion in each.criteria.all()
                ),
            )
            for each in scheme.instruments.all()
        ),
    )  # fmt: skip
