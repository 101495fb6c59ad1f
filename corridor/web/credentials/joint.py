"""What waits for a member's signature beside an issuer's, and signing it: by who keeps the member's keys, with a second factor."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.co_sign_credentials import co_sign_credentials
from corridor.journeys.guard_keys import require_proved_twice
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials.queries import joint
from corridor.rooms.members import queries as members
from corridor.web.agreements.proving import ask_for_second_factor, has_given_second_factor
from corridor.web.posting import form_status, posted, shown_on


class SignForm(forms.Form):
    member = forms.SlugField(max_length=60)
    cohort = forms.SlugField(max_length=40)


@require_http_methods(["GET", "POST"])
def signatures(request: HttpRequest) -> HttpResponse:
    rows = joint.asked_to_sign(by=request.actor)
    form, status = SignForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        member = members.get_organisation(reference=given["member"], by=request.actor)
        request.actor.require(Permission.KEY_MAKE, on=member)
        try:
            require_proved_twice(is_given=has_given_second_factor(request), by=request.actor)
            waiting = joint.waiting_of(member=member, cohort=given["cohort"], by=request.actor)
            signed = co_sign_credentials(organisation=member, at=clock.now(), by=request.actor, credentials=waiting)
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            done = ngettext("%(count)s certificate is signed.", "%(count)s certificates are signed.", len(signed))
            messages.success(request, done % {"count": len(signed)})
            return redirect("signatures")
    return render(request, "credentials/signatures.html", {"rows": rows, "form": form}, status=status)
