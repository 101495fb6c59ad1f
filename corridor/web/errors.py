"""Every no that a page says, in one place: what, by which rule, and the way out."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal

from .wording import sentence

STATUS_OF: dict[type[Refusal], int] = {NotFound: 404, AccessDenied: 403, BadInput: 422, TooManyAttempts: 429}

# status: (heading, way out)
PAGES: dict[int, tuple[Promise, Promise]] = {
    400: (_("This request cannot be read"), _("Go back, reload the page and send it again.")),
    403: (_("You may not do this"), _("If you should, ask the secretariat for the right office; then sign in again.")),
    404: (
        _("There is no such page, or none for you"),
        _(
            "Check the address. If it belongs to a record of your own, sign in first; we do not say which records exist."
        ),
    ),
    409: (_("Not now"), _("Nothing was changed. Go back to the page and look at its present state.")),
    410: (_("This link opens nothing any more"), _("Ask who invited you for a new one.")),
    413: (_("This is too large"), _("Nothing was taken. Send a smaller file, or several.")),
    422: (_("Something in what you sent has to be put right"), _("Nothing was written. Correct it and send it again.")),
    429: (
        _("Too many attempts"),
        _("Wait a quarter of an hour, then try again. Somebody who forgot a password asks the secretariat."),
    ),
}
PROBLEM_TYPE = "application/problem+json"


def status_of(refusal: Refusal) -> int:
    """404 not visible, 403 not allowed, 422 bad input, 409 anything else."""
    return next((status for kind, status in STATUS_OF.items() if isinstance(refusal, kind)), 409)


def answer(request: HttpRequest, status: int, **shown: Any) -> HttpResponse:
    """The page of one no. ``shown`` may hold text, problems, theirs, yours, back, rule."""
    title, way_out = PAGES[status]
    return render(
        request, "refused.html", {"title": title, "way_out": way_out, "status": status, **shown}, status=status
    )


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: its own sentence, its rule, and for a stale form both values side by side."""
    status = status_of(refusal)
    return answer(
        request,
        status,
        text=sentence(refusal),
        rule=refusal.code,
        problems=getattr(refusal, "problems", ()),
        theirs=getattr(refusal, "theirs", ""),
        yours=getattr(refusal, "yours", ""),
        back=_page_before(request),
    )


def _page_before(request: HttpRequest) -> str:
    """The page a form was sent from, if it is ours."""
    before = request.headers.get("Referer", "")
    ours = f"{request.scheme}://{request.get_host()}/"
    return "/" + before.removeprefix(ours) if before.startswith(ours) and request.method == "POST" else ""


def too_large(request: HttpRequest) -> HttpResponse:
    return answer_problem(413, "TooLarge") if request.path.startswith("/api/") else answer(request, 413)


def answer_problem(status: int, code: str) -> HttpResponse:
    """What the API's readers get where no operation of it was reached; else the API says no itself."""
    title, way_out = map(str, PAGES[status])
    # What helps a person at a page ("sign in first") helps no machine; of what is too large both send less.
    detail = way_out if status == 413 else title
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "problems": []}
    return JsonResponse(problem, status=status, content_type=PROBLEM_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return too_large(request) if isinstance(exception, RequestDataTooBig) else answer(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django names it)
    """Also the answer to a form without its token (Django calls it with ``reason``)."""
    text = _("This form is too old, or cookies are switched off. Reload the page and send it again.") if reason else ""
    return answer(request, 403, text=text)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django names it)
    return answer_problem(404, "NotFound") if request.path.startswith("/api/") else answer(request, 404)


def too_many_attempts(request: HttpRequest, *_given: object) -> HttpResponse:
    """The answer of the lock that slows down the guessing of passwords."""
    return answer(request, 429)
