"""The end of a cohort: closing its assessments, and awarding what was proved."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.jobs import looking
from corridor.journeys import award_credentials, close_cohort
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.training import queries
from corridor.web.posting import form_status, posted, shown_on

from .award_form import AwardForm


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    in_the_way = close_cohort.obstacles(cohort=cohort, by=request.actor)
    if request.method == "POST":
        closing = close_cohort.close_cohort(cohort=cohort, on=clock.today(), by=request.actor)
        done = ngettext(
            "The cohort is closed: %(count)s learner has completed.", "The cohort is closed: %(count)s learners have completed.",
            closing.completed,
        )  # fmt: skip
        messages.success(request, done % {"count": closing.completed})
        return redirect("cohort", reference)
    learners = queries.list_learners(cohort=cohort, by=request.actor)
    attending = sum(row.enrolment.status == "attending" for row in learners)
    shown = {"cohort": cohort, "obstacles": in_the_way, "attending": attending}
    return render(request, "training/close.html", shown)


@require_http_methods(["GET", "POST"])
def award(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.CREDENTIAL_AWARD, on=cohort)
    on, at = clock.today(), clock.now()
    entitled = credentials.list_entitlements(by=request.actor, site=cohort.site_id).prefetch_related("issuer__names")
    issuers = [each.issuer for each in entitled if each.programme_id == cohort.programme_id and each.covers(on)]
    form, status = AwardForm(posted(request), initial={"on": on}), form_status(request)
    form.fields["issuer"].offer_issuers(issuers)
    job = looking.latest_job(kind=award_credentials.KIND, subject=reference, by=request.actor)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            result = award_credentials.award_cohort(
                cohort=cohort, issuer=given["issuer"], on=given["on"], at=at, by=request.actor,
                expires_before=form.expires_before(),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _said(result))
            return redirect("award-cohort", reference)
    shown = {
        "cohort": cohort, "form": form, "job": job, "issuers": issuers, "previews": _previews(cohort, issuers, request),
        "certificates": credentials.list_credentials(by=request.actor, cohort=cohort),
    }  # fmt: skip
    return render(request, "training/award.html", shown, status=status)


def _previews(
    cohort: Any, issuers: Iterable[Any], request: HttpRequest
) -> list[tuple[Any, award_credentials.Awarding | None, Refusal | None]]:
    """What awarding would give, for each issuer: an Awarding, or the refusal that it would meet."""
    return [(issuer, *_preview(cohort, issuer, request)) for issuer in issuers if cohort.status == "assessed"]


def _preview(
    cohort: Any, issuer: Any, request: HttpRequest
) -> tuple[award_credentials.Awarding | None, Refusal | None]:
    on, at = clock.today(), clock.now()
    try:
        preview = award_credentials.preview_awarding(cohort=cohort, issuer=issuer, on=on, at=at, by=request.actor)
    except Refusal as refusal:
        return None, refusal
    return preview, None


def _said(result: award_credentials.Awarding) -> str:
    return _("%(awards)s awards and %(statements)s statements are being signed; %(nothing)s learners have proved nothing to certify.") % {
        "awards": result.awards, "statements": result.statements, "nothing": result.nothing,
    }  # fmt: skip
