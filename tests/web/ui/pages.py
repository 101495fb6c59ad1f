"""Pages that say every no, as an urlconf for the tests of the frame."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from corridor.kernel.errors import AccessDenied, BadInput, NotFound, Problem, StaleForm, WrongMoment
from corridor.urls import handler400, handler403, handler404

__all__ = ["handler400", "handler403", "handler404", "urlpatterns"]

REFUSALS = {
    403: AccessDenied("Only %(member)s may sign here.", member="Vientiane"),
    404: NotFound("There is no such agreement."),
    409: WrongMoment("It was signed by %(count)s parties.", count=2914),
    422: BadInput([Problem("The day is missing.", row=7, column="due_on")]),
}


@login_not_required
def refuse(_request: HttpRequest, status: int) -> HttpResponse:
    raise REFUSALS[status]


@login_not_required
def stale(_request: HttpRequest) -> HttpResponse:
    raise StaleForm("Somebody else changed it.", theirs="forty learners", yours="thirty learners")


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


@login_not_required
def field(request: HttpRequest) -> HttpResponse:
    return render(request, "field.html")


@login_not_required
def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


def private(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


urlpatterns = [
    path("", include("corridor.web.home.urls")),
    path("", include("corridor.web.accounts.urls")),
    path("", include("corridor.web.training.urls")),
    path("refuse/<int:status>/", refuse),
    path("stale/", stale),
    path("public/", public),
    path("field/", field),
    path("take/", take),
    path("private/", private),
]
