"""Stating what an employer needs, restating it, keeping its paper, and saying that it is met."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.demand import actions, queries
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.language_levels import written_level
from corridor.rooms.demand.totals import address_of
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .forms import DemandForm, MetForm, PaperForm


@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponse:
    on, by = clock.today(), request.actor
    employers = list(members.spoken_for(permission=Permission.DEMAND_STATE, on=on, by=by, kind="company"))
    if not employers:
        raise AccessDenied(N_("Companies state what they need: you speak for none."))
    form = DemandForm(
        posted(request),
        employers=employers,
        countries=[row.country for row in members.count_by_country(on=on, by=by)],
        versions=list(curricula.list_versions(by=by)),
        own=[each for each in queries.demands_of(by=by, on=on) if each.standing_then != "restated"],
        initial=_begun(request, on),
    )
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        draft = DemandDraft(
            employer=next(each for each in employers if each.reference == chosen["employer"]),
            occupation_code=chosen["occupation_code"], occupation_title=chosen["occupation_title"],
            posts=chosen["posts"], country=chosen["country"], needed_by=chosen["needed_by"], stated_on=on,
            strength=chosen["strength"], units=[form.known_units[key] for key in chosen["units"]],
            replaces=form.own.get(chosen["replaces"]), place=chosen["place"], wage_from=chosen["wage_from"],
            wage_to=chosen["wage_to"], wage_currency=chosen["wage_currency"], wage_period=chosen["wage_period"],
            languages=form.languages_wanted(), paper=chosen["paper"],
        )  # fmt: skip
        try:
            made = actions.state_demand(demand=draft, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(statement)s is stated, dated today. Cohorts can cite it.") % {"statement": made.reference}
            )
            return redirect("demand", made.reference)
    return render(request, "demand/state.html", {"form": form}, status=status)


@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor)
    actions.publish_draft(statement=statement, on=clock.today(), by=request.actor)
    messages.success(
        request, _("%(statement)s is stated, dated today. Cohorts can cite it.") % {"statement": reference}
    )
    return redirect("demand", reference)


@require_http_methods(["GET", "POST"])
def met(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor)
    request.actor.require(Permission.DEMAND_STATE, on=statement)
    form = MetForm(posted(request))
    status = form_status(request)
    if form.is_valid():
        try:
            actions.mark_met(
                statement=statement, on=clock.today(), partly=form.cleaned_data["how_far"] == "partly",
                reason=form.cleaned_data["reason"], by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("How far %(statement)s is met is written down.") % {"statement": reference})
            return redirect("demand", reference)
    return render(request, "demand/met.html", {"form": form, "statement": statement}, status=status)


@require_http_methods(["GET", "POST"])
def keep_paper(request: HttpRequest, reference: str) -> HttpResponse:
    statement = queries.get_demand(reference=reference, by=request.actor)
    request.actor.require(Permission.DEMAND_STATE, on=statement)
    form = PaperForm(posted(request), posted_files(request), initial={"paper": statement.paper})
    status = form_status(request)
    if form.is_valid():
        sent = form.cleaned_data["upload"]
        title = _("Paper of %(statement)s") % {"statement": reference}
        upload = Upload(sent.name, sent.read(), title, kind="demand") if sent else None
        try:
            actions.keep_paper(
                statement=statement, paper=form.cleaned_data["paper"], at=clock.now(), by=request.actor, upload=upload
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The paper is kept with %(statement)s.") % {"statement": reference})
            return redirect("demand", reference)
    shown = {
        "form": form, "title": _("Keep its letter or contract"), "lead": statement.occupation_title, "button": _("Keep it"),
        "back": (reference, reverse("demand", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _begun(request: HttpRequest, on: date) -> dict[str, Any]:
    """What stands in the form at first: of the statement that is restated, or of the occupation that was looked up."""
    older = request.GET.get("replaces", "")
    if not older:
        code = request.GET.get("occupation", "")
        return {"occupation_code": code[:4]} if code.isdecimal() else {}
    try:
        found = queries.get_demand(reference=older, by=request.actor, on=on)
    except NotFound:
        return {}
    return {
        "employer": found.employer.reference, "occupation_title": found.occupation_title, "occupation_code": found.occupation_code,
        "posts": found.posts, "country": found.country, "place": found.place, "needed_by": found.needed_by,
        "strength": found.strength, "replaces": found.reference, "paper": found.paper,
        "wage_from": found.wage_from.amount if found.wage_from else None, "wage_to": found.wage_to.amount if found.wage_to else None,
        "wage_currency": found.wage_currency, "wage_period": found.wage_period,
        "languages": "; ".join(written_level(each) for each in found.languages.all()),
        "units": [address_of(wanted.unit) for wanted in found.units.all()],
    }  # fmt: skip
