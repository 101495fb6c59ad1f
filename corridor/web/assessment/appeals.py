"""Appeals: the list, one appeal, lodging it, its panel and its ruling."""

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
from corridor.journeys.find_persons import names_to_show
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import AppealStatus
from corridor.rooms.people import queries as people
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.days import day_text
from corridor.web.ui.names import reader_language

form_page = require_http_methods(["GET", "POST"])
RULINGS = (AppealStatus.UPHELD, AppealStatus.DISMISSED)


class AppealForm(forms.Form):
    grounds = forms.CharField(
        label=gettext_lazy("What was not right"), max_length=5000, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("In your own words and language."),
    )  # fmt: skip


class PanelForm(forms.Form):
    chair = forms.SlugField(
        label=gettext_lazy("Chair"), max_length=30, help_text=gettext_lazy("The reference of the person's record.")
    )
    members = forms.CharField(
        label=gettext_lazy("Further members"),
        max_length=300,
        help_text=gettext_lazy("At least two references, with commas between them."),
    )

    def clean_members(self) -> list[str]:
        return [each.strip() for each in self.cleaned_data["members"].replace(";", ",").split(",") if each.strip()]


class RulingForm(forms.Form):
    to = forms.ChoiceField(
        label=gettext_lazy("Ruling"), choices=[(each.value, each.label) for each in RULINGS], widget=forms.RadioSelect
    )
    ruling = forms.CharField(
        label=gettext_lazy("Reasons, which the learner reads"), max_length=5000, widget=forms.Textarea({"rows": 6})
    )


@require_GET
def appeal_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    rows = [(each, queries.is_late(each, on=today)) for each in queries.list_appeals(by=request.actor)[:200]]
    return render(request, "assessment/appeals.html", {"rows": rows})


@require_GET
def appeal(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_appeal(reference=reference, by=by)
    is_open = found.status in {AppealStatus.LODGED, AppealStatus.BEFORE_PANEL}
    may_name = by.may(Permission.APPEAL_NAME_PANEL, on=found)
    shown = {
        "appeal": found, "is_late": queries.is_late(found, on=clock.today()), "may_name": may_name and is_open,
        "may_rule": found.status == AppealStatus.BEFORE_PANEL
        and (may_name or by.person_id in {each.person_id for each in found.panel.all()}),
        "may_withdraw": is_open and by.may(Permission.APPEAL_LODGE, on=found),
        "persons": names_to_show(persons=[each.person_id for each in found.panel.all()], language=reader_language(), by=by),
    }  # fmt: skip
    return render(request, "assessment/appeal.html", shown)


@form_page
def lodge(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    decision = queries.get_decision(key=key, at=clock.now(), by=by)
    by.require(Permission.APPEAL_LODGE, on=decision)
    form = AppealForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.lodge_appeal(decision=decision, grounds=given["grounds"], on=clock.today(), by=by, at=clock.now())

    until = queries.appealable(decision=decision, by=by).until
    words = {
        "title": _("Appeal against a decision"),
        "button": _("Lodge the appeal"),
        "done": _("The appeal is lodged."),
        "lead": _("%(unit)s: “%(result)s”. Others than those who judged look at it. You may appeal until %(day)s.")
        % {"unit": decision.unit.code, "result": decision.get_result_display(), "day": day_text(until)}
        if until
        else decision.unit.code,
    }
    return form_answer(request, form, act, words=words, back=(_("Appeals"), reverse("appeals")))


@form_page
def panel(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_appeal(reference=reference, by=by)
    by.require(Permission.APPEAL_NAME_PANEL, on=found)
    form = PanelForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        chair = people.get_person(reference=given["chair"], by=by)
        members = [people.get_person(reference=each, by=by) for each in given["members"]]
        actions.name_panel(appeal=found, chair=chair, members=members, on=clock.today(), by=by, at=clock.now())

    words = {
        "title": _("Name the panel"), "button": _("Name it"), "done": _("The panel is named."),
        "lead": _("Three or more who neither judged nor taught the learner, and are not close to them."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(reference, reverse("appeal", args=[reference])))


@form_page
def rule(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    found = queries.get_appeal_to_rule(reference=reference, by=by)
    form = RulingForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.rule_on_appeal(
            appeal=found, to=AppealStatus(given["to"]), ruling=given["ruling"], on=clock.today(), by=by, at=clock.now()
        )

    words = {
        "title": _("Rule on the appeal"), "button": _("Give the ruling"), "done": _("The ruling is given."),
        "lead": _("Upheld, the decision counts nowhere any more and the learner is assessed again."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(reference, reverse("appeal", args=[reference])))


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_appeal(reference=reference, by=request.actor)
    actions.withdraw_appeal(appeal=found, on=clock.today(), by=request.actor)
    messages.success(request, _("The appeal is taken back."))
    return redirect("appeal", reference)
