"""The hours of a cohort: what the curriculum wants, what is planned, what was taught; and who has attended too little to be assessed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries
from corridor.web.fields import Chosen
from corridor.web.posting import form_status, posted, shown_on


class WaiveForm(forms.Form):
    """Who may be assessed in which unit without its hours, and why."""

    which = Chosen(label=_("Who, in which unit"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 2}))


@require_http_methods(["GET", "POST"])
def hours_page(request: HttpRequest, reference: str) -> HttpResponse:
    by, today = request.actor, clock.today()
    cohort = queries.get_cohort(reference=reference, by=by)
    may_waive = by.may(Permission.CAPABILITY_EXCEPT)
    if request.method == "POST" and not may_waive:
        raise AccessDenied(N_("Only the secretariat lets a learner be assessed without the hours of a unit."))
    sees = by.may(Permission.LEARNER_VIEW, on=cohort)
    short = queries.short_of_hours(cohort=cohort, on=today, by=by) if sees else []
    form, status = WaiveForm(posted(request)), form_status(request)
    field: Any = form.fields["which"]
    field.offer(
        [
            (
                f"{each.unit.code}.{each.enrolment.number}",
                f"{each.unit.code}: {each.enrolment.number} {name.own_name}",
                each,
            )
            for each, name in short
        ],
        empty=now("Choose one"),
    )
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.waive_hours(
                enrolment=given["which"].enrolment, unit=given["which"].unit, reason=given["reason"], on=today, by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, now("It is written down: the learner may be assessed in the unit."))
            return redirect("hours", reference)
    rows = queries.hours_of(cohort=cohort, by=by)
    shown = {
        "cohort": cohort, "rows": rows, "short": short, "form": form if may_waive and short else None,
        "delivered": sum(row.total.delivered for row in rows), "wanted": sum(row.total.wanted for row in rows),
    }  # fmt: skip
    return render(request, "training/hours.html", shown, status=status)
