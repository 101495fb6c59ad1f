"""Refusals and problems as sentences on a terminal, in the language that is active."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext

from corridor.kernel.errors import Problem
from corridor.kernel.wording import Phrase


class Said(Protocol):
    """A sentence to be: a template in English, marked for translation, and what fills it."""

    @property
    def message(self) -> str: ...

    @property
    def places(self) -> Mapping[str, object]: ...


def sentence(said: Said) -> str:
    """The sentence, translated first and filled after; days are written as ISO days."""
    template: str = gettext(said.message)
    if not said.places:
        return template
    return template % {name: _place(value) for name, value in said.places.items()}


def where(problem: Problem) -> str:
    """Where a problem stands: "cohorts.csv, row 7, starts_on: ", or nothing."""
    row = gettext("row %(number)s") % {"number": problem.row} if problem.row else ""
    parts = [part for part in (problem.file, row, problem.column) if part]
    return f"{', '.join(parts)}: " if parts else ""


def _place(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return gettext(value) if isinstance(value, Phrase) else value
