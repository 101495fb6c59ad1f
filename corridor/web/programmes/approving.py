"""The steps of approval of a programme, what was found at them, and which steps each kind needs."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import FindingDraft
from corridor.rooms.programmes.kinds import ApprovalStep, ProgrammeKind
from corridor.web.documents.answers import file_answer
from corridor.web.posting import posted, posted_files

from .answering import answer
from .approving_forms import FindingForm, NeededForm

form_page = require_http_methods(["GET", "POST"])


@login_not_required
@require_GET
def steps(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = queries.get_programme(reference=reference, by=by, on=on)
    approval = queries.approval_of(programme=programme, on=on, by=by)
    shown = {
        "programme": programme, "approval": approval, "on": on,
        "may_judge": by.may(Permission.PROGRAMME_JUDGE) and approval.first_open is not None,
    }  # fmt: skip
    return render(request, "programmes/steps.html", shown)


@form_page
def find(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    by.require(Permission.PROGRAMME_JUDGE)
    programme = queries.get_programme(reference=reference, by=by, on=on)
    approval = queries.approval_of(programme=programme, on=on, by=by)
    needed = [each.step for each in approval.states if each.is_needed]
    first = {"on": on, "step": approval.first_open.step if approval.first_open else ""}
    form = FindingForm(posted(request), posted_files(request), initial=first, steps=needed or list(ApprovalStep))

    def write(given: dict[str, Any]) -> None:
        sent = given["paper"]
        upload = Upload(sent.name, sent.read(), _("Minutes or report"), kind="programme") if sent else None
        draft = FindingDraft(
            programme, given["step"], given["on"], given["found_by"], given["outcome"], given["finding"], given["reason"],
            upload=upload,
        )  # fmt: skip
        actions.find_at_steps(findings=[draft], at=clock.now(), by=by)

    return answer(
        request, form, write, back=(reference, reverse("programme-steps", args=[reference])),
        done=_("What was found is written down."), title=_("What was found at a step?"), button=_("Write it down"),
        lead=_("A step that is returned is looked at again. Nothing that was found is written over."),
    )  # fmt: skip


@require_GET
def paper(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    programme = queries.get_programme(reference=reference, by=request.actor)
    document, content = queries.paper_of_finding(programme=programme, key=key, by=request.actor)
    return file_answer(document, content)


@login_not_required
@require_GET
def needed(request: HttpRequest) -> HttpResponse:
    by = request.actor
    shown = {"rows": queries.needed_steps(by=by), "may_set": by.may(Permission.PROGRAMME_CHANGE_STATE)}
    return render(request, "programmes/needed.html", shown)


@form_page
def need(request: HttpRequest, kind: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.PROGRAMME_CHANGE_STATE)
    if kind not in ProgrammeKind:
        raise Http404
    of_it = ProgrammeKind(kind)
    form = NeededForm(posted(request), needed=dict(queries.needed_steps(by=by))[of_it])

    def write(_given: dict[str, Any]) -> None:
        actions.need_steps(steps=[(of_it, [ApprovalStep(each) for each in form.steps()])], by=by)

    return answer(
        request, form, write, back=(_("Steps of approval"), reverse("programme-steps-needed")),
        done=_("The steps are set. What runs already goes on."), title=of_it.label, button=_("Set these steps"),
        lead=_("Programmes of this kind are approved, and run, once each of these steps is approved."),
    )  # fmt: skip
