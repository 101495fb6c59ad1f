"""What letters say that have no request: the alliance's name, in the language in which the letter is written."""

from django import template

from corridor.foundations.access import VISITOR
from corridor.web.context import alliance_names

register = template.Library()


@register.simple_tag
def alliance_called() -> str:
    """The alliance's short name, or the product's where no alliance is written down yet."""
    names = alliance_names(VISITOR)
    return names.short_name or names.name or "Corridor"
