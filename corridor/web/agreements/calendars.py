"""When what is due: a month as a list, and the same for a calendar program, under an address that only its owner knows."""

from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import VISITOR, Actor, Permission
from corridor.journeys.recognise import recognise
from corridor.kernel.calendar_files import MEDIA_TYPE, CalendarDay, calendar_file
from corridor.kernel.errors import AccessDenied
from corridor.kernel.periods import ONE_DAY, add_months
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.web.ui.days import day_text, month_text
from corridor.web.ui.names import member_called

from .obligation_forms import MonthForm

# What a calendar program gets: what is late for up to a year, and a year ahead.
BEFORE, AHEAD = timedelta(days=366), timedelta(days=366)


@require_http_methods(["GET", "POST"])
def calendar_page(request: HttpRequest) -> HttpResponse:
    """A month; sent, it makes a new address, which is shown on the answer and nowhere after."""
    by, today, made = request.actor, clock.today(), None
    _require_something_to_see(by)
    if request.method == "POST":
        made = actions.make_calendar_address(language=get_language() or "en", at=clock.real_now(), by=by)
    asked = MonthForm(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    first = date.fromisoformat(f"{chosen.get('month') or today.strftime('%Y-%m')}-01")
    sees_all, speaks = (
        by.holds_everywhere(Permission.AGREEMENT_VIEW_TEXT),
        bool(by.ids_with(Permission.OBLIGATION_FULFIL, "member")),
    )
    whose = chosen.get("whose") or ("own" if speaks else "all")
    after = add_months(first, 1)
    due = queries.obligations_due(first=first, last=after - ONE_DAY, on=today, by=by, own=whose == "own")
    shown = {
        "month": month_text(first), "days": [(day, list(each)) for day, each in groupby(due, key=lambda one: one.on)],
        "before": f"{add_months(first, -1):%Y-%m}", "after": f"{after:%Y-%m}", "here": f"{first:%Y-%m}", "whose": whose,
        "before_word": month_text(add_months(first, -1)), "after_word": month_text(after), "on": today,
        "tabs": [("own", _("What we owe")), ("all", _("Everything I may see"))] if speaks else [], "sees_all": sees_all,
        "address": queries.own_calendar_address(by=by), "made": made,
        "made_url": request.build_absolute_uri(reverse("calendar-file", args=[made.secret])) if made else "",
    }  # fmt: skip
    return render(request, "agreements/calendar.html", shown)


@require_POST
def end_address(request: HttpRequest) -> HttpResponse:
    actions.end_calendar_address(at=clock.real_now(), by=request.actor)
    messages.success(request, _("The address opens nothing any more."))
    return redirect("obligation-calendar")


@login_not_required
@require_GET
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 (whoever holds the address is its owner)
    owner, today = queries.calendar_owner(secret=secret, by=VISITOR), clock.today()
    by = recognise(owner.user, on=today, at=clock.real_now())
    own = bool(by.ids_with(Permission.OBLIGATION_FULFIL, "member"))
    with override(owner.language):
        due = queries.obligations_due(first=today - BEFORE, last=today + AHEAD, on=today, by=by, own=own)
        content = calendar_file(
            [_day(each) for each in due if each.settled_on is None], name=_("What is due"),
            home=urlsplit(settings.PUBLIC_URL).hostname or "corridor", language=owner.language, at=clock.real_now(),
        )  # fmt: skip
    headers = {
        "Content-Disposition": 'inline; filename="obligations.ics"', "Cache-Control": "private, max-age=900",
        "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _day(due: queries.Due) -> CalendarDay:
    owed = due.obligation
    places = {
        "what": owed.what, "member": member_called(owed.organisation).text, "agreement": owed.agreement.reference,
        "day": day_text(due.on),
    }  # fmt: skip
    title = _("Overdue: %(what)s") % places if due.standing == queries.OVERDUE else owed.what
    text = _("%(member)s owes it under %(agreement)s, by the end of %(day)s.") % places
    link = f"{settings.PUBLIC_URL}{reverse('obligation', args=[owed.reference])}"
    return CalendarDay(f"{owed.pk}.{due.number}", due.on, title, text, link)


def _require_something_to_see(by: Actor) -> None:
    if not by.holds_somewhere(Permission.AGREEMENT_VIEW_TEXT):
        raise AccessDenied(N_("Obligations are for the parties of agreements and those who oversee the alliance."))
