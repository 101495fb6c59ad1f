"""Lists of a member that left and signs them elsewhere: what is served here, and a newer one brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import SignedElsewhere
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .forms import ListElsewhereForm


@require_http_methods(["GET", "POST"])
def lists_elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    member = members.get_organisation(reference=reference, by=by)
    lists = queries.lists_signed_elsewhere(organisation=member, by=by)
    form, status = ListElsewhereForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = SignedElsewhere(form.cleaned_data["signed_list"], form.cleaned_data["companion"])
        try:
            done = actions.take_lists_back(
                organisation=member, lists=[given], on=clock.today(), at=clock.real_now(), by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            for each in done:
                said = _("Number %(number)s is served from now on. Changed here with it: %(changed)s.")
                messages.success(
                    request, said % {"number": each.number, "changed": ", ".join(each.changed) or _("nothing")}
                )
            if not done:
                messages.info(request, _("That list is the one that is served already."))
            return redirect("lists-elsewhere", reference)
    shown = {"member": member, "lists": lists, "form": form, "now": clock.real_now()}
    return render(request, "credentials/lists_elsewhere.html", shown, status=status)
