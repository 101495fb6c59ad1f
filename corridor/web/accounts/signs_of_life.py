"""When a session was last seen: noted once an hour, because a write at each page would make every reader a writer."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

KEY = "last_noted"
EVERY = 3600


def begin(request: HttpRequest) -> None:
    """From now on this session is noted."""
    request.session[KEY] = int(time.time())


class NoteSession:
    """Note sessions that began by signing in; see ``foundations.accounts.sessions`` for the list of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted = request.session.get(KEY)
        if noted is not None and time.time() - noted >= EVERY and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
            begin(request)
        return self.get_response(request)
