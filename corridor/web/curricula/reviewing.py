"""A claim how a unit compares with another country's is reviewed, by office and day."""

from uuid import UUID

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
from corridor.kernel.errors import Refusal
from corridor.rooms.curricula import actions, queries
from corridor.web.fields import DayField
from corridor.web.posting import form_status, posted, shown_on


class ReviewForm(forms.Form):
    reviewed_by = forms.CharField(
        label=gettext_lazy("Office that reviews"),
        max_length=150,
        help_text=gettext_lazy("An office, never a person's name."),
    )
    on = DayField(label=gettext_lazy("Day"))


@require_http_methods(["GET", "POST"])
def review_claim(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.MAPPING_REVIEW)
    claim = queries.get_claim(key=str(key), by=by)
    form, status = ReviewForm(posted(request), initial={"on": clock.today()}), form_status(request)
    version = claim.unit.version
    page = reverse("unit", args=[version.curriculum.reference, version.version, claim.unit.code])
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.review_mapping(claim=claim, office=given["reviewed_by"], on=given["on"], by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The claim is reviewed."))
            return redirect(page)
    shown = {
        "form": form, "title": _("Review a claim"), "button": _("It is right"),
        "lead": _("%(member)s claims how %(unit)s compares with a unit elsewhere. A claim counts once it is reviewed and has a document.")
        % {"member": claim.claimant.reference, "unit": claim.unit.code},
        "back": (claim.unit.code, page),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
