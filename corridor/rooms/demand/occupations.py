"""Look for an occupation by any word for it, in any language, or by the beginning of its code."""

from typing import Any
from unicodedata import normalize

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor

from .models import Occupation, OccupationWord


def as_looked_for(text: str) -> str:
    """Text without case, width and extra spaces, so that what is meant alike is alike."""
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())[:220]


def find_occupations(*, words: str, by: Actor) -> QuerySet[Occupation]:  # noqa: ARG001 (occupations are public)
    """Occupations in the order of their codes, with their words; all of them where nothing is looked for."""
    found = Occupation.objects.prefetch_related("words")
    return found.filter(_fits(words)) if words.strip() else found


def codes_called(words: str) -> QuerySet[OccupationWord, Any]:
    """The codes of the occupations that a word means, for a filter."""
    return OccupationWord.objects.filter(folded__contains=as_looked_for(words)).values("occupation__code")


def _fits(words: str) -> Q:
    if words.strip().isdecimal() and words.strip().isascii():
        return Q(code__startswith=words.strip())
    called = OccupationWord.objects.filter(folded__contains=as_looked_for(words))
    return Q(pk__in=called.values("occupation"))
