"""Who is in, since when, from where: the list on any day, and one member."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.members import queries
from corridor.rooms.members.queries import IN_THE_ALLIANCE, MemberRow
from corridor.web.fields import read_after
from corridor.web.ui.languages import country_name
from corridor.web.ui.names import member_called, reader_language
from corridor.web.ui.sheets import MOST_ROWS, sheet_answer, wanted_sheet

from .evidence_rows import evidence_rows
from .forms import MemberFilter
from .story import member_story

PER_PAGE = 50


@login_not_required
@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    asked = MemberFilter(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    on = chosen.get("on") or clock.today()
    kind_of_file = wanted_sheet(request)
    page = queries.list_members(
        by=request.actor, on=on, search=chosen.get("q", ""), country=chosen.get("country", ""),
        kind=chosen.get("kind", ""), status=chosen.get("status", ""),
        after="" if kind_of_file else read_after(request), limit=MOST_ROWS if kind_of_file else PER_PAGE,
    )  # fmt: skip
    if kind_of_file:
        return sheet_answer(kind_of_file, f"members-{on.isoformat()}", _heads(), map(_cells, page.rows))
    places = queries.count_by_country(on=on, by=request.actor)
    asked.offer_countries([row.country for row in places])
    shown = {
        "form": asked, "on": on, "page": page, "places": places, "active": sum(row.members for row in places),
        "states": [("", _("In the alliance")), *((each.value, each.label) for each in IN_THE_ALLIANCE)],
        "may_register": request.actor.may(Permission.MEMBER_REGISTER),
        "may_merge": request.actor.may(Permission.MEMBER_MERGE),
        "may_propose": request.actor.holds_somewhere(Permission.ORGANISATION_PROPOSE),
        "sees_risks": request.actor.holds_everywhere(Permission.MEMBER_VIEW_ANY_STATE),
        "is_narrowed": any(chosen.get(name) for name in ("q", "country", "kind", "status")),
    }  # fmt: skip
    return render(request, "members/members.html", shown, status=200 if asked.is_valid() else 422)


@login_not_required
@require_GET
def member_page(request: HttpRequest, reference: str) -> HttpResponse:
    asked = MemberFilter(request.GET)
    on = (asked.cleaned_data.get("on") if asked.is_valid() else None) or clock.today()
    story = member_story(reference=reference, on=on, by=request.actor)
    organisation, by = story.record.organisation, request.actor
    if organisation.reference != reference:
        # It was merged into this one; whoever kept the old address is told the new one, for ever.
        return redirect("member", organisation.reference, permanent=True)
    shown = {
        "story": story,
        "called": organisation.called(reader_language(), on=on),
        "may_register": by.may(Permission.MEMBER_REGISTER),
        "on": on,
        "may_edit": by.may(Permission.MEMBER_EDIT, on=organisation),
        "may_seat": by.may(Permission.SEAT_GIVE),
        "may_see_seats": by.may(Permission.SEAT_VIEW, on=organisation),
        "may_move": by.may(Permission.MEMBER_CHANGE_STATE),
        "may_propose": by.may(Permission.MEMBER_PROPOSE),
        "rows": evidence_rows(story.risk.counted) if story.risk else [],
    }
    return render(request, "members/member.html", shown)


def _heads() -> list[str]:
    return [
        _("Reference"), _("Name"), _("Kind"), _("Country or region"), _("Place"), _("State"), _("Member since"), _("Source"),
    ]  # fmt: skip


def _cells(row: MemberRow) -> list:
    organisation = row.organisation
    return [
        organisation.reference, member_called(organisation).text, organisation.get_kind_display(),
        country_name(organisation.country), organisation.city, str(row.status.label), row.since,
        organisation.get_source_mark_display(),
    ]  # fmt: skip
