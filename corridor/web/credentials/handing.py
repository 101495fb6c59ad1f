"""Handing a certificate to a holder without an account: a link by letter, or a sheet with a code to scan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.queries import LinkWay
from corridor.web.posting import form_status, posted, shown_on

from .documents import for_the_holder
from .own_forms import LinkForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def holder_link(request: HttpRequest, reference: str) -> HttpResponse:
    by, at = request.actor, clock.now()
    found = queries.get_credential(reference=reference, by=by)
    by.require(Permission.CREDENTIAL_HAND_OVER, on=found)
    form, status = (
        LinkForm(posted(request), initial={"language": queries.language_of_holder(credential=found, by=by)}),
        form_status(request),
    )
    if form.is_valid():
        way = LinkWay(form.cleaned_data["way"])
        try:
            (made,) = actions.make_links(
                credentials=[found], way=way, language=form.cleaned_data["language"], at=at, by=by
            )
            if way == LinkWay.PAPER:
                sheet = queries.holder_sheets(made=[made], on=clock.today(), by=by)
                return for_the_holder(sheet, "application/pdf", f"{found.reference}-link.pdf")
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The letter is on its way. It works once, with a code that its page sends."))
            return redirect("holder-link", found.reference)
    shown = {"credential": found, "form": form, "links": queries.links_of(credential=found, at=at, by=by), "at": at}
    return render(request, "credentials/holder_link.html", shown, status=status)


@require_POST
def end_link(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_credential(reference=reference, by=request.actor)
    actions.end_holder_link(credential=found, at=clock.now(), by=request.actor)
    messages.success(request, _("It opens nothing any more."))
    return redirect("holder-link", found.reference)
