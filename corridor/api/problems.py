"""Every no that the API says, in one place, as application/problem+json (RFC 9457); of rosters in the words of their standard."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Field, NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from corridor.foundations.attempts import TooManyAttempts
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem, Refusal, StaleForm

from . import imsx
from .etags import NoVersionNamed, VersionIsPast
from .once import NoKeyNamed

CONTENT_TYPE = "application/problem+json"
STATUS_OF: dict[type[Refusal], int] = {
    NotFound: 404,
    AccessDenied: 403,
    BadInput: 422,
    StaleForm: 412,
    VersionIsPast: 412,
    NoVersionNamed: 428,
    NoKeyNamed: 428,
    TooManyAttempts: 429,
}
TITLES: dict[int, Promise] = {
    400: _("The request cannot be read"),
    401: _("A valid token is needed"),
    403: _("This is not allowed"),
    404: _("There is no such thing, or none for you"),
    405: _("Nothing is done here by this method"),
    409: _("Not now"),
    412: _("It was changed since you read it"),
    413: _("This is too large"),
    422: _("Something in what was sent has to be put right"),
    428: _("Name the version that you read, or the key of what you make"),
    429: _("Too many attempts"),
}


class OneProblem(Schema):
    """One thing wrong with what was sent, and where."""

    where: str = Field(description="The field, as a path: body.marks.7, query.on")
    detail: str


class ProblemOut(Schema):
    """What was refused, by which rule, and why in the reader's language."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(description="The stable name of the rule that was not met")
    problems: list[OneProblem] = []
    theirs: str | None = Field(None, description="Of two versions that meet, the one that stands")
    yours: str | None = Field(None, description="Of two versions that meet, the one that was sent")


def answer(
    request: HttpRequest,
    status: int,
    *,
    detail: object = "",
    code: str = "",
    problems: Iterable[dict[str, Any]] = (),
    **more: str,
) -> HttpResponse:
    title = str(TITLES.get(status, TITLES[400]))
    if imsx.is_asked(request):
        return _with_challenge(imsx.status_info(status, detail=str(detail) or title, problems=problems))
    shown: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": str(detail) or title,
        "code": code,
        "problems": list(problems),
        **{name: text for name, text in more.items() if text},
    }
    return _with_challenge(
        JsonResponse(shown, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})
    )


def _with_challenge(response: HttpResponse) -> HttpResponse:
    if response.status_code == 401:
        response["WWW-Authenticate"] = 'Bearer realm="corridor"'
    return response


def status_of(refusal: Refusal) -> int:
    """404 not visible, 403 not allowed, 412 stale, 422 bad input, 428 no version named, 429 too many attempts, 409 anything else."""
    return next((status for kind, status in STATUS_OF.items() if isinstance(refusal, kind)), 409)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    found: Sequence[Problem] = getattr(refusal, "problems", ())
    return answer(
        request,
        status_of(refusal),
        detail=sentence(refusal),
        code=refusal.code,
        problems=[_problem(each) for each in found],
        theirs=getattr(refusal, "theirs", ""),
        yours=getattr(refusal, "yours", ""),
    )


def _problem(each: Problem) -> dict[str, Any]:
    """``where`` is a field or a column; of something that was sent as a file also which file, and which row of it."""
    said: dict[str, Any] = {"where": each.column, "detail": sentence(each)}
    if each.file:
        said["file"] = each.file
    if each.row:
        said["row"] = each.row
    return said


def _not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    problems = [
        {"where": ".".join(str(part) for part in each["loc"]), "detail": str(each["msg"])} for each in error.errors
    ]
    return answer(request, 422, code="BadInput", problems=problems)


def _no_token(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    detail = _("Send a token that is in force: Authorization: Bearer … . Tokens are made on the page of your profile.")
    return answer(request, 401, detail=detail, code="NoToken")


def _unreadable(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, error.status_code, code="Unreadable")


def _nothing_there(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    return answer(request, 404, code="NotFound")


def _too_large(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    return answer(request, 413, code="TooLarge")


def say_no_as_problems(api: NinjaAPI) -> None:
    """Every exception that is a no becomes a problem; anything else is our fault and stays one."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(AuthenticationError, _no_token)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Http404, _nothing_there)
    api.add_exception_handler(RequestDataTooBig, _too_large)
