"""What a place is accredited for: written down with its paper, ended, and the paper opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import Refusal
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts import AccreditationDraft
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .forms import AcceptForm, AccreditationForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def accredit(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_EDIT, on=site)
    form, status = AccreditationForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        paper = given["paper"]
        upload = Upload(paper.name, paper.read(), given["accredited_for"], kind="accreditation") if paper else None
        draft = AccreditationDraft(
            site,
            given["accredited_by"],
            given["accredited_for"],
            given["starts_on"],
            form.ends_before(),
            given["number"],
            upload,
        )
        try:
            actions.accredit_sites(accreditations=[draft], at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The accreditation is written down."))
            return redirect("site", reference)
    return render(request, "sites/accredit.html", {"form": form, "site": site}, status=status)


@form_page
def end(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    accreditation = queries.get_accreditation(site=reference, key=key, by=by)
    by.require(Permission.SITE_EDIT, on=accreditation)
    form, status = AcceptForm(posted(request), initial={"on": clock.today()}), form_status(request)
    form.fields["on"].label = _("Without it from the day")
    if form.is_bound and form.is_valid():
        try:
            actions.end_accreditation(accreditation=accreditation, ends_before=form.cleaned_data["on"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The accreditation ends."))
            return redirect("site", reference)
    shown = {
        "form": form, "title": _("End an accreditation"), "button": _("End it"), "lead": accreditation.accredited_for,
        "back": (reference, reverse("site", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def paper(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    document, content = queries.open_accreditation_paper(site=reference, key=key, by=request.actor)
    return file_answer(document, content)
