"""The ways in which this room says no, beside the counting rules of the kernel."""

from corridor.kernel.errors import NotFound, Refusal, WrongMoment


class UnknownIndicator(NotFound):
    """There is no indicator of that code."""


class UnknownScope(Refusal):
    """A key or a code of a scope is not known, or a needed one is missing; the sentence names those there are."""


class WrongTime(Refusal):
    """A day was given for what is counted over a period, or a period for what holds on a day."""


class AlreadySigned(Refusal):
    """One person signs a figure once; the second signature is another person's."""


class FigureHasChanged(Refusal):
    """The kept rows no longer give the fingerprint that was signed, or another fingerprint was meant."""


class NothingToCorrect(Refusal):
    """The records still give the same rows."""


class AlreadyCorrected(Refusal):
    """A figure is corrected once; the next correction is of its latest version."""


class NotSignedOff(WrongMoment):
    """An edition is published when two persons have signed every figure in it."""


class AlreadyPublished(WrongMoment):
    """A published edition never changes."""


class ReferenceTaken(Refusal):
    """Two claims, or two editions, cannot carry one reference."""


class NotKept(Refusal):
    """The past is known only as it was when the figure was frozen."""
