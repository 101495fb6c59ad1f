"""How a site says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class ReferenceTaken(Refusal):
    """Two sites, or two brands, cannot carry one reference."""


class ListedAlready(Refusal):
    """A place stands under a brand once at a time."""


class AlreadyAccepted(Refusal):
    """A listing is accepted once."""


class NotListedThen(Refusal):
    """A listing was to be accepted on a day on which it is not in force."""


class HoldsPostAlready(Refusal):
    """An account manages a site once at a time."""


class AccreditedAlready(Refusal):
    """The same authority accredits a place for the same thing once from one day."""


class NotTheHostsAgreement(Refusal):
    """A site stands on an agreement that its host signed."""


class NumberTaken(Refusal):
    """A site has each number of its inventory once."""


class KeyOfAnother(Refusal):
    """The key of a report belongs to one machine alone."""


class NotMendedYet(WrongMoment):
    """What is broken or being repaired does not work, whoever says so."""


class RepairGoesOn(Refusal):
    """A machine is repaired once at a time."""


class WrittenAlready(Refusal):
    """A machine has one reading, one calibration, one instruction by the same hand on one day."""


class NotEnoughParts(Refusal):
    """Nobody takes more than lies in the store."""


class CannotPrint(Refusal):
    """Something to be printed holds a character that none of the fonts has."""


class NothingToLabel(Refusal):
    """A sheet of labels has at least one."""


class ShownAlready(Refusal):
    """The visit page of a site is made public once at a time."""


class TooManyPhotos(Refusal):
    """A visit page is printed on two sheets of paper."""


class PlannedAlready(Refusal):
    """A site has one plan a year."""


class LineHasSpending(Refusal):
    """A line of a plan on which something was spent stays."""
