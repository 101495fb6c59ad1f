"""Kinds of agreement: the list, and one with its clauses."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations.access import Permission
from corridor.foundations.vocabularies.languages import written_languages
from corridor.kernel.errors import Refusal
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.canonical import clauses_of
from corridor.rooms.agreements.drafts import ClauseDraft, KindDraft
from corridor.rooms.agreements.templates import texts_of
from corridor.web.posting import form_status, posted, shown_on

from .changing_forms import KindForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_KINDS_EDIT)
    rows = [(kind, len({each.number for each in kind.clauses.all()})) for kind in queries.list_kinds(by=request.actor)]
    return render(request, "agreements/kinds.html", {"kinds": rows})


@form_page
def make(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_KINDS_EDIT)
    form = KindForm(posted(request))
    status = form_status(request)
    if form.is_valid():
        try:
            (made,) = actions.make_kinds(kinds=[_draft(form)], by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The kind “%(code)s” is kept.") % {"code": made.code})
            return redirect("agreement-kinds")
    shown = {"form": form, "title": _("Add a kind of agreement")}
    return render(request, "agreements/kind.html", shown, status=status)


@form_page
def change(request: HttpRequest, code: str) -> HttpResponse:
    request.actor.require(Permission.AGREEMENT_KINDS_EDIT)
    kind = queries.get_kind(code=code, by=request.actor)
    form = KindForm(posted(request), initial=_first(kind))
    form.fields["code"].disabled = True
    status = form_status(request)
    if form.is_valid():
        try:
            actions.change_kind(
                kind=kind, draft=_draft(form, kind=kind), version=form.cleaned_data["version"] or 0, by=request.actor
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The kind “%(code)s” is kept.") % {"code": code})
            return redirect("agreement-kinds")
    shown = {"form": form, "kind": kind, "title": _("Change a kind of agreement")}
    return render(request, "agreements/kind.html", shown, status=status)


def _first(kind: Any) -> dict[str, Any]:
    shown = {
        "code": kind.code, "position": kind.position, "signing_order": kind.signing_order, "quorum": kind.quorum,
        "version": kind.version,
    }  # fmt: skip
    shown |= {f"name_{name.language}": name.name for name in kind.names.all()}
    return shown | {f"clauses_{text.language}": text.body for text in texts_of(kind)}


def _draft(form: KindForm, kind: Any = None) -> KindDraft:
    """What was sent; names and clauses in languages that the form does not hold stay as they are."""
    given, languages = form.cleaned_data, {code for code, _own_name in written_languages()}
    names = {each.language: each.name for each in kind.names.all() if each.language not in languages} if kind else {}
    clauses = [
        ClauseDraft(each.language, each.number, each.text)
        for each in (kind.clauses.all() if kind else ())
        if each.language not in languages
    ]
    for code in sorted(languages):
        if given[f"name_{code}"]:
            names[code] = given[f"name_{code}"]
        texts = clauses_of(given[f"clauses_{code}"])
        clauses += [ClauseDraft(code, number, text) for number, text in enumerate(texts, start=1)]
    return KindDraft(
        given["code"],
        names,
        clauses,
        signing_order=given["signing_order"],
        quorum=given["quorum"],
        position=given["position"],
    )
