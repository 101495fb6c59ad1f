"""The phones on which an account keeps registers; one that is lost is taken off here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.foundations.journal import keeping, queries


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    return render(request, "journal/devices.html", {"rows": list(queries.my_devices(by=request.actor))})


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    found = queries.get_my_device(key=key, by=request.actor)
    keeping.withdraw_device(device=found, at=clock.real_now(), by=request.actor)
    messages.success(request, _("The device is taken off. What it kept is still taken when it comes."))
    return redirect("devices")
