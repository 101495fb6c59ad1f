"""
What persons are called on a page, as filters and tags. Built in, like ``corridor_words``; docs/web.md lists them.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corridor.rooms.people import reaching
from corridor.rooms.people.naming import PersonCalled
from corridor.web.ui import names

from .corridor_words import in_language

register = template.Library()


@register.filter
def person_called(person: object) -> SafeString:
    """``{{ person|person_called }}``: a person's name for this reader; read ``names`` before, for many."""
    called = person.called(names.reader_language())  # type: ignore[attr-defined]
    return in_language(names.Said(called.name, called.language))


@register.simple_tag
def person_or_reference(shown: Mapping[UUID, PersonCalled], person: Any) -> SafeString:
    """
    ``{% person_or_reference persons row.assessor %}``: the name, as a way to the record, where ``persons`` (of ``names_to_show`` in the journeys)
    holds it; else the reference.
    """
    called = shown.get(person.pk)
    if called is None:
        return format_html('<bdi class="nowrap">{}</bdi>', person.reference)
    name = in_language(names.Said(called.name, called.language))
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("person", args=[person.reference]), name)


@register.filter
def person_beside(person: object) -> SafeString | str:
    """``{{ person|person_beside }}``: the name in the other script, to stand beside ``person_called``; empty where there is none."""
    called = person.called(names.reader_language())  # type: ignore[attr-defined]
    return in_language(names.Said(called.beside, called.beside_language)) if called.beside else ""


@register.filter
def contact_value(channel: Any) -> str:
    """``{{ channel|contact_value }}``: a telephone number in groups, anything else as it is kept."""
    return reaching.shown(channel.kind, channel.value)
