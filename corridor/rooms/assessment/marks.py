"""What makes a mark none."""

from decimal import Decimal

from corridor.kernel.errors import Problem
from corridor.kernel.wording import N_

from .models import Instrument, InstrumentKind


def problem_of(instrument: Instrument, mark: Decimal) -> Problem | None:
    """What is wrong with a mark, if anything."""
    if instrument.kind != InstrumentKind.WRITTEN or instrument.scale is None:
        return Problem(N_("Instrument %(place)s is no written test."), {"place": instrument.position}, column="test")
    if not 0 <= mark <= instrument.scale:
        return Problem(N_("The mark is from 0 to %(most)s."), {"most": plain(instrument.scale)}, column="mark")
    return None


def plain(mark: Decimal) -> Decimal:
    """Without zeros behind the point, and never as 1E+2."""
    return Decimal(f"{mark.normalize():f}")
