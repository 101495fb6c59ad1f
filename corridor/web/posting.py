"""Forms that were sent: bound only when they were, and a refusal shown where the sender looks."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Refusal, StaleForm

from .errors import status_of
from .wording import sentence


def posted(request: HttpRequest) -> Any:
    """What was sent, or None for a page that is only looked at: a form with nothing in it is still a form that was sent."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def shown_on(form: Form, refusal: Refusal) -> int:
    """
    Put a refusal on the form, each problem at its field, and return the status of the answer.

    :raises AccessDenied, NotFound, StaleForm: as they came; these have pages of their own.
    """
    status = status_in_place(refusal)
    for problem in refusal.problems if isinstance(refusal, BadInput) else ():
        form.add_error(problem.column if problem.column in form.fields else None, sentence(problem))
    if not isinstance(refusal, BadInput):
        form.add_error(None, sentence(refusal))
    return status


def status_in_place(refusal: Refusal) -> int:
    """The status of a page that shows a refusal itself. :raises AccessDenied, NotFound, StaleForm: as they came."""
    if isinstance(refusal, AccessDenied | NotFound | StaleForm):
        raise refusal
    return status_of(refusal)


def form_status(request: HttpRequest) -> int:
    """200 for a page that is looked at, 422 for a form that was sent and is shown again."""
    return 422 if request.method == "POST" else 200
