"""Where I am signed in, and ending that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations.accounts.sessions import end_other_sessions, end_session, list_sessions
from corridor.web.ui.days import number_text


@never_cache
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    found = list_sessions(this=request.session.session_key, by=request.actor)
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    end_session(session_id=session_id, by=request.actor)
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    count = end_other_sessions(this=request.session.session_key, by=request.actor)
    said = ngettext("%(number)s other browser is signed out.", "%(number)s other browsers are signed out.", count)
    messages.success(request, said % {"number": number_text(count)})
    return redirect("usersessions_list")
