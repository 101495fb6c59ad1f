"""Sentences put together from a translated template and named places, with names that keep their language."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .days import value_text

FEW = "< 5"


def told(template: str, **places: object) -> SafeString:
    """``told(_("By {owner}, on {day}."), owner=..., day=...)``: places are escaped, days and numbers written as the reader writes them."""
    return format_html(template, **{name: value_text(value) for name, value in places.items()})


def count_or_few(count: int | None) -> object:
    """A count, or "< 5" for one that is hidden because so few persons could be recognised."""
    return FEW if count is None else count
