"""Who is at the pages of holders: the one signed in, and whoever used a link to the own certificates in this browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache

from corridor.foundations import clock
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.refusals import HolderLinkOver

SESSION = "holder-link"


def for_holders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    ``request.actor`` holds what the link opened too; ``request.holder_link`` is the link, or None. Who has neither an account nor a link signs in.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.holder_link = None  # type: ignore[attr-defined]
        if key := request.session.get(SESSION):
            try:
                request.holder_link, request.actor = actions.come_back(key=UUID(key), at=clock.now(), by=request.actor)
            except HolderLinkOver:
                del request.session[SESSION]
        if request.holder_link is None and request.actor.user_id is None:
            return redirect_to_login(request.get_full_path())
        if request.holder_link is not None:
            speak(request, request.holder_link.language)
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        # Not "no-referrer": then a browser does not say either where a form comes from, and the form is refused.
        response["Referrer-Policy"] = "same-origin"
        return response

    return seen


def speak(request: HttpRequest, language: str) -> None:
    """The holder's language, until the reader chooses another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.actor.user_id is None:
        translation.activate(language)
        request.LANGUAGE_CODE = language
