"""Who is at risk, and who would be soon: the longest first, each with the last day on which the records show something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.indicators import queries

SOON = 90
PER_PAGE = 50


@require_GET
def at_risk(request: HttpRequest) -> HttpResponse:
    on, by = clock.today(), request.actor
    risks = queries.risks_on(on=on, by=by)
    are = [each for each in risks if each.is_at_risk]
    soon = [each for each in risks if 0 < each.days_left <= SOON]
    chosen = request.GET.get("status", "")
    rows = {"soon": soon, "all": risks}.get(chosen, are)
    shown = {
        "on": on, "are": len(are), "members": len(risks), "rows": rows, "chosen": chosen,
        "states": [("", _("At risk"), len(are)), ("soon", _("Within 90 days"), len(soon)), ("all", _("All active members"), len(risks))],
        "may_propose": by.may(Permission.MEMBER_PROPOSE),
    }  # fmt: skip
    return render(request, "members/at_risk.html", shown)
