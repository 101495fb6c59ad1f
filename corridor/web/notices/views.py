"""What I was told, how I wish to be told, and the link of a mail that mutes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.notices import reading, wishing
from corridor.kernel.errors import Refusal
from corridor.web.posting import form_status, posted, shown_on

from .forms import WishesForm


@never_cache
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    page = reading.list_notices(by=request.actor, before=_key(request.GET.get("before", "")))
    return render(request, "notices/notices.html", {"page": page, "unread": reading.count_unread(by=request.actor)})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """One notice or all; ``key`` says which."""
    reading.mark_read(at=clock.now(), by=request.actor, key=_key(request.POST.get("key", "")))
    return redirect("notices")


@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest) -> HttpResponse:
    by = request.actor
    held = wishing.wishes_of(by=by)
    before = {
        "rhythm": held.rhythm, "language": held.language, "zone": held.zone, "quiet_from": held.quiet_from,
        "quiet_until": held.quiet_until, "muted": sorted(wishing.muted_by(by=by)),
    }  # fmt: skip
    form, status = WishesForm(posted(request), initial=before), form_status(request)
    if form.is_valid():
        try:
            wishing.wish(draft=form.draft(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("From now on you are told as you wish."))
            return redirect("notice-settings")
    return render(request, "notices/settings.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def mute(request: HttpRequest, key: str) -> HttpResponse:
    """The link asks first: programs that look at mail open links."""
    event = wishing.event_of_key(key=key)
    if request.method == "POST":
        wishing.mute_by_key(key=key, by=request.actor)
    return render(request, "notices/mute.html", {"event": event.label, "is_done": request.method == "POST"})


def _key(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
