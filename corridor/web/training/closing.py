"""The end of a cohort: closing its assessments, and awarding what was proved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.jobs import looking
from corridor.journeys import award_credentials, close_cohort
from corridor.journeys import award_further as further
from corridor.journeys.award_preview import preview_award
from corridor.kernel.errors import Refusal
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.credentials.queries.choices import CredentialKind
from corridor.rooms.credentials.queries.joint import signers_missing
from corridor.rooms.curricula.texts import text_for
from corridor.rooms.training import queries
from corridor.web.posting import form_status, posted, shown_on

from .award_form import AwardForm, FurtherForm


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
    on, at = clock.today(cohort.site.zone), clock.now()
    issuers = _entitled(cohort, request)
    form, status = AwardForm(posted(request), initial={"on": on}), form_status(request)
    form.offer(issuers)
    job = looking.latest_job(kind=award_credentials.KIND, subject=reference, by=request.actor)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            result = award_credentials.award_cohort(
                cohort=cohort, issuer=given["issuer"], on=given["on"], at=at, by=request.actor,
                expires_before=form.expires_before(), only_ready=given["only_ready"], signers=given.get("signers", ()),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _said(result))
            return redirect("award-cohort", reference)
    certificates = credentials.list_credentials(by=request.actor, cohort=cohort)
    # What waits for other members' signatures keeps nobody else from being awarded; what the job signs does.
    unsigned = [each.credential for each in certificates if each.credential.status == "draft"]
    is_open = cohort.status == "assessed" and all(each.prepared for each in unsigned)
    previews = [
        preview_award(cohort=cohort, issuer=each, on=on, at=at, by=request.actor) for each in issuers if is_open
    ]
    shown = {
        "cohort": cohort, "form": form, "job": job, "issuers": issuers, "certificates": certificates, "previews": previews,
        # What is in the way of learners, and what would be said, is the same whoever issues.
        "first": previews[0] if previews else None,
        "signers": signers_missing(cohort=cohort, by=request.actor),
        "is_open": is_open and (not certificates or bool(previews and previews[0].learners)),
        "may_further": bool(issuers) and cohort.status not in {"planned", "cancelled"},
    }  # fmt: skip
    return render(request, "training/award.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def award_further(request: HttpRequest, reference: str) -> HttpResponse:
    """Certificates beside award and statement: of a unit, a module, attendance, a teacher in training."""
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.CREDENTIAL_AWARD, on=cohort)
    form, status = FurtherForm(posted(request), initial={"on": clock.today(cohort.site.zone)}), form_status(request)
    units = cohort.curriculum_version.units.prefetch_related("titles").order_by("position")
    named = [(each.code, f"{each.code} {text_for(each.titles.all(), get_language() or 'en').text}") for each in units]
    form.offer(_entitled(cohort, request))
    form.offer_kinds(kinds=further.FURTHER, units=named)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = further.award_further(
                cohort=cohort, kind=CredentialKind(given["kind"]), units=given["units"], issuer=given["issuer"], on=given["on"],
                at=clock.now(), by=request.actor, expires_before=form.expires_before(), only_ready=given["only_ready"],
                signers=given.get("signers", ()),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            done = ngettext("%(count)s certificate is signed.", "%(count)s certificates are signed.", len(made))
            messages.success(request, done % {"count": len(made)})
            return redirect("award-cohort", reference)
    shown = {
        "form": form, "title": _("Give another kind of certificate"), "button": _("Give and sign"),
        "lead": _("Every learner for whom the records hold what the kind demands gets one, beside an award or a statement."),
        "back": (_("Certificates of the cohort"), reverse("award-cohort", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _entitled(cohort: Any, request: HttpRequest) -> list[Any]:
    """The members that may issue for the cohort's programme at its site today."""
    rows = credentials.list_entitlements(by=request.actor, site=cohort.site_id).prefetch_related("issuer__names")
    found = [
        each.issuer
        for each in rows
        if each.programme_id == cohort.programme_id and each.covers(clock.today(cohort.site.zone))
    ]
    return list({each.pk: each for each in found}.values())


def _said(result: award_credentials.Awarding) -> str:
    if result.waiting:
        return _("%(awards)s awards and %(statements)s statements are being signed; %(waiting)s learners wait.") % {
            "awards": result.awards, "statements": result.statements, "waiting": result.waiting,
        }  # fmt: skip
    return _("%(awards)s awards and %(statements)s statements are being signed; %(nothing)s learners have proved nothing to certify.") % {
        "awards": result.awards, "statements": result.statements, "nothing": result.nothing,
    }  # fmt: skip
