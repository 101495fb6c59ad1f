"""When a session was last seen: noted once an hour, because a write at each page would make every reader a writer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from corridor.foundations import clock
from corridor.foundations.accounts.sessions import note_seen

KEY = "last_noted"
EVERY = 3600


def begin(request: HttpRequest) -> None:
    """From now on this session is noted."""
    request.session[KEY] = int(clock.real_now().timestamp())


class NoteSession:
    """Note sessions that began by signing in; see ``foundations.accounts.sessions`` for the list of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted, now = request.session.get(KEY), clock.real_now()
        if noted is not None and now.timestamp() - noted >= EVERY:
            note_seen(key=request.session.session_key or "", at=now)
            begin(request)
        return self.get_response(request)
