"""Who is at risk, and who would be soon: the longest first, each with the last day on which the records show something."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.indicators import queries
from corridor.web.fields import read_after

SOON = 90
PER_PAGE = 100


@require_GET
def at_risk(request: HttpRequest) -> HttpResponse:
    on, by = clock.today(), request.actor
    risks = queries.risks_on(on=on, by=by)
    are = [each for each in risks if each.is_at_risk]
    soon = [each for each in risks if 0 < each.days_left <= SOON]
    chosen = request.GET.get("status", "")
    rows = {"soon": soon, "all": risks}.get(chosen, are)
    after = read_after(request)
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    shown = {
        "on": on, "are": len(are), "members": len(risks), "rows": rows[start : start + PER_PAGE],
        "next_after": str(start + PER_PAGE) if len(rows) > start + PER_PAGE else "",
        "states": [("", _("At risk"), len(are)), ("soon", _("Within 90 days"), len(soon)), ("all", _("All active members"), len(risks))],
        "may_propose": by.may(Permission.MEMBER_PROPOSE),
    }  # fmt: skip
    return render(request, "members/at_risk.html", shown)
