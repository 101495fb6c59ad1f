"""Second judgements: what was drawn in a cohort and how far two assessors agree, naming the second, judging blind, settling."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import Result, Settling
from corridor.rooms.training import queries as training
from corridor.rooms.training.names import names_of
from corridor.web.fields import Chosen
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.days import number_text
from corridor.web.ui.names import name_or_reference, reader_language

form_page = require_http_methods(["GET", "POST"])


class DrawForm(forms.Form):
    share = forms.IntegerField(
        label=gettext_lazy("Percent of each assessor's decisions"), min_value=1, max_value=100, initial=10
    )
    least = forms.IntegerField(label=gettext_lazy("At least so many of each"), min_value=0, max_value=100, initial=1)
    seed = forms.CharField(
        label=gettext_lazy("Seed"), max_length=60,
        help_text=gettext_lazy("Any word or number, said aloud before the draw. With it anybody can repeat the draw."),
    )  # fmt: skip


class SecondForm(forms.Form):
    second = Chosen(label=gettext_lazy("Second assessor"))
    samples = forms.MultipleChoiceField(label=gettext_lazy("Decisions"), widget=forms.CheckboxSelectMultiple)


class JudgeForm(forms.Form):
    result = forms.ChoiceField(label=gettext_lazy("Your judgement"), choices=Result.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("What you saw, or what is missing"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class SettleForm(forms.Form):
    settling = forms.ChoiceField(label=gettext_lazy("What follows"), choices=Settling.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea({"rows": 3}))


@require_GET
def moderation(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    found = queries.moderation_of(cohort=cohort, by=by)
    judges = {
        each.pk: each
        for sample in found.samples
        for each in (sample.decision.assessor, sample.second)
        if each is not None
    }
    shown = {
        "cohort": cohort, "found": found, "may_moderate": by.may(Permission.DECISION_MODERATE, on=cohort),
        "waiting": found.count("waiting"), "disagreed": found.count("disagreed"),
        "unnamed": sum(each.second_id is None for each in found.samples),
        "agreement": _agreement(found, {each.reference: each for each in judges.values()}),
        "persons": names_to_show(persons=judges, language=reader_language(), by=by),
    }  # fmt: skip
    return render(request, "assessment/moderation.html", shown)


@form_page
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.DECISION_MODERATE, on=cohort)
    form = DrawForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.draw_sample(
            cohort=cohort, share=given["share"], least=given["least"], seed=given["seed"], on=clock.today(), by=by
        )

    words = {
        "title": _("Draw decisions"), "button": _("Draw"), "done": _("The decisions are drawn. Now name who judges them."),
        "lead": _("Decisions that are drawn are final only after a second assessor has judged them too."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def name_second(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = training.get_cohort(reference=reference, by=by)
    by.require(Permission.DECISION_MODERATE, on=cohort)
    waiting = [each for each in queries.moderation_of(cohort=cohort, by=by).samples if each.judged_on is None]
    form = SecondForm(
        posted(request), initial={"samples": [str(each.pk) for each in waiting if each.second_id is None]}
    )
    people = queries.seconds_for(cohort=cohort, by=by)
    firsts = [each.decision.assessor for each in waiting]
    called = names_to_show(persons=[each.pk for each in (*people, *firsts)], language=reader_language(), by=by)
    form.fields["second"].offer(
        ((each.reference, name_or_reference(called, each), each) for each in people), empty=str(_("Choose one"))
    )
    form.fields["samples"].choices = [
        (str(each.pk), f"{each.decision} – {name_or_reference(called, each.decision.assessor)}") for each in waiting
    ]

    def act(given: dict[str, Any]) -> None:
        chosen = [each for each in waiting if str(each.pk) in given["samples"]]
        actions.assign_second(samples=chosen, second=given["second"], on=clock.today(), by=by, at=clock.now())

    words = {
        "title": _("Name the second assessor"), "button": _("Name them"), "done": _("The second assessor is named."),
        "lead": _("Somebody else than the first, appointed to the cohort and licensed. They do not see the first judgement."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@require_GET
def sample_list(request: HttpRequest) -> HttpResponse:
    return render(request, "assessment/samples.html", {"rows": queries.list_samples_to_judge(by=request.actor)})


@form_page
def judge(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    sample = queries.get_sample_to_judge(key=key, by=by)
    form = JudgeForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.judge_sample(sample=sample, result=Result(given["result"]), note=given["note"], on=clock.today(), by=by)

    judging = queries.judging_of_sample(sample=sample, by=by)
    enrolment = sample.decision.enrolment
    words = {
        "title": _("Judge a second time"), "button": _("Give my judgement"), "done": _("Your judgement is given."),
        "sample": sample, "judging": judging, "name": names_of([enrolment.person_id])[enrolment.person_id],
        "template": "assessment/sample.html",
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("To judge a second time"), reverse("samples")))


@form_page
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    sample = queries.get_sample(key=key, by=by)
    by.require(Permission.DECISION_MODERATE, on=sample)
    form = SettleForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.settle_sample(
            sample=sample, settling=Settling(given["settling"]), reason=given["reason"], on=clock.today(), by=by
        )

    words = {
        "title": _("Settle a disagreement"), "button": _("Settle it"), "done": _("It is settled."),
        "lead": _("%(decision)s: the first said “%(first)s”, the second “%(second)s”.")
        % {
            "decision": sample, "first": sample.decision.get_result_display(),
            "second": sample.get_result_display() or _("nothing yet"),
        },
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(sample.plan.cohort.reference))


def _agreement(found: queries.Moderation, persons: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of the table: all together first, then each first assessor."""
    rows = [(None, found.agreement), *((persons[each.assessor], each.agreement) for each in found.by_assessor)]
    return [
        {
            "assessor": assessor, "n": each.n, "agreed": each.agreed,
            "kappa": "" if each.kappa is None else number_text(round(Decimal(each.kappa.numerator) / each.kappa.denominator, 2)),
        }
        for assessor, each in rows
    ]  # fmt: skip


def _back(reference: str) -> tuple[str, str]:
    return _("Second judgements"), reverse("moderation", args=[reference])
