"""What every published number carries (docs/rules/figures.md, "Every published number carries")."""

from dataclasses import dataclass

from .outcome_block import OutcomeBlock
from .periods import Period
from .quantities import Unit
from .rates import require_named_rate
from .refusals import BareRate
from .wording import N_, Phrase


@dataclass(frozen=True, slots=True)
class Particulars:
    """
    What stands one click from a number: its code and definition version, unit, n, period (a day is a period of one day),
    the kind of its source, how many are missing, and for outcomes the whole block of counts.
    """

    code: str
    definition_version: int | None
    unit: Unit | None
    n: int | None
    period: Period | None
    source_kind: str
    missing: int | None
    block: OutcomeBlock | None = None


def require_particulars(particulars: Particulars, *, outcome: bool = False) -> None:
    """Refuse with BareRate, naming the first thing that is not there. An outcome also needs its block."""
    require_named_rate(particulars.code)
    needed: list[tuple[str, object]] = [
        (N_("the definition version"), particulars.definition_version),
        (N_("the unit"), particulars.unit),
        (N_("n"), particulars.n),
        (N_("the day or period"), particulars.period),
        (N_("the kind of source"), particulars.source_kind or None),
        (N_("the number missing"), particulars.missing),
    ]
    if outcome:
        needed.append((N_("the counts of who was asked, reached and answered"), particulars.block))
    for name, value in needed:
        if value is None:
            raise BareRate(
                N_("%(code)s cannot be shown without %(absent)s."), code=particulars.code, absent=Phrase(name)
            )
