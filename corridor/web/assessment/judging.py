"""Around a decision: evidence that is added, opened and taken off the list, signatures, and when learners see results."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import SignerRole, Stance
from corridor.rooms.members import queries as members
from corridor.rooms.training import queries as training
from corridor.web.posting import posted, posted_files
from corridor.web.sites.answering import form_answer

from .checklist import criterion_choices, draft_of_file, place_of, sent_file
from .judging_forms import EvidenceForm, ReleaseForm, SignForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def add_evidence(request: HttpRequest, reference: str, unit: str, number: int) -> HttpResponse:
    by = request.actor
    place = place_of(request, reference, unit, number)
    by.require(Permission.EVIDENCE_ADD, on=place.enrolment)
    judging = place.judging(on=clock.today(), by=by)
    form = EvidenceForm(posted(request), posted_files(request))
    form.offer(criterion_choices(judging))

    def act(given: dict[str, Any]) -> None:
        content = sent_file(given["file"])
        draft = draft_of_file(place.enrolment, place.unit, judging.attempt, given, content)
        actions.add_evidence(draft=draft, content=content, at=clock.now(), by=by)

    words = {
        "title": _("Add evidence"), "button": _("Add it"), "done": _("The evidence is kept."),
        "lead": _("About seat %(seat)s in %(unit)s, attempt %(attempt)s.")
        % {"seat": number, "unit": unit, "attempt": judging.attempt},
    }  # fmt: skip
    return form_answer(
        request, form, act, words=words, back=(unit, reverse("decision", args=[reference, unit, number]))
    )


@require_GET
def open_evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    found, content = queries.open_evidence(key=key, by=request.actor)
    kept = found.document
    kind = kept.media_type if kept is not None else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    # Shown, never run: what a stranger's device sent has no rights here.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def discard_evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    found = queries.get_evidence(key=key, by=request.actor)
    actions.discard_evidence(evidence=found, by=request.actor)
    messages.success(request, _("It is taken off the list."))
    if not request.actor.may(Permission.DECISION_RECORD, on=found):
        return redirect("prior-learning")
    cohort = found.enrolment.cohort.reference
    return redirect("decision", cohort, found.unit.code, found.enrolment.number)


@form_page
def sign(request: HttpRequest, reference: str, unit: str, number: int) -> HttpResponse:
    by = request.actor
    place = place_of(request, reference, unit, number)
    by.require(Permission.DECISION_RECORD, on=place.enrolment)
    decision = place.decision
    if decision is None:
        raise NotFound(N_("There is no such decision that you may see."))
    form = SignForm(posted(request), initial={"role": request.GET.get("role", ""), "stance": Stance.AGREES})

    def act(given: dict[str, Any]) -> None:
        firm = members.get_organisation(reference=given["organisation"], by=by) if given["organisation"] else None
        actions.sign_decision(
            decision=decision, role=SignerRole(given["role"]), name=given["name"], stance=Stance(given["stance"]),
            organisation=firm, at=clock.now(), by=by,
        )  # fmt: skip

    words = {
        "title": _("Sign the decision"), "button": _("Sign"), "done": _("It is signed."),
        "lead": _("Hand the device over: who signs reads the decision “%(result)s” for %(unit)s and writes their name.")
        % {"result": decision.get_result_display(), "unit": unit},
    }  # fmt: skip
    return form_answer(
        request, form, act, words=words, back=(unit, reverse("decision", args=[reference, unit, number]))
    )


@form_page
def release(request: HttpRequest, reference: str, unit: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.DECISION_FINALISE, on=cohort)
    found = queries.get_unit(cohort=cohort, code=unit, by=by)
    form = ReleaseForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:  # noqa: ARG001
        release_at = form.instant(cohort.site.zone)
        actions.set_release(cohort=cohort, unit=found, release_at=release_at, by=by, at=clock.now())

    words = {
        "title": _("When learners see the results"), "button": _("Set the time"), "done": _("The time is set."),
        "lead": _("In the time of the site. Before it the learners see no decision of this unit, after it the final ones."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(unit, reverse("unit-decisions", args=[reference, unit])))
