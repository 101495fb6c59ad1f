"""The secretariat's editors: forms of application in versions, kinds of document, and the wording of letters."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.members import actions, queries
from corridor.rooms.members.application_kinds import LetterKind, PartSort
from corridor.web.posting import form_status, posted, shown_on, status_in_place
from corridor.web.wording import sentence

from .editing_forms import DocumentForm, LetterForm, part_form

form_page = require_http_methods(["GET", "POST"])


@require_GET
def form_list(request: HttpRequest) -> HttpResponse:
    states = queries.form_states(on=clock.today(), by=request.actor)
    documents = queries.documents_asked(by=request.actor)
    return render(request, "applications/forms.html", {"states": states, "documents": documents})


@require_POST
def begin_draft(request: HttpRequest, kind: str) -> HttpResponse:
    actions.draft_form(kind=kind, by=request.actor)
    return redirect("application-form", kind)


@require_GET
def editor(request: HttpRequest, kind: str) -> HttpResponse:
    outline = queries.get_outline(kind=kind, by=request.actor)
    return render(request, "applications/editor.html", {"outline": outline, "kind": kind})


@require_GET
def version_page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    outline = queries.get_outline(kind=kind, number=number, by=request.actor)
    return render(request, "applications/editor.html", {"outline": outline, "kind": kind, "is_fixed": True})


@form_page
def add_part(request: HttpRequest, kind: str, sort: str) -> HttpResponse:
    by = request.actor
    outline = queries.get_outline(kind=kind, by=by)
    if sort not in PartSort.values:
        raise NotFound(N_("The draft of this form has no such part."))
    under = queries.get_part(kind=kind, key=_key(request), by=by) if sort in {"question", "option"} else None
    form, status = part_form(sort, posted(request), documents=queries.documents_asked(by=by)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.add_part(version=outline.version, sort=PartSort(sort), under=under, draft=form.draft(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Added."))
            return redirect("application-form", kind)
    shown = {
        "form": form, "title": _("Add to the form: %(sort)s") % {"sort": PartSort(sort).label}, "button": _("Add it"),
        "back": (outline.version.get_kind_display(), reverse("application-form", args=[kind])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("under", ""))
    except ValueError:
        raise NotFound(N_("The draft of this form has no such part.")) from None


@form_page
def edit_part(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    by = request.actor
    part = queries.get_part(kind=kind, key=key, by=by)
    form, status = (
        part_form(part.sort, posted(request), documents=queries.documents_asked(by=by), part=part),
        form_status(request),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.edit_part(part=part, draft=form.draft(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("application-form", kind)
    shown = {
        "form": form, "title": _("Edit: %(part)s") % {"part": part.said("en")[0]}, "button": _("Write it down"),
        "back": (part.version.get_kind_display(), reverse("application-form", args=[kind])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def move_part(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    steps = -1 if "up" in request.POST else 1
    actions.move_part(part=queries.get_part(kind=kind, key=key, by=request.actor), steps=steps, by=request.actor)
    return redirect(f"{reverse('application-form', args=[kind])}#part-{key}")


@require_POST
def leave_out(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    actions.leave_out_part(part=queries.get_part(kind=kind, key=key, by=request.actor), by=request.actor)
    messages.success(request, _("It is left out from this draft on."))
    return redirect("application-form", kind)


@require_POST
def publish(request: HttpRequest, kind: str) -> HttpResponse:
    outline = queries.get_outline(kind=kind, by=request.actor)
    try:
        actions.publish_form(version=outline.version, on=clock.today(), by=request.actor)
    except Refusal as refusal:
        shown = {"outline": outline, "kind": kind, "refused": sentence(refusal)}
        return render(request, "applications/editor.html", shown, status=status_in_place(refusal))
    messages.success(request, _("Published: new applications begin with this version; those under way keep theirs."))
    return redirect("application-forms")


@form_page
def new_document(request: HttpRequest) -> HttpResponse:
    queries.documents_asked(by=request.actor)
    form, status = DocumentForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.name_document(code=form.cleaned_data["code"], wordings=form.wordings(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Questions and conditions can ask for it now."))
            return redirect("application-forms")
    shown = {
        "form": form, "title": _("Name a kind of document"), "button": _("Write it down"),
        "back": (_("Forms"), reverse("application-forms")),
        "lead": _("A document that several questions and conditions ask for is handed in once."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_GET
def letter_list(request: HttpRequest) -> HttpResponse:
    wordings = queries.letter_wordings(languages=[code for code, _name in settings.LANGUAGES], by=request.actor)
    return render(request, "applications/letters.html", {"wordings": wordings})


@form_page
def edit_letter(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    by = request.actor
    if language not in dict(settings.LANGUAGES):
        raise NotFound(N_("There is no such letter."))
    wording = queries.letter_wording(kind=kind, language=language, by=by)
    initial = {"subject": wording.subject, "body": wording.body, "version": wording.version}
    form, status = LetterForm(posted(request), initial=initial), form_status(request)
    if form.is_bound and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            actions.word_letter(kind=LetterKind(kind), language=language, **given, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Letters written from now on say this; those sent stay as they are."))
            return redirect("application-letters")
    shown = {
        "form": form, "title": _("Word a letter"), "button": _("Write it down"),
        "lead": f"{wording.kind.label} · {dict(settings.LANGUAGES)[language]}",
        "back": (_("Letters"), reverse("application-letters")),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
