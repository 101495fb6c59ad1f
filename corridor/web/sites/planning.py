"""The plan of a site for a year and its budget, against what was spent and done."""

from datetime import date
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
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.site_year import SiteYear, reckoned_year, year_of_site
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.money import MINOR_UNITS, NoRate
from corridor.rooms.funding import queries as funding
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PlanDraft, PlanLineDraft, SpendingDraft, Targets
from corridor.web.documents.answers import file_answer
from corridor.web.fields import DayField
from corridor.web.posting import posted, posted_files
from corridor.web.wording import sentence

from .answering import form_answer
from .upkeep_forms import REFERENCE_OF_A_MEMBER

form_page = require_http_methods(["GET", "POST"])
CURRENCIES = [(code, code) for code in sorted(MINOR_UNITS)]
NOBODY_PLANNED = gettext_lazy("Empty: nobody planned it.")


class TargetsForm(forms.Form):
    sessions = forms.IntegerField(
        label=gettext_lazy("Sessions to be held"), required=False, min_value=0, max_value=10_000_000, help_text=NOBODY_PLANNED
    )  # fmt: skip
    learners = forms.IntegerField(
        label=gettext_lazy("Learners to be taught"), required=False, min_value=0, max_value=10_000_000, help_text=NOBODY_PLANNED
    )  # fmt: skip
    machine_hours = forms.IntegerField(
        label=gettext_lazy("Hours of all machines with a meter"), required=False, min_value=0, max_value=10_000_000,
        help_text=NOBODY_PLANNED,
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def targets(self) -> Targets:
        given = self.cleaned_data
        return Targets(given["sessions"], given["learners"], given["machine_hours"])


class YearForm(TargetsForm):
    field_order = ["year", "sessions", "learners", "machine_hours"]

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1990, max_value=2199)


class LineForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of cost"), choices=queries.COST_KINDS)
    what = forms.CharField(label=gettext_lazy("What it is for"), max_length=200)
    amount = forms.DecimalField(
        label=gettext_lazy("Planned"), min_value=Decimal(0), max_digits=18, decimal_places=3,
        help_text=gettext_lazy("0 where it was not planned and something is spent all the same."),
    )  # fmt: skip
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCIES)
    paid_by = forms.SlugField(
        label=gettext_lazy("Who pays"), required=False, max_length=60, help_text=REFERENCE_OF_A_MEMBER
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def values(self, request: HttpRequest) -> dict[str, Any]:
        """:raises BadInput: for an organisation that there is not, at its field."""
        given = {name: self.cleaned_data[name] for name in ("kind", "what", "amount", "currency")}
        named = self.cleaned_data["paid_by"]
        try:
            payer = members.get_organisation(reference=named, by=request.actor) if named else None
        except NotFound as unknown:
            raise BadInput([Problem(unknown.message, dict(unknown.places), column="paid_by")]) from None
        return given | {"paid_by": payer}


class SpendingForm(forms.Form):
    spent_on = DayField(label=gettext_lazy("Spent on"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), min_value=Decimal(0), max_digits=18, decimal_places=3)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCIES)
    what = forms.CharField(label=gettext_lazy("What was bought or paid"), required=False, max_length=200)
    paper = forms.FileField(
        label=gettext_lazy("The document that shows it"),
        required=False,
        help_text=gettext_lazy("An invoice or a receipt: PDF, PNG or JPEG."),
    )


class StrikeForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it is struck"), max_length=300)


class IntoForm(forms.Form):
    into = forms.ChoiceField(label=gettext_lazy("Totals in one currency"), required=False)

    def __init__(self, *args: Any, currencies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", _("Each for itself")), *((code, code) for code in currencies)]


@require_GET
def plan_list(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_PLAN_VIEW, on=site)
    plans = [
        year_of_site(site=reference, year=each.year, on=on, by=by) for each in queries.list_plans(by=by, site=reference)
    ]
    shown = {"site": site, "years": list(reversed(plans)), "may_plan": by.may(Permission.SITE_PLAN, on=site), "on": on}
    return render(request, "sites/years.html", shown)


@require_GET
def year_page(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    by, on = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_PLAN_VIEW, on=site)
    found = year_of_site(site=reference, year=year, on=on, by=by)
    asked = IntoForm(request.GET, currencies=funding.currencies_reached(by=by))
    into = asked.cleaned_data["into"] if asked.is_valid() else ""
    shown = {
        "site": site, "found": found, "plan": found.plan, "form": asked, "on": on, "into": into,
        "may_plan": by.may(Permission.SITE_PLAN, on=site), "uses": _uses(found),
        "spendings": sorted(
            ((each.line, row) for each in found.lines for row in each.spendings), key=lambda pair: (pair[1].spent_on, pair[0].number)
        ), **_reckoned(found, into, request),
    }  # fmt: skip
    return render(request, "sites/year.html", shown, status=200 if asked.is_valid() else 422)


@form_page
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_PLAN, on=site)
    form = YearForm(posted(request), initial={"year": clock.today().year})

    def act(given: dict[str, Any]) -> None:
        actions.plan_years(plans=[PlanDraft(site, given["year"], form.targets())], by=by)

    words = {"title": _("Plan a year"), "button": _("Begin the plan"), "done": _("The plan is begun. Add its lines.")}
    return form_answer(request, form, act, words=words, back=(_("Years"), reverse("site-years", args=[reference])))


