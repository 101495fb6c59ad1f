"""What every page is given: who asks, the alliance's names, the way around, languages, the day."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from corridor.foundations import clock
from corridor.foundations.access import VISITOR, Actor
from corridor.kernel.errors import NotFound
from corridor.rooms.members import queries as members

from .navigation import entries_for, own_entries_for
from .speaking import languages_of
from .ui import themes
from .ui.languages import OWN_NAMES, html_lang, zone_city


@dataclass(frozen=True)
class AllianceNames:
    short_name: str = ""
    name: str = ""


def alliance_names(by: Actor) -> AllianceNames:
    """The alliance's names in the reader's language; empty before its own record exists."""
    try:
        alliance = members.get_alliance(by=by, places=False)
    except NotFound:
        return AllianceNames()
    language = get_language() or settings.LANGUAGE_CODE
    return AllianceNames(short_name=alliance.short_name(language), name=alliance.name(language))


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None) or VISITOR
    here = get_language() or settings.LANGUAGE_CODE
    theme = themes.chosen(request.COOKIES.get(themes.COOKIE))
    return {
        "actor": actor,
        "is_signed_in": actor.user_id is not None,
        "viewing": getattr(request, "viewing", None),
        "alliance": SimpleLazyObject(lambda: alliance_names(actor)),
        "navigation": entries_for(actor, request.path),
        "own_navigation": own_entries_for(actor),
        "languages": [
            {"code": code, "tag": html_lang(code), "own_name": OWN_NAMES.get(code, name), "is_here": code == here}
            for code, name in languages_of(request)
        ],
        "theme": theme,
        "themes": [
            {"code": code, "label": label, "is_here": code == (theme or "auto")} for code, label in themes.CHOICES
        ],
        "today": clock.today(),
        "known_at": clock.now(),
        "example_day": settings.EXAMPLE_DAY,
        "home_place": zone_city(settings.HOME_ZONE),
    }
