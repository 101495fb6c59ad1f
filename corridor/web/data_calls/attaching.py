"""Holding what a member answered beside a published claim."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.answer_data_call import open_sheet
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.indicators import actions, queries
from corridor.web.fields import Chosen
from corridor.web.posting import form_status, posted, shown_on


class ClaimForm(forms.Form):
    """Which claim it bears on, and how."""

    claim = Chosen(label=gettext_lazy("Which claim"))
    note = forms.CharField(label=gettext_lazy("How it bears on it"), max_length=300, required=False)


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, reference: str, member: str, position: int) -> HttpResponse:
    by = request.actor
    by.require(Permission.CLAIM_STATE)
    line = open_sheet(call=reference, member=member, at=clock.now(), by=by).line(position)
    if line is None or line.answer is None:
        raise NotFound(N_("There is no such answer."))
    form, status = ClaimForm(posted(request)), form_status(request)
    form.fields["claim"].offer((each.reference, each.words, each) for each in queries.list_claims(by=by))  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            chosen = form.cleaned_data
            actions.attach_answer(claim=chosen["claim"], answer=line.answer, note=chosen["note"], at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The answer stands beside the claim."))
            return redirect("claims")
    shown = {
        "form": form, "title": _("Hold it beside a claim"), "button": _("Hold it beside"),
        "lead": _("The answer: %(value)s") % {"value": line.answer.value},
        "back": (reference, reverse("data-call-answer", args=[reference, member])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