@form_page
def targets(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    plan = _plan_to_change(request, reference, year)
    initial = {name: getattr(plan, name) for name in ("sessions", "learners", "machine_hours", "version")}
    form = TargetsForm(posted(request), initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.correct_targets(plan=plan, targets=form.targets(), version=given["version"] or 0, by=request.actor)

    words = {
        "title": _("What is to be done in the year"),
        "button": _("Write it down"),
        "done": _("It is written down."),
    }
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@form_page
def add_line(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    plan = _plan_to_change(request, reference, year)
    first = plan.lines.first()
    form = LineForm(posted(request), initial={"currency": first.currency if first else "CNY"})

    def act(_given: dict[str, Any]) -> None:
        actions.add_plan_lines(lines=[PlanLineDraft(plan, **form.values(request))], by=request.actor)

    words = {"title": _("Add a line to the plan"), "button": _("Add it"), "done": _("The line is added.")}
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@form_page
def correct_line(request: HttpRequest, reference: str, year: int, key: UUID) -> HttpResponse:
    line = _line_to_change(request, reference, year, key)
    initial = {name: getattr(line, name) for name in ("kind", "what", "amount", "currency", "version")}
    form = LineForm(
        posted(request),
        initial=initial
        | {"paid_by": line.paid_by.reference if line.paid_by else "", "amount": line.money.amount.normalize()},
    )

    def act(given: dict[str, Any]) -> None:
        actions.correct_plan_line(
            line=line, values=form.values(request), version=given["version"] or 0, by=request.actor
        )

    words = {
        "title": _("Correct a line of the plan"), "button": _("Write it down"), "done": _("The line is corrected."), "lead": line.what,
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@form_page
def remove_line(request: HttpRequest, reference: str, year: int, key: UUID) -> HttpResponse:
    line = _line_to_change(request, reference, year, key)
    form = forms.Form(posted(request))

    def act(_given: dict[str, Any]) -> None:
        actions.remove_plan_lines(keys=[line.pk], by=request.actor)

    words = {
        "title": _("Remove a line of the plan"), "button": _("Remove it"), "done": _("The line is removed."), "lead": line.what,
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@form_page
def spend(request: HttpRequest, reference: str, year: int, key: UUID) -> HttpResponse:
    line = _line_to_change(request, reference, year, key)
    day = min(clock.today(), date(year, 12, 31))
    form = SpendingForm(posted(request), posted_files(request), initial={"spent_on": day, "currency": line.currency})

    def act(given: dict[str, Any]) -> None:
        sent = given["paper"]
        upload = Upload(sent.name, sent.read(), given["what"] or line.what, kind="spending") if sent else None
        draft = SpendingDraft(line, given["spent_on"], given["amount"], given["currency"], given["what"], upload)
        actions.write_spending(spendings=[draft], at=clock.now(), by=request.actor)

    words = {
        "title": _("Write down what was spent"), "button": _("Write it down"), "done": _("The spending is written down."), "lead": line.what,
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@form_page
def strike(request: HttpRequest, reference: str, year: int, key: UUID) -> HttpResponse:
    spending = queries.get_spending(site=reference, year=year, key=key, by=request.actor)
    request.actor.require(Permission.SITE_PLAN, on=spending)
    form = StrikeForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.strike_spending(spending=spending, reason=given["reason"], on=clock.today(), by=request.actor)

    words = {
        "title": _("Strike what was written down wrongly"), "button": _("Strike it"), "done": _("It counts no longer."),
        "lead": _("It stays readable with the reason."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference, year))


@require_GET
def paper(request: HttpRequest, reference: str, year: int, key: UUID) -> HttpResponse:
    document, content = queries.open_spending_paper(site=reference, year=year, key=key, by=request.actor)
    return file_answer(document, content)


def _plan_to_change(request: HttpRequest, reference: str, year: int) -> Any:
    plan = queries.get_plan(site=reference, year=year, by=request.actor)
    request.actor.require(Permission.SITE_PLAN, on=plan)
    return plan


def _line_to_change(request: HttpRequest, reference: str, year: int, key: UUID) -> Any:
    line = queries.get_plan_line(site=reference, year=year, key=key, by=request.actor)
    request.actor.require(Permission.SITE_PLAN, on=line)
    return line


def _back(reference: str, year: int) -> tuple[str, str]:
    return (str(year), reverse("site-year", args=[reference, year]))


def _uses(found: SiteYear) -> list[tuple[Any, Any]]:
    return [
        (_("Sessions held"), found.sessions), (_("Learners taught"), found.learners), (_("Hours of machines"), found.machine_hours),
    ]  # fmt: skip


def _reckoned(found: SiteYear, into: str, request: HttpRequest) -> dict[str, Any]:
    if not into or not found.balances:
        return {}
    try:
        planned, spent = reckoned_year(found=found, into=into, by=request.actor)
    except NoRate as refusal:
        return {"no_rate": sentence(refusal)}
    return {
        "planned_in_all": planned.money,
        "spent_in_all": spent.money,
        "rates_of_all": list(dict.fromkeys((*planned.rates, *spent.rates))),
    }
