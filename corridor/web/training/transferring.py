"""Moving one learner to another cohort, here or at another site."""

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
from corridor.kernel.errors import Refusal
from corridor.rooms.training import actions, queries
from corridor.rooms.training.actions import Transfer
from corridor.web.fields import Chosen, DayField
from corridor.web.posting import form_status, posted, shown_on


class TransferForm(forms.Form):
    """Where to, from which day, and why."""

    to = Chosen(label=_("To which cohort"))
    on = DayField(label=_("From which day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    def offer(self, cohorts: list[Any]) -> None:
        field: Any = self.fields["to"]
        field.offer(
            [(each.reference, f"{each.reference} · {each.site.city}", each) for each in cohorts],
            empty=now("Choose a cohort"),
        )


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    enrolment = queries.get_enrolment(cohort=reference, number=number, by=by)
    by.require(Permission.LEARNER_ENROL, on=enrolment.cohort)
    form, status = TransferForm(posted(request), initial={"on": clock.today()}), form_status(request)
    form.offer(queries.cohorts_to_move_to(enrolment=enrolment, by=by))
    if form.is_bound and form.is_valid():
        try:
            place = actions.transfer_learner(transfer=Transfer(enrolment=enrolment, **form.cleaned_data), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = now(
                "The learner has moved to seat %(number)s of %(cohort)s. What was attended and decided stays with the old place."
            )
            messages.success(request, said % {"number": place.number, "cohort": place.cohort.reference})
            return redirect("cohort", place.cohort.reference)
    return render(request, "training/transfer.html", {"form": form, "enrolment": enrolment}, status=status)
