"""The registers on a phone: a page without a single name, which keeps working without a network; and what it asks of the server."""

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.journal import keeping
from corridor.foundations.journal.models import Event
from corridor.foundations.journal.queries import get_my_device
from corridor.foundations.journal.reading import MOST_BYTES, read_batch
from corridor.journeys.apply_device_events import take_events
from corridor.journeys.decide_conflict import count_waiting
from corridor.kernel.errors import BadInput, Problem, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.people.queries import bytes_of_photo
from corridor.rooms.training import queries
from corridor.rooms.training.queries import CarriedRegister
from corridor.rooms.training.queries.choices import Mark
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import html_lang
from corridor.web.ui.names import session_called

from .answering import etag_of, has_already, manifest_of, refused, told_once
from .words import EVERY_PAGE, WORDS

EXCEPTIONS = [Mark.ABSENT, Mark.LATE, Mark.LEFT_EARLY, Mark.EXCUSED]
# What a phone takes along at most: 150 photos of 15 kB are some 2 MB.
MOST_PHOTOS = 150
WORKER = Path(__file__).resolve().parent.parent / "static" / "corridor" / "js" / "worker.js"


@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """Today's registers and those that are due, for whoever takes them; without scripts it leads to the page of each."""
    by, on = request.actor, clock.today()
    today = list(queries.sessions_of_day(on=on, by=by))
    shown = {
        # Who sees that a session is held does not always see who is in it.
        "today_sessions": [(each, by.may(Permission.LEARNER_VIEW, on=each)) for each in today],
        "due": list(queries.registers_due(on=on, by=by)[:50]),
        "waiting": count_waiting(by=by),
        "may_take": by.holds_somewhere(Permission.REGISTER_TAKE),
        "may_correct": by.holds_somewhere(Permission.REGISTER_CORRECT),
    }
    return render(request, "journal/registers.html", shown)


@ensure_csrf_cookie
@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """Kept by the browser, so it holds nobody's name: what is shown comes from the data below, which the page hides on the phone."""
    shown = {
        "days": settings.DEVICE_DAYS,
        "exceptions": [(mark.value, mark.label) for mark in EXCEPTIONS],
        "words": [*EVERY_PAGE.items(), *WORDS.items(), *((f"mark-{mark.value}", mark.label) for mark in Mark)],
    }
    return render(request, "journal/phone.html", shown)


@never_cache
@ensure_csrf_cookie
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """The registers that this reader may take, with the names on them; 304 where the phone has them already."""
    found = queries.registers_to_carry(on=clock.today(), by=request.actor)
    told: dict[str, Any] = {
        "account": {"id": str(request.actor.user_id), "name": request.actor.label},
        "today": clock.today().isoformat(),
        "is_example": settings.EXAMPLE_DAY is not None,
        "language": get_language(),
        "cohorts": _cohorts(found),
        "registers": [_register(each) for each in found],
    }
    return told_once(request, told)


@never_cache
@require_GET
def photos(request: HttpRequest) -> HttpResponse:
    """Photos of those who learn in the reader's cohorts today and agree to it, for a phone whose trainer wants them; 304 where it has them."""
    found = queries.learner_photos(on=clock.today(), by=request.actor)[:MOST_PHOTOS]
    etag = etag_of([[str(each.place.pk), each.photo.document.sha256] for each in found])
    if has_already(request, etag):
        return HttpResponse(status=304)
    drawn = {
        str(each.place.pk): b64encode(bytes_of_photo(photo=each.photo, by=request.actor)).decode() for each in found
    }
    answer = JsonResponse({"photos": drawn})
    answer["ETag"] = etag
    return answer


@require_POST
def device(request: HttpRequest) -> HttpResponse:
    try:
        try:
            sent = json.loads(request.body)
            key, name, public_key = UUID(str(sent["id"])), str(sent.get("name", "")), str(sent["public_key"])
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise BadInput([Problem(N_("Send id, name and public_key of the device."))]) from wrong
        made = keeping.register_device(key=key, name=name, public_key=public_key, at=clock.real_now(), by=request.actor)
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse({"device": str(made.pk), "withdrawn": made.withdrawn_at is not None})


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """A batch of events, perhaps compressed. What it is answered it may mark as sent; everything else it sends again."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"code": "TooLarge", "message": _("Send fewer events at once.")}, status=413)
    try:
        batch = read_batch(request.body)
        told = take_events(
            device=get_my_device(key=batch.device, by=request.actor), batch=batch, route=Event.Route.NETWORK,
            on=clock.today(), at=clock.now(), by=request.actor,
        )  # fmt: skip
    except Refusal as refusal:
        return refused(refusal)
    return JsonResponse(
        {
            "kept": [str(key) for key in told.kept],
            "other": [str(key) for key in told.other],
            "last": told.last,
            "server_at": clock.now().isoformat(),
        }
    )


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it names nobody)
    """What a phone needs to put the page among its programs."""
    return manifest_of(_("Registers"), start=reverse("registers-phone"), scope=reverse("registers"))


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the same for everyone)
    """One worker for every page that works without a network; it must come from above them."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _cohorts(found: list[CarriedRegister]) -> dict[str, Any]:
    """The names once for each cohort: by place the seat, the name in the own script with its language, and the one in Latin letters."""
    told: dict[str, Any] = {}
    for register in found:
        names = told.setdefault(register.session.cohort.reference, {})
        for row in register.rows:
            names[str(row.place.pk)] = [
                row.place.number,
                row.name.own_name,
                html_lang(row.name.own_language),
                row.name.romanised_name,
            ]
    return told


def _register(register: CarriedRegister) -> dict[str, Any]:
    session, rule = register.session, register.rule
    cohort = session.cohort
    late, closes = (rule.late_after_days, rule.closes_after_days) if rule else (None, None)
    return {
        "id": str(session.pk), "cohort": cohort.reference, "number": session.number, "held_on": session.held_on.isoformat(),
        "day": day_text(session.held_on), "time": f"{session.begins_at.astimezone(ZoneInfo(cohort.site.zone)):%H:%M}",
        "title": session_called(session).text, "status": session.status, "version": session.version,
        "late_on": (session.held_on + timedelta(days=late)).isoformat() if late is not None else None,
        "closes_on": (session.held_on + timedelta(days=closes)).isoformat() if closes is not None else None,
        "second_factor": bool(rule and rule.sign_with == "second_factor"),
        "page": reverse("register", args=[cohort.reference, session.number]),
        "roll": [str(row.place.pk) for row in register.rows],
        "guests": register.guests, "there": [str(row.place.pk) for row in register.rows if row.place.pk in register.arrived],
        "marks": {
            str(row.place.pk): [row.value.mark, row.value.minutes_late, row.value.remark, str(row.entry), row.is_contested]
            for row in register.rows if row.value is not None
        },
    }  # fmt: skip
