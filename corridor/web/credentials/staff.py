"""Certificates as staff and their holders see them signed in: the list, one with what became of it, and what stands behind."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions import Effect, ManyStep
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import CredentialStatus
from corridor.rooms.credentials.queries import attestations
from corridor.rooms.training import queries as training
from corridor.web.posting import form_status, posted, shown_on

from .forms import LIFT, REPLACE, REVOKE, SUSPEND, ChangeForm, CredentialFilter

PER_PAGE = 50
STEPS = {
    CredentialStatus.ISSUED: [SUSPEND, REPLACE, REVOKE],
    CredentialStatus.SUSPENDED: [LIFT, REVOKE],
}
TAKE: dict[str, Callable[..., Any]] = {
    SUSPEND: actions.suspend_credential,
    LIFT: actions.lift_suspension,
    REPLACE: actions.replace_credential,
    REVOKE: actions.revoke_credential,
}


@require_GET
def credential_list(request: HttpRequest) -> HttpResponse:
    asked = CredentialFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    cohort = chosen.get("cohort") and training.get_cohort(reference=chosen["cohort"], by=request.actor)
    rows = queries.list_credentials(
        by=request.actor, cohort=cohort or None, status=chosen.get("status") or None,
        after=request.GET.get("after", ""), limit=PER_PAGE + 1,
    )  # fmt: skip
    shown = {
        "form": asked,
        "rows": rows[:PER_PAGE],
        "next": rows[PER_PAGE - 1].credential.reference if len(rows) > PER_PAGE else "",
        "may_change": request.actor.may(Permission.CREDENTIAL_REVOKE),
        "may_set_layout": request.actor.holds_somewhere(Permission.LAYOUT_SET),
        "states": [("", _("All")), *((each.value, each.label) for each in CredentialStatus)],
    }
    return render(request, "credentials/credentials.html", shown)


@require_http_methods(["GET", "POST"])
def credential_record(request: HttpRequest, reference: str) -> HttpResponse:
    credential = queries.get_credential(reference=reference, by=request.actor)
    form = ChangeForm(posted(request))
    form.offer(STEPS.get(CredentialStatus(credential.status), []))
    status, effects = form_status(request), list[Effect]()
    if request.method == "POST" and form.is_valid():
        step, why = form.cleaned_data["step"], Why(form.cleaned_data["why"])
        on, at, by = clock.today(), clock.now(), request.actor
        try:
            # Only the step of which was shown what it would do.
            if request.POST.get("sure") == step:
                stands = TAKE[step](credential=credential, on=on, at=at, by=by, why=why)
                messages.success(request, _("It is done, and the status list says so from now on."))
                return redirect("credential", stands.reference)
            effects = actions.change_many(
                credentials=[credential], step=ManyStep(step), why=why, on=on, at=at, by=by, dry_run=True
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            status = 200
    elif request.method == "POST":
        request.actor.require(Permission.CREDENTIAL_REVOKE, on=credential)
    issued, told = bool(credential.document), sum(each.is_told for each in effects)
    shown = {
        "credential": credential,
        "facts": queries.certificate_facts(credential=credential, by=request.actor) if issued else None,
        "form": form,
        "effects": effects,
        "told": told,
        "untold": len(effects) - told,
        "is_in_force": queries.is_in_force(credential=credential, by=request.actor),
        "is_own": issued and queries.is_holder(credential=credential, by=request.actor),
        "endorsements": attestations.endorsements_of(credential=credential, by=request.actor) if issued else [],
        "may_hand_over": issued and request.actor.may(Permission.CREDENTIAL_HAND_OVER, on=credential),
        "changes": [
            {"day": each.effective_on, "status": each.to_status, "reason": str(dict(Why.choices).get(each.reason, ""))}
            for each in reversed(credential.changes.all())
        ],
        "may_change": bool(form.fields["step"].choices)
        and request.actor.may(Permission.CREDENTIAL_REVOKE, on=credential),
    }
    return render(request, "credentials/record.html", shown, status=status)


@require_GET
def entitlement_list(request: HttpRequest) -> HttpResponse:
    rows = queries.list_entitlements(by=request.actor)
    shown = {"rows": rows, "on": clock.today(), "may_grant": request.actor.may(Permission.ENTITLEMENT_GRANT)}
    return render(request, "credentials/entitlements.html", shown)


@require_GET
def recognition_list(request: HttpRequest) -> HttpResponse:
    rows = queries.list_recognitions(by=request.actor)
    shown = {"rows": rows, "may_state": request.actor.may(Permission.RECOGNITION_STATE)}
    return render(request, "credentials/recognition.html", shown)
