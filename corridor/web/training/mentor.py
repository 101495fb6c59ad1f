"""The page of a mentor in a company, by the link: the weeks of one placement, each to be confirmed once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import VISITOR
from corridor.kernel.errors import Refusal
from corridor.rooms.training import actions, queries
from corridor.web.posting import form_status, posted, shown_on

from .placement_forms import ConfirmForm


@login_not_required
@require_http_methods(["GET", "POST"])
def mentor(request: HttpRequest, secret: str) -> HttpResponse:
    today, at = clock.today(), clock.real_now()
    found = queries.placement_of_mentor(secret=secret, on=today, at=at, by=VISITOR)
    form, status = ConfirmForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.confirm_week(
                secret=secret, week=given["week"], minutes=form.minutes(), remark=given["remark"], today=today, at=at,
                by=VISITOR,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Thank you: the week is confirmed."))
            return redirect("mentor", secret)
    sent = request.POST.get("week", "")
    weeks: list[tuple[Any, Any]] = []
    for week in found.weeks:
        is_sent = form.is_bound and week.starts_on.isoformat() == sent
        first = {"week": week.starts_on, "hours": f"{week.logged / 60:g}"}
        weeks.append((week, None if week.word else form if is_sent else ConfirmForm(initial=first, prefix=None)))
    answer = render(request, "training/mentor.html", {"page": found, "weeks": weeks, "form": form}, status=status)
    add_never_cache_headers(answer)
    # With "no-referrer" a browser would send the form without its origin, and it would be refused.
    answer["X-Robots-Tag"], answer["Referrer-Policy"] = "noindex", "same-origin"
    return answer
