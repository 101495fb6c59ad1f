"""Every kind of act that a folder may tell of, in the order in which those of one instant are done."""

from pathlib import Path

from . import (
    certificates,
    holding,
    judging,
    looking_again,
    looks,
    prior_learning,
    registers,
    sessions,
    showing_what_was_done,
    standing_apart,
)
from .acts import ActKind
from .devices import Devices, acts_of


def kinds_of_acts(folder: Path) -> tuple[ActKind, ...]:
    """Made anew for each load: what devices hold (their keys, their chains) lasts as long as the load. Files are those of the folder."""
    devices = Devices()
    return (
        *registers.ACTS,
        *sessions.ACTS,
        *acts_of(devices),
        *standing_apart.ACTS,
        *judging.ACTS,
        *showing_what_was_done.acts_in(folder),
        *looking_again.ACTS,
        *prior_learning.ACTS,
        *looks.ACTS,
        *certificates.ACTS,
        *holding.ACTS,
    )
