"""Propose a programme, and change what it says of itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations.access import Permission
from corridor.journeys.draft_programme import draft_programme
from corridor.kernel.errors import BadInput, Refusal
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.programmes import actions, queries
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .drafting_forms import COLUMNS, ProgrammeForm, first_words

form_page = require_http_methods(["GET", "POST"])


@form_page
def propose(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.PROGRAMME_PROPOSE)
    first = {
        "agreements": request.GET.get("agreement", "")[:20],
        "announcements": request.GET.get("announcement", "")[:20],
    }
    form = ProgrammeForm(posted(request), initial=first, versions=curricula.list_versions(by=by))
    status = form_status(request)
    if form.is_valid():
        try:
            made = actions.propose_programme(programme=draft_programme(words=form.words(), by=by), by=by)
        except Refusal as refusal:
            status = _shown(form, refusal)
        else:
            messages.success(
                request, _("%(programme)s is proposed. Its story begins here.") % {"programme": made.reference}
            )
            return redirect("programme", made.reference)
    shown = {
        "form": form, "title": _("Propose a programme"), "button": _("Propose it"), "back": (_("Programmes"), reverse("programmes")),
        "lead": _("What members want to run together. Until it is approved, everything of it can be changed."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def change(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.PROGRAMME_PROPOSE)
    programme = queries.get_programme(reference=reference, by=by)
    form = ProgrammeForm(posted(request), initial=first_words(programme), versions=curricula.list_versions(by=by))
    form.fields["reference"].disabled = True
    status = form_status(request)
    if form.is_valid():
        try:
            draft = draft_programme(words=form.words(), by=by)
            actions.change_programme(programme=programme, draft=draft, by=by)
        except Refusal as refusal:
            status = _shown(form, refusal)
        else:
            messages.success(request, _("The programme is changed."))
            return redirect("programme", reference)
    shown = {
        "form": form, "title": _("Change the programme"), "button": _("Change it"),
        "lead": _("While it is proposed everything may change. Later its kind and its curriculum stay, and agreements, members and sites are added."),
        "back": (reference, reverse("programme", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _shown(form: Any, refusal: Refusal) -> int:
    """A problem stands at its field, whatever the room calls the column."""
    if not isinstance(refusal, BadInput):
        return shown_on(form, refusal)
    for problem in refusal.problems:
        column = COLUMNS.get(problem.column, problem.column)
        form.add_error(column if column in form.fields else None, sentence(problem))
    return 422
