"""The log of a programme: risks and decisions, for those who take part in it and for oversight."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.programmes import actions, queries
from corridor.rooms.programmes.drafts import DecisionDraft, RiskDraft, RiskStep
from corridor.web.posting import posted
from corridor.web.ui.steps import StepForm

from .answering import answer
from .log_forms import DecisionForm, JudgeForm, RiskForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def log(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = queries.get_programme(reference=reference, by=by, on=on)
    shown = {
        "programme": programme, "on": on, "risks": queries.risks_of(programme=programme, on=on, by=by),
        "decisions": queries.decisions_of(programme=programme, on=on, by=by),
        "may_keep": by.may(Permission.PROGRAMME_KEEP_LOG, on=programme),
    }  # fmt: skip
    return render(request, "programmes/log.html", shown)


@form_page
def add_risk(request: HttpRequest, reference: str) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = _kept(request, reference)
    form = RiskForm(posted(request), programme=programme, initial={"noticed_on": on})

    def write(given: dict[str, Any]) -> None:
        draft = RiskDraft(
            programme, given["what"], given["likelihood"], given["effect"], given["owner"], given["noticed_on"],
            given["due_on"],
        )  # fmt: skip
        actions.log_risks(risks=[draft], by=by)

    return answer(
        request, form, write, back=_back(reference), done=_("The risk is written down."), title=_("What may go wrong?"),
        button=_("Write it down"), lead=_("Its owner sees it until it is closed, and it is late when its day passes."),
    )  # fmt: skip


@form_page
def move_risk(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    on, by = clock.today(), request.actor
    programme = _kept(request, reference)
    risk = queries.get_risk(programme=programme, number=number, on=on, by=by)
    form = StepForm(posted(request), thing=risk, today=on)
    form.fields["reason"].required = True

    def write(given: dict[str, Any]) -> None:
        actions.move_risks(steps=[RiskStep(risk, form.state(), given["on"], given["reason"])], by=by)

    return answer(
        request, form, write, back=_back(reference), done=_("The change is written down."), title=_("What became of the risk?"),
        button=_("Write the change"), lead=risk.what,
    )  # fmt: skip


@form_page
def judge_risk(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    programme = _kept(request, reference)
    risk = queries.get_risk(programme=programme, number=number, on=clock.today(), by=by)
    first = {
        "likelihood": risk.likelihood, "effect": risk.effect, "owner": risk.owner.reference, "due_on": risk.due_on,
    }  # fmt: skip
    form = JudgeForm(posted(request), programme=programme, initial=first)

    def write(given: dict[str, Any]) -> None:
        actions.change_risk(
            risk=risk,
            likelihood=given["likelihood"],
            effect=given["effect"],
            owner=given["owner"],
            due_on=given["due_on"],
            by=by,
        )

    return answer(
        request, form, write, back=_back(reference), done=_("The risk is judged anew."), title=_("Judge the risk anew"),
        button=_("Write it down"), lead=risk.what,
    )  # fmt: skip


@form_page
def add_decision(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    programme = _kept(request, reference)
    form = DecisionForm(posted(request), initial={"on": clock.today()})

    def write(given: dict[str, Any]) -> None:
        draft = DecisionDraft(programme, given["on"], given["decided_by"], given["what"])
        actions.log_decisions(decisions=[draft], by=by)

    return answer(
        request, form, write, back=_back(reference), done=_("The decision is written down."), title=_("What was decided?"),
        button=_("Write it down"), lead=_("A later decision takes it back; nothing is written over."),
    )  # fmt: skip


def _kept(request: HttpRequest, reference: str) -> Any:
    """The programme, for who reads and keeps its log: others find no such page, readers alone may not."""
    programme = queries.get_programme(reference=reference, by=request.actor)
    queries.require_log(programme=programme, by=request.actor)
    request.actor.require(Permission.PROGRAMME_KEEP_LOG, on=programme)
    return programme


def _back(reference: str) -> tuple[str, str]:
    return reference, reverse("programme-log", args=[reference])
