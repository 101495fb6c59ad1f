"""What became of graduates: the waves in which they were asked, and one wave with everything that stands beside a share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.outcomes import queries
from corridor.rooms.outcomes.lifecycle import WaveStatus

from .said import place_after, place_of, said_of

PER_PAGE = 50
NARROWED = {"silent": False, "answered": True}


@require_GET
def wave_list(request: HttpRequest) -> HttpResponse:
    if not request.actor.holds_somewhere(Permission.OUTCOME_VIEW):
        raise AccessDenied(N_("Follow-ups are seen by the secretariat, by auditors and by the managers of sites."))
    shown = {
        "waves": list(queries.list_waves(by=request.actor)),
        "sees_all": request.actor.may(Permission.OUTCOME_VIEW),
        "may_plan": request.actor.may(Permission.WAVE_PLAN),
    }
    return render(request, "outcomes/waves.html", shown)


@require_GET
def wave_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    wave = queries.get_wave(reference=reference, by=by)
    report = queries.wave_report(wave=wave, on=clock.today(), by=by)
    narrowed = NARROWED.get(request.GET.get("who", ""))
    found = list(
        queries.list_follow_ups(wave=wave, by=by, answered=narrowed, after=place_after(request))[: PER_PAGE + 1]
    )
    rows = found[:PER_PAGE]
    shown = {
        "wave": wave,
        "cohorts": [each.cohort for each in queries.list_wave_cohorts(wave=wave, by=by)],
        "blocks": [
            ("working", _("Are you working?"), said_of(report.working)),
            ("relevant", _("Does your work use what you learned?"), said_of(report.relevant)),
        ],
        "rows": rows,
        "not_agreed": report.not_agreed,
        "unasked": queries.silent_by_wish(wave=wave, rows=rows, on=clock.today(), by=by),
        "next_after": place_of(rows[-1]) if len(found) > PER_PAGE else "",
        "tabs": [
            ("", _("All"), wave.eligible),
            ("silent", _("Not answered"), wave.eligible - wave.answered),
            ("answered", _("Answered"), wave.answered),
        ],
        "sees_all": by.may(Permission.OUTCOME_VIEW),
        "may_open": by.may(Permission.WAVE_PLAN) and wave.status == WaveStatus.PLANNED,
        "may_close": by.may(Permission.WAVE_PLAN) and wave.status == WaveStatus.OPEN,
        "may_open_records": by.may(Permission.PERSON_VIEW),
        "may_record": by.may(Permission.OUTCOME_RECORD) and wave.status == WaveStatus.OPEN,
    }
    return render(request, "outcomes/wave.html", shown)
