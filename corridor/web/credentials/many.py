"""One step for many certificates at once: first what it would do, then doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.training import queries as training
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import ManyForm

LEADS_ON = {
    ManyStep.SUSPEND: {CredentialStatus.ISSUED},
    ManyStep.LIFT: {CredentialStatus.SUSPENDED},
    ManyStep.REPLACE: {CredentialStatus.ISSUED},
    ManyStep.REVOKE: {CredentialStatus.ISSUED, CredentialStatus.SUSPENDED},
}


@require_http_methods(["GET", "POST"])
def change_many(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.CREDENTIAL_REVOKE)
    form, status, effects = ManyForm(posted(request)), form_status(request), []
    if form.is_bound and form.is_valid():
        step, why = ManyStep(form.cleaned_data["step"]), Why(form.cleaned_data["why"])
        is_sure = "sure" in request.POST
        try:
            effects = actions.change_many(
                credentials=_meant(form.cleaned_data, step, request), step=step, why=why, on=clock.today(), at=clock.now(), by=by,
                dry_run=not is_sure,
            )  # fmt: skip
        except NotFound as unknown:
            form.add_error("references", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            if is_sure:
                done = ngettext(
                    "%(count)s certificate is changed, and the status list says so.",
                    "%(count)s certificates are changed, and the status lists say so.",
                    len(effects),
                )
                messages.success(request, done % {"count": len(effects)})
                return redirect("credentials")
            status = 200
    told = sum(each.is_told for each in effects)
    shown = {"form": form, "effects": effects, "told": told, "untold": len(effects) - told}
    return render(request, "credentials/many.html", shown, status=status)


def _meant(given: dict[str, Any], step: ManyStep, request: HttpRequest) -> list[Any]:
    """Those that are named; of a cohort those from whose state the step leads on."""
    named = queries.get_credentials(references=given["references"], by=request.actor)
    if given["cohort"]:
        cohort = training.get_cohort(reference=given["cohort"], by=request.actor)
        rows = queries.list_credentials(by=request.actor, cohort=cohort)
        named += [row.credential for row in rows if row.credential.status in LEADS_ON[step]]
    return named
