"""
The names of the ways in which a figure says no (docs/rules/figures.md, "Refusals").

Each has a plain sentence of its own, so that a room may raise it bare; whoever knows more passes a fuller sentence, marked
with ``N_``, and its places.
"""

from typing import ClassVar

from .errors import Refusal
from .wording import N_


class FigureRefusal(Refusal):
    """A counting rule was not met."""

    sentence: ClassVar[str] = N_("A rule of counting was not met.")

    def __init__(self, message: str = "", **places: object) -> None:
        super().__init__(message or self.sentence, **places)


class BareRate(FigureRefusal):
    """A rate was to be shown without what makes it readable."""

    sentence = N_("A rate is shown only with its code, unit, n, day or period, definition version, source and missing.")


class BareTotal(FigureRefusal):
    """A sum over claimants was to be shown alone."""

    sentence = N_("A sum over claimants is shown only with the overlap and the distinct number beside it.")


class DefinitionsDiffer(FigureRefusal):
    """Two values were counted by two definitions, or two versions of one."""

    sentence = N_(
        "These values follow different definitions; they cannot be added or compared without a visible break."
    )


class DifferentCohorts(FigureRefusal):
    """A numerator does not come out of its denominator."""

    sentence = N_("The part does not come out of the whole: these are different cohorts, so there is no rate.")


class Frozen(FigureRefusal):
    """A frozen figure was to be changed."""

    sentence = N_("A frozen figure never changes; a correction is a new version with a reason.")


class ImpossibleCounts(FigureRefusal):
    """Counts that cannot all be true."""

    sentence = N_("These counts cannot all be true.")


class InexactInput(FigureRefusal):
    """A rounded or approximate number was to be counted with."""

    sentence = N_("An inexact number cannot be a numerator or a denominator; only a bound can be stated.")


class NoDenominator(FigureRefusal):
    """A rate of nothing."""

    sentence = N_("There is nothing to divide by, so there is no rate.")


class NotAdditive(FigureRefusal):
    """Values of one unit that still may not be added."""

    sentence = N_("These values cannot be added.")


class NotASample(FigureRefusal):
    """An interval was asked of people who were not drawn at random."""

    sentence = N_(
        "Everybody was to be asked, so there is no sampling interval; the bounds show what silence could hide."
    )


class NotCollected(FigureRefusal):
    """There are no records of this."""

    sentence = N_("No records of this are collected. That is not the same as zero.")


class NotYetDue(FigureRefusal):
    """The window in which it could have happened is still open."""

    sentence = N_("The time in which this could have happened has not passed yet, so there is no rate.")


class PartsDoNotSum(FigureRefusal):
    """Parts that do not add to their total."""

    sentence = N_("The parts do not add to the total.")


class SplitIncomplete(FigureRefusal):
    """Shares of funders that do not make a whole."""

    sentence = N_("The shares do not add to 100 percent on every day.")


class StillOpen(FigureRefusal):
    """A period that has not ended was to be frozen."""

    sentence = N_("The period has not ended, so the figure cannot be frozen yet.")


class TooFewForAPercentage(FigureRefusal):
    """A percentage about fewer than ten persons."""

    sentence = N_("There are fewer than ten persons behind this, so only the counts are shown, no percentage.")


class UnknownIsNotNo(FigureRefusal):
    """The people nobody heard from were to be counted as a no."""

    sentence = N_("Not everybody answered, and unknown is not no: this share cannot be stated.")


class UnlikeUnits(FigureRefusal):
    """Quantities of two units."""

    sentence = N_("Quantities of different units cannot be added or divided.")


class UnresolvedConflict(FigureRefusal):
    """Sources that contradict each other about one quantity."""

    sentence = N_("The sources contradict each other; somebody named must decide, with a reason.")
