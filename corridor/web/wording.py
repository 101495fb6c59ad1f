"""A refusal or a problem as a sentence in the reader's language."""

from django.utils.translation import gettext

from corridor.kernel.errors import Problem, Refusal
from corridor.kernel.wording import Phrase

from .ui.days import value_text


def sentence(said: Refusal | Problem) -> str:
    """Translate the template first, fill its named places after, with days and numbers as the reader writes them."""
    template: str = gettext(said.message)
    if not said.places:
        return template
    return template % {name: _place(value) for name, value in said.places.items()}


def _place(value: object) -> object:
    return gettext(value) if isinstance(value, Phrase) else value_text(value)
