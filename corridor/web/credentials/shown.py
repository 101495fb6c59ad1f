"""What a holder shows to whoever has the link: the chosen parts, and whether the certificate stands in this moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from corridor.foundations import clock
from corridor.foundations.attempts import TooManyAttempts
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.queries import Looking
from corridor.rooms.credentials.refusals import ShowingIsOver
from corridor.web.errors import answer
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .documents import for_the_holder
from .own_forms import LookForm
from .verdict_words import page_of

GO_ON = "look"
# What may have become of a certificate since its holder made the link.
FALLEN = frozenset({Word.REVOKED, Word.SUSPENDED, Word.REPLACED, Word.EXPIRED})


def _of_a_showing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is over says so and shows nothing; what is shown is kept by nobody on the way and named in no index."""

    @login_not_required
    @never_cache
    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except ShowingIsOver as over:
            way_out = _("Ask its holder to show it again, if you need it still.")
            response = answer(request, 410, text=sentence(over), way_out=way_out, rule=over.code)
        except TooManyAttempts as enough:
            response = answer(
                request, 429, text=sentence(enough), way_out=_("Many have looked at this in the last hour.")
            )
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "same-origin"
        return response

    return seen


@_of_a_showing
@require_http_methods(["GET", "HEAD", "POST"])
def shown_page(request: HttpRequest, token: str) -> HttpResponse:
    form, status = LookForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            actions.give_name(token=token, name=form.cleaned_data["name"], at=clock.now(), by=request.actor)
        except (ShowingIsOver, TooManyAttempts):
            raise
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Thank you. The holder reads your name."))
            return redirect(f"{request.path}?{GO_ON}")
    found = actions.look_at(token=token, at=clock.now(), by=request.actor)
    if found.showing.looking == Looking.ASKED and GO_ON not in request.GET:
        asked = {"form": form, "go_on": f"{request.path}?{GO_ON}", "until": found.showing.ends_at}
        return render(request, "credentials/shown_asked.html", asked, status=status)
    certificates = [(each, page_of(each.verdict)) for each in found.certificates]
    shown = {
        "shown": found,
        "showing": found.showing,
        "certificates": certificates,
        "token": token,
        "parts": found.parts,
        "has_fallen": bool(certificates) and certificates[0][0].verdict.word in FALLEN,
    }
    return render(request, "credentials/shown.html", shown)


@_of_a_showing
@require_safe
def shown_file(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The signed token behind what is shown: anybody can verify it again, and it says no more than the page."""
    found = actions.look_at(token=token, at=clock.now(), by=request.actor)
    if not 1 <= number <= len(found.certificates):
        raise NotFound(N_("There is nothing shown at this address. Copy the whole of it, or ask its holder again."))
    text = found.certificates[number - 1].text
    return for_the_holder(text.encode(), queries.FORM_TYPES[queries.FormName.SD_JWT], f"shown-{number}.sd-jwt")
