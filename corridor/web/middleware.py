"""What stands between the server and the views of the pages: size, sign-in, who is asking, and the no of a rule."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.foundations.grants.refusals import ReadingAlone
from corridor.journeys.recognise import recognise_at_a_page
from corridor.journeys.second_factor import lacks_second_factor
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

from .errors import answer_refusal, too_large

Next = Callable[[HttpRequest], HttpResponse]
# What changes no record: how a page looks, and the way out.
SENT_AS_ANYONE = {"see-as-end", "sign-out", "choose-language", "choose-theme"}
READING_ALONE = N_(
    "You see this as a role does, and only read. End it, in the band at the head of the page, to do something yourself."
)


class BodyLimit:
    """413 before a body is read that is larger than any door takes; files may be larger than forms."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_form_with_files = request.content_type == "multipart/form-data"
        most = settings.MAX_BODY_BYTES if is_form_with_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdigit() and int(length) > most:
            return too_large(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_large(request) if isinstance(exception, RequestDataTooBig) else None


class SignInFirst(LoginRequiredMiddleware):
    """Every page is private by default. The API is not a page: it answers 401 itself, not a redirect."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.path.startswith("/api/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """``request.actor`` is who is asking: what the rooms grant to the one signed in, or the visitor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor, request.viewing = VISITOR, None
        if request.user.is_authenticated:
            found = recognise_at_a_page(request.user, on=clock.today(), at=clock.real_now())
            request.actor, request.viewing = found.actor, found.viewing
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Whoever sees the product as a role sends nothing."""
        sends = request.method not in {"GET", "HEAD", "OPTIONS"}
        name = request.resolver_match.view_name if request.resolver_match else ""
        if sends and request.viewing is not None and name not in SENT_AS_ANYONE:
            return answer_refusal(request, ReadingAlone(READING_ALONE))
        return None


class SecondFactorFirst:
    """Where an office asks for a second factor, its holder reaches only the pages that set one up, until that is done."""

    OPEN_TO_ALL = ("/account/", "/api/", "/language/", "/sign-out/", "/static/", "/theme/")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(self.OPEN_TO_ALL) and lacks_second_factor(by=request.actor):
            return redirect("second-factor")
        return self.get_response(request)


class RefusalMiddleware:
    """Turn a refusal into a page. The API and the commands have their own one-place translation."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer_refusal(request, exception) if isinstance(exception, Refusal) else None
