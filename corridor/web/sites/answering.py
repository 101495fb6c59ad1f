"""A form of its own about a site or what stands there: acted on, or shown (again)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from corridor.kernel.errors import NotFound, Refusal
from corridor.web.posting import form_status, shown_on
from corridor.web.wording import sentence


def form_answer(
    request: HttpRequest, form: Form, act: Callable[[dict[str, Any]], object], *, words: dict[str, Any], back: tuple[str, str]
) -> HttpResponse:  # fmt: skip
    """
    ``words`` are title, button, lead, and what is said when it is done (and, for a page with more around its form, its ``template`` and what it
    shows); ``back`` is a label and the address to go back to.
    """
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except NotFound as unknown:
            form.add_error(None, sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, words["done"])
            return redirect(back[1])
    template = words.get("template", "partials/form_page.html")
    return render(request, template, {"form": form, "back": back, "lead": "", **words}, status=status)
