"""How a demand statement says no."""

from corridor.kernel.errors import Refusal, WrongMoment


class AlreadyReplaced(Refusal):
    """A statement is replaced once; the one after it can be replaced again."""


class NeededBefore(WrongMoment):
    """Nobody states on a day that people were needed before it."""


class NoPaper(Refusal):
    """A letter or a contract is stated with what says which one it is."""


class ReferenceTaken(Refusal):
    """Two statements cannot carry one reference."""


class StatedAlready(Refusal):
    """What is stated is not rewritten: it is restated."""


class StatedByAnother(Refusal):
    """Only the employer's own statement can be replaced by it."""
