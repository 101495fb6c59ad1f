"""Making a data call: its questions, opening it, reminding, closing. For the secretariat."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.answer_data_call import add_call_question, draft_data_call
from corridor.journeys.remind_members import remind_of_call
from corridor.kernel.errors import Refusal
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.indicators.code_words import dimension_word
from corridor.rooms.members import actions, queries
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.days import number_text

from .forms import CallForm, DeadlineForm, QuestionForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def new_call(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.DATA_CALL_MAKE)
    form, status = CallForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            made = draft_data_call(draft=form.draft(), on=clock.today(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(call)s is a draft. Write its questions, then open it.") % {"call": made.reference}
            )
            return redirect("data-call", made.reference)
    shown = {
        "form": form, "title": _("A new data call"), "button": _("Write it down"), "back": (_("Data calls"), reverse("data-calls")),
        "lead": _("Nobody is asked before you open it."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def set_deadline(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.DATA_CALL_MAKE)
    call = queries.get_call(reference=reference, by=by)
    form = DeadlineForm(posted(request), initial={"due_on": call.due_on, "version": call.version})
    status = form_status(request)
    if form.is_valid():
        try:
            actions.set_deadline(call=call, **form.cleaned_data, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The deadline is written down."))
            return redirect("data-call", reference)
    shown = {
        "form": form, "title": _("Another deadline"), "button": _("Write it down"),
        "lead": _("Until the call is open. Who is asked keeps the day that stood there then."),
        "back": (reference, reverse("data-call", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@form_page
def add_question(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.DATA_CALL_MAKE)
    call = queries.get_call(reference=reference, by=by)
    countable = [
        (
            f"{code}/{dimension}",
            _("%(title)s, by %(dimension)s") % {"title": title, "dimension": dimension_word(dimension)},
        )
        for code, dimension, title in indicators.countable_for_members(by=by)
    ]
    form = QuestionForm(posted(request), countable=countable, initial={"version": call.version})
    status = form_status(request)
    if form.is_valid():
        try:
            add_call_question(call=call, question=form.draft(), version=form.cleaned_data["version"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The question is written down."))
            return redirect("data-call", reference)
    shown = {
        "form": form, "title": _("Add a question"), "button": _("Add it"), "lead": "",
        "back": (reference, reverse("data-call", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def drop_question(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    request.actor.require(Permission.DATA_CALL_MAKE)
    call = queries.get_call(reference=reference, by=request.actor)
    actions.drop_question(call=call, position=position, version=call.version, by=request.actor)
    messages.success(request, _("The question is gone."))
    return redirect("data-call", reference)


@require_POST
def open_call(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.DATA_CALL_MAKE)
    call = queries.get_call(reference=reference, by=request.actor)
    asked = actions.open_call(call=call, on=clock.today(), at=clock.now(), by=request.actor)
    words = ngettext("One member is asked.", "%(count)s members are asked.", asked)
    messages.success(request, words % {"count": number_text(asked)})
    return redirect("data-call", reference)


@require_POST
def close_call(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.DATA_CALL_MAKE)
    actions.close_call(call=queries.get_call(reference=reference, by=request.actor), on=clock.today(), by=request.actor)
    messages.success(request, _("The data call is closed."))
    return redirect("data-call", reference)


@require_POST
def remind(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.DATA_CALL_MAKE)
    call = queries.get_call(reference=reference, by=request.actor)
    told = remind_of_call(call=call, on=clock.today(), at=clock.now(), by=request.actor)
    words = ngettext("One account is reminded.", "%(count)s accounts are reminded.", told)
    messages.success(request, words % {"count": number_text(told)})
    return redirect("data-call", reference)
