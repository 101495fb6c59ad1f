"""What a figure's codes are called by its reader."""

from collections.abc import Mapping

from corridor.foundations.access import Actor, Permission
from corridor.rooms.funding.models import Commitment, Disclosure
from corridor.rooms.training.models import Stay, StayKind

from ..answers import FigureAnswer
from ..code_words import CodeWord, words_of
from ..definitions.away import COST_OF_LEARNING


def words_of_breakdowns(*, answered: FigureAnswer, language: str, by: Actor) -> Mapping[str, Mapping[str, CodeWord]]:
    """
    For each dimension of the figure, its codes with their words. At most three statements per dimension, however many codes.

    :raises AccessDenied: for who may not see figures.
    """
    by.require(Permission.FIGURE_VIEW)
    return {
        dimension: words_of(definition=answered.definition, dimension=dimension, codes=list(cells), language=language)
        for dimension, cells in answered.breakdown.items()
    }


def currencies_counted(*, code: str, by: Actor) -> list[str]:
    """In which currencies there is money that anyone may read of, of this indicator: a figure of money is about one of them."""
    by.require(Permission.FIGURE_VIEW)
    if code == COST_OF_LEARNING:
        learned = Stay.objects.filter(kind=StayKind.LEARNING, cost_units__isnull=False)
        return sorted(learned.values_list("currency", flat=True).distinct().order_by())
    public = Commitment.objects.filter(disclosure=Disclosure.PUBLIC)
    return sorted(public.values_list("currency", flat=True).distinct().order_by())


def words_of_scope(*, answered: FigureAnswer, language: str, by: Actor) -> list[tuple[str, CodeWord]]:
    """What the figure is narrowed to: pairs of dimension and word, in the order of the scope."""
    by.require(Permission.FIGURE_VIEW)
    return [
        (key, words_of(definition=answered.definition, dimension=key, codes=[code], language=language)[code])
        for key, code in answered.question.scope.codes
    ]
