"""For machines that watch over the house: is it alive, and can it answer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from corridor.foundations.guard.readiness import reach_database


@login_not_required
@require_GET
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def ready(_request: HttpRequest) -> HttpResponse:
    """The process answers and reaches its database."""
    reach_database()
    return HttpResponse("ok", content_type="text/plain")
