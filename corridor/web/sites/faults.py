"""The page behind the label on a machine: three taps, without an account, and without a network."""

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.kernel.errors import Refusal
from corridor.rooms.sites import actions, queries
from corridor.web.posting import posted, shown_on

from .upkeep_forms import LabelForm


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def by_label(request: HttpRequest, secret: str) -> HttpResponse:
    on = clock.today()
    machine = queries.equipment_behind(secret=secret, on=on, by=request.actor)
    form, status = LabelForm(posted(request)), 422 if request.method == "POST" else 200
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.report_by_label(
                secret=secret, what=given["what"], words=given["words"], key=given["key"], on=given["on"] or on,
                address=get_client_ip_address(request) or "", at=clock.now(), by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            return redirect(reverse("fault-by-label", args=[secret]) + "?sent=yes")
    shown = {
        "machine": machine, "form": form, "choices": queries.FAULT_KINDS, "secret": secret,
        "standing": queries.open_fault_of(equipment=machine, by=request.actor), "was_sent": "sent" in request.GET,
    }  # fmt: skip
    return render(request, "sites/fault.html", shown, status=status)


@login_not_required
@require_GET
def without_network(request: HttpRequest) -> HttpResponse:
    """What the browser keeps for a label that it never saw: the same buttons, without the name of the machine."""
    return render(request, "sites/fault.html", {"machine": None, "choices": queries.FAULT_KINDS, "form": LabelForm()})
