"""Claims of prior learning: the list, claiming a unit, adding what shows it, and what an assessor makes of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.judging import FindingDraft
from corridor.rooms.assessment.queries.choices import ChecklistPlace, Found, PriorStatus
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training
from corridor.web.fields import Chosen
from corridor.web.posting import posted, posted_files
from corridor.web.sites.answering import form_answer

from .checklist import draft_of_file, sent_file
from .judging_forms import EvidenceForm

form_page = require_http_methods(["GET", "POST"])


class ClaimForm(forms.Form):
    enrolment = Chosen(label=gettext_lazy("Cohort"))
    unit = forms.CharField(
        label=gettext_lazy("Unit"), max_length=20, help_text=gettext_lazy("The code of a unit of the curriculum.")
    )
    claim = forms.CharField(
        label=gettext_lazy("Where and when you learnt it"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )


class TalkForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What was asked and answered"), max_length=5000, widget=forms.Textarea({"rows": 6})
    )


class RecogniseForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("What shows it"), max_length=2000, widget=forms.Textarea({"rows": 4}))
    met = forms.BooleanField(
        label=gettext_lazy("I saw every required and critical criterion of the unit met, in what was shown and said."),
        required=False,
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("What is missing"), max_length=300, widget=forms.Textarea({"rows": 3}))


@require_GET
def claim_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    rows = list(queries.list_prior_claims(by=by)[:200])
    shown = {
        "rows": rows,
        "may_claim": by.holds_somewhere(Permission.PRIOR_LEARNING_CLAIM) and by.person_id is not None,
    }
    return render(request, "assessment/claims.html", shown)


@form_page
def new_claim(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if by.person_id is None:
        raise AccessDenied(N_("Learners claim what they could do before, each for themself."))
    steps = training.learner_path(person=by.person_id, by=by)
    form = ClaimForm(posted(request))
    form.fields["enrolment"].offer(
        ((each.enrolment.cohort.reference, each.enrolment.cohort.reference, each.enrolment) for each in steps),
        empty=str(_("Choose one")),
    )

    def act(given: dict[str, Any]) -> None:
        enrolment = given["enrolment"]
        version = enrolment.cohort.curriculum_version
        record = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by)
        unit = next((each for each in record.units if each.code == given["unit"].strip()), None)
        if unit is None:
            text = N_("There is no unit %(unit)s in this curriculum.")
            raise BadInput([Problem(text, {"unit": given["unit"]}, column="unit")])
        actions.claim_prior_learning(enrolment=enrolment, unit=unit, claim=given["claim"], on=clock.today(), by=by)

    words = {
        "title": _("Claim what you could do before"), "button": _("Claim it"),
        "done": _("The claim is there. Now add what shows it."),
        "lead": _("An assessor looks at what you show and talks with you. Recognised, the unit is done."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Prior learning"), reverse("prior-learning")))


@require_GET
def claim(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_prior_claim(key=key, by=by)
    evidence = queries.list_evidence(by=by).filter(enrolment=found.enrolment, unit=found.unit)
    is_open = found.status in {PriorStatus.ASKED, PriorStatus.INTERVIEWED}
    shown = {
        "claim": found, "evidence": evidence, "may_judge": is_open and by.may(Permission.DECISION_RECORD, on=found),
        "may_withdraw": is_open and by.may(Permission.PRIOR_LEARNING_CLAIM, on=found),
        "may_add": is_open and by.may(Permission.EVIDENCE_ADD, on=found.enrolment),
    }  # fmt: skip
    return render(request, "assessment/claim.html", shown)


@form_page
def add_evidence(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_prior_claim(key=key, by=by)
    by.require(Permission.EVIDENCE_ADD, on=found.enrolment)
    form = EvidenceForm(posted(request), posted_files(request))
    form.offer([])

    def act(given: dict[str, Any]) -> None:
        content = sent_file(given["file"])
        attempt = queries.next_attempt_of(enrolment=found.enrolment, unit=found.unit, by=by)
        draft = draft_of_file(found.enrolment, found.unit, attempt, given, content)
        actions.add_evidence(draft=draft, content=content, at=clock.now(), by=by)

    words = {
        "title": _("Add evidence"),
        "button": _("Add it"),
        "done": _("The evidence is kept."),
        "lead": found.unit.code,
    }
    return form_answer(request, form, act, words=words, back=_back(found))


@form_page
def talk(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_prior_claim(key=key, by=by)
    by.require(Permission.DECISION_RECORD, on=found)
    form = TalkForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.interview(claim=found, interviewer=people.get_self(by=by), note=given["note"], on=clock.today(), by=by)

    words = {
        "title": _("Write down the interview"), "button": _("Keep it"), "done": _("The interview is written down."),
        "lead": _("Whoever talks with the learner decides about the claim, in their own name."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(found))


@form_page
def recognise(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_prior_claim(key=key, by=by)
    by.require(Permission.DECISION_RECORD, on=found)
    scheme = queries.scheme_of(unit=found.unit, on=clock.today(), by=by)
    form = RecogniseForm(posted(request))
    if scheme is None:
        del form.fields["met"]

    def act(given: dict[str, Any]) -> None:
        findings = [
            FindingDraft(criterion=each.pk, found=Found.MET) for each in queries.needed_criteria(scheme=scheme, by=by)
        ]
        actions.recognise_prior_learning(
            claim=found, note=given["note"], on=clock.today(), by=by, findings=findings if given.get("met") else (),
            checklist=ChecklistPlace.HERE,
        )  # fmt: skip

    words = {
        "title": _("Recognise prior learning"), "button": _("Recognise it"), "done": _("The unit is decided: competent."),
        "lead": _("It becomes a decision like every other one: it is made final, may be judged a second time, and appealed against."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(found))


@form_page
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_prior_claim(key=key, by=by)
    by.require(Permission.DECISION_RECORD, on=found)
    form = DeclineForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.decline_prior_learning(claim=found, reason=given["reason"], on=clock.today(), by=by)

    words = {
        "title": _("Decline the claim"), "button": _("Decline it"), "done": _("The claim is declined."),
        "lead": _("The learner reads the reason, takes part, and is assessed like everybody."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(found))


@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    found = queries.get_prior_claim(key=key, by=request.actor)
    actions.withdraw_prior_learning(claim=found, on=clock.today(), by=request.actor)
    messages.success(request, _("The claim is taken back."))
    return redirect("claim-of-prior-learning", key)


def _back(claim: Any) -> tuple[str, str]:
    return _("The claim"), reverse("claim-of-prior-learning", args=[claim.pk])
