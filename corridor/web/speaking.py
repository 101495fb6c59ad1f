"""
Languages that only the pages of the workshop speak: the registers, judging, a learner's path, and verifying, which employers there do.

A whole language (``settings.LANGUAGES``) speaks on every page and in every letter. One of ``settings.WORKSHOP_LANGUAGES`` has a catalogue of the
sentences of these pages alone; whoever chose it reads the other pages whole in the language that comes next, not in two at once.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

# Names of addresses, as corridor/web/*/urls.py give them.
PAGES = frozenset(
    {
        "registers", "registers-phone", "registers-data", "registers-device", "registers-sync", "registers-manifest",
        "register", "sign-register",
        "judging", "judging-phone", "judging-data", "judging-manifest", "judging-evidence", "judging-piece",
        "learn",
        "verify", "verify-held", "verify-manifest", "save-report", "report-held",
    }
)  # fmt: skip

Next = Callable[[HttpRequest], HttpResponse]


def speaks(request: HttpRequest) -> bool:
    """Whether the page that was asked for speaks the languages of the workshop too."""
    match = request.resolver_match
    return match is not None and match.url_name in PAGES


def languages_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The languages that the page may be read in, each with its own name."""
    return [*settings.LANGUAGES, *(settings.WORKSHOP_LANGUAGES if speaks(request) else ())]


class SpeakOfTheWorkshop:
    """After the language was chosen among the whole ones: the chosen language of the workshop, where the page speaks it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.WORKSHOP_LANGUAGES) and speaks(request):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
