"""
Days, numbers, names and sentences as the reader writes them, as filters and tags. Built in, like ``corridor_ui``; docs/web.md lists them.
"""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.translation import get_language

from corridor.kernel.errors import Problem, Refusal
from corridor.web import wording
from corridor.web.ui import days, languages

register = template.Library()


@register.simple_tag
def period(starts_on: date | None, ends_before: date | None) -> str:
    """A half-open period with both days inside: "10 October 2022 to 18 January 2024"."""
    return days.period_text(starts_on, ends_before)


@register.simple_tag(takes_context=True)
def distance(context, day: date) -> str:
    """ "in 13 days", "today" or "33 days ago", from the day of the doors."""
    return days.distance_text(day, context["today"])


@register.simple_tag
def share(part: int, whole: int) -> str:
    """ "5 of 9 (55.6%)"."""
    return days.share_text(part, whole)


@register.filter
def day(value: date | None, form: str = "long") -> str:
    """``{{ agreement.starts_on|day }}``; forms: long, medium, full. Nothing for None."""
    return days.day_text(value, form) if value else ""


@register.filter
def month(value: date) -> str:
    return days.month_text(value)


@register.filter
def instant(value: datetime | None, zone: str = "") -> str:
    """``{{ figure.known_at|instant }}`` in the alliance's home zone, ``|instant:site.time_zone`` in the site's."""
    return days.instant_text(value, zone) if value else ""


@register.filter
def number(value: object) -> object:
    return days.value_text(value)


@register.filter
def country_name(code: str) -> str:
    return languages.country_name(code)


@register.filter
def language_name(code: str) -> str:
    return languages.language_name(code)


@register.filter
def html_lang(code: str) -> str:
    """``lang="{{ name.language|html_lang }}"``."""
    return languages.html_lang(code)


@register.filter
def sentence(said: Refusal | Problem) -> str:
    """A refusal or a problem in the reader's language."""
    return wording.sentence(said)


@register.simple_tag
def page_lang() -> str:
    return languages.html_lang(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def page_dir() -> str:
    return languages.direction(get_language() or settings.LANGUAGE_CODE)
