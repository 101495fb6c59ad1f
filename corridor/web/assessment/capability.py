"""What may be assessed at a site on a day, and why not; how it was through a period; exceptions, and licences."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import names_to_show
from corridor.journeys.site_capability import capability_of_site
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.periods import ONE_DAY
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.people import queries as people
from corridor.rooms.sites import queries as sites
from corridor.web.fields import read_after
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer
from corridor.web.ui.days import number_text
from corridor.web.ui.names import reader_language

from .capability_forms import DayForm, EndForm, ExceptionForm, LicenceForm, PeriodForm

form_page = require_http_methods(["GET", "POST"])
YEAR = timedelta(days=365)
PER_PAGE = 50


@require_GET
def capability_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    asked = DayForm(request.GET)
    on = (asked.cleaned_data.get("on") if asked.is_valid() else None) or clock.today()
    site = sites.get_site(reference=reference, by=by, on=on)
    found = capability_of_site(site=site, on=on, by=by)
    stated = [each for each in found if each.is_asked]
    shown = {
        "site": site, "form": asked, "on": on, "rows": stated, "unknown": [each for each in found if not each.is_asked],
        "can": sum(not each.lacks for each in stated), "exceptions": list(queries.exceptions_at(site=site, by=by)[:20]),
        "may_except": by.may(Permission.CAPABILITY_EXCEPT), "sees_equipment": by.may(Permission.EQUIPMENT_VIEW, on=site),
        "sees_licences": by.holds_everywhere(Permission.LICENCE_VIEW),
    }  # fmt: skip
    return render(request, "assessment/capability.html", shown, status=200 if asked.is_valid() else 422)


@require_GET
def capability_unit(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by, today = request.actor, clock.today()
    site, unit = sites.get_site(reference=reference, by=by), queries.get_unit_by_key(key=key, by=by)
    asked = PeriodForm(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    last = chosen.get("last") or today
    first = min(chosen.get("first") or last - YEAR, last)
    found = queries.capability_history(site=site, unit=unit, first=first, last=last, by=by)
    shown = {
        "site": site, "unit": unit, "form": asked, "first": first, "last": last, "rows": list(reversed(found)),
        "days": sum((each.last - each.first).days + 1 for each in found if each.lacks),
        "exceptions": queries.exceptions_at(site=site, unit=unit, by=by), "may_except": by.may(Permission.CAPABILITY_EXCEPT),
    }  # fmt: skip
    return render(request, "assessment/capability_unit.html", shown, status=200 if asked.is_valid() else 422)


@form_page
def except_unit(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.CAPABILITY_EXCEPT)
    site, unit = sites.get_site(reference=reference, by=by), queries.get_unit_by_key(key=key, by=by)
    form = ExceptionForm(posted(request), initial={"starts_on": clock.today(), "ends_on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.except_capability(
            site=site, unit=unit, starts_on=given["starts_on"], ends_before=given["ends_on"] + ONE_DAY,
            reason=given["reason"], by=by,
        )  # fmt: skip

    words = {
        "title": _("Let it be assessed all the same"), "button": _("Record the exception"),
        "done": _("The exception is recorded; decisions of these days are taken."),
        "lead": _("%(unit)s at %(site)s. The reason stays readable beside the decisions.")
        % {"unit": unit.code, "site": site.reference},
    }  # fmt: skip
    back = (_("What may be assessed"), reverse("capability-unit", args=[reference, key]))
    return form_answer(request, form, act, words=words, back=back)


@require_GET
def licence_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    after = read_after(request)
    found = queries.list_licences(by=by).prefetch_related("unit__version__titles").order_by("pk")
    if _is_key(after):
        found = found.filter(pk__gt=after)
    rows = list(found[: PER_PAGE + 1])
    shown = {
        "rows": rows[:PER_PAGE], "next_after": str(rows[PER_PAGE - 1].pk) if len(rows) > PER_PAGE else "", "on": clock.today(),
        "may_grant": by.may(Permission.LICENCE_GRANT), "sees_all": by.holds_everywhere(Permission.LICENCE_VIEW),
        "persons": names_to_show(persons=[each.person_id for each in rows], language=reader_language(), by=by),
    }  # fmt: skip
    return render(request, "assessment/licences.html", shown)


@form_page
def grant_licence(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.LICENCE_GRANT)
    form = LicenceForm(posted(request), initial={"starts_on": clock.today()})
    form.offer(curricula.list_versions(by=by))

    def act(given: dict[str, Any]) -> None:
        person = people.get_person(reference=given["person"], by=by)
        units = list(given["version"].units.all())
        known = {unit.code for unit in units}
        if wrong := next((code for code in given["units"] if code not in known), ""):
            text = N_("There is no unit %(unit)s in this curriculum.")
            raise BadInput([Problem(text, {"unit": wrong}, column="units")])
        wanted = [unit for unit in units if not given["units"] or unit.code in given["units"]]
        ends_before = given["ends_on"] + ONE_DAY if given["ends_on"] else None
        drafts = [
            actions.LicenceDraft(person, unit, given["starts_on"], ends_before, given["granted_by"]) for unit in wanted
        ]
        actions.grant_licences(licences=drafts, by=by)

    words = {
        "title": _("Grant a licence"), "button": _("Grant it"), "done": _("The licence is granted."),
        "lead": _("Who holds it may assess these units from that day, in cohorts to which they are appointed."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Licences"), reverse("licences")))


@form_page
def end_licence(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.LICENCE_GRANT)
    licence = queries.get_licence(key=key, by=by)
    form = EndForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.end_licence(licence=licence, ends_before=given["on"], by=by)

    words = {
        "title": _("End a licence"), "button": _("End it"), "done": _("The licence ends."), "lead": str(licence),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Licences"), reverse("licences")))


def warn_of_lacks(request: HttpRequest, *, site: Any, version: UUID, on: date) -> None:
    """Whoever opens a cohort or plans its practice is told which of its units could not be assessed there on a day."""
    try:
        found = queries.capability_at(site=site, versions=[version], on=on, by=request.actor)
    except NotFound:
        return
    lacking = [each for each in found if not each.may]
    if lacking:
        said = ngettext(
            "One unit could not be assessed there as things stand: %(why)s",
            "%(count)s units could not be assessed there as things stand. The first: %(why)s",
            len(lacking),
        )
        messages.warning(request, said % {"count": number_text(len(lacking)), "why": str(lacking[0].lacks[0])})


def _is_key(after: str) -> bool:
    try:
        UUID(after)
    except ValueError:
        return False
    return True
