"""Between which shares a count of answers lies when some are silent (docs/rules/figures.md): unknown is never no."""

from fractions import Fraction


def bounds_of(count: int, *, answered: int, asked: int) -> tuple[Fraction, Fraction]:
    """All the silent say something else, or all say this. ``asked`` is above zero; a data call is a census, so there is no interval."""
    return Fraction(count, asked), Fraction(count + asked - answered, asked)
