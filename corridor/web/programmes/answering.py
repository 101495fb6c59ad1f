"""Forms about a programme: shown on a page of their own, or done and answered with the page that they change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from corridor.kernel.errors import NotFound, Refusal
from corridor.web.posting import form_status, shown_on
from corridor.web.wording import sentence


def answer(
    request: HttpRequest,
    form: Any,
    write: Callable[[dict[str, Any]], None],
    *,
    back: tuple[str, str],
    done: str,
    template: str = "partials/form_page.html",
    **shown: Any,
) -> HttpResponse:
    """``write`` does what the form says; then the reader is told ``done`` and goes back."""
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            write(form.cleaned_data)
        except NotFound as missing:
            form.add_error(None, sentence(missing))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back[1])
    return render(request, template, {"form": form, "back": back, **shown}, status=status)
