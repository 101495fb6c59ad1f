"""The first page, the desk, and the choices that a reader makes without an account: language, light or dark."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.web.ui import themes

from .beside import beside_the_desk
from .desk import desk_of
from .front import front_page

YEAR = 365 * 24 * 3600


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    front = front_page(on=clock.today(), at=clock.now(), by=request.actor)
    return render(request, "home/home.html", {"front": front})


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    shown = {"desk": desk_of(on=on, by=request.actor), "beside": beside_the_desk(on=on, by=request.actor)}
    return render(request, "home/desk.html", shown)


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie for a year; "auto" forgets the choice."""
    wanted, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if wanted == "auto":
        response.delete_cookie(themes.COOKIE, samesite="Lax")
    elif wanted in {code for code, _label in themes.CHOICES}:
        response.set_cookie(themes.COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
