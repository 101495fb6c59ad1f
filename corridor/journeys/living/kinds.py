"""Every kind of act that a folder may tell of, in the order in which those of one instant are done."""

from . import registers
from .acts import ActKind


def kinds_of_acts() -> tuple[ActKind, ...]:
    """Made anew for each load: what devices hold (their keys, their chains) lasts as long as the load."""
    return (*registers.ACTS,)
