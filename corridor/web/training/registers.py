"""The register at the door of the room: take it, take it again, sign it; once signed it is only read."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.lock_session import lock_session
from corridor.journeys.sign_here import SecondFactorWanted
from corridor.kernel.errors import BadInput, StaleForm
from corridor.kernel.periods import local_day
from corridor.rooms.people.queries import bytes_of_photo
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import CaptureMode, Mark, Value
from corridor.web.agreements.proving import ask_for_second_factor, has_given_second_factor
from corridor.web.documents.answers import file_answer

from .roll_call import RollCall, guests_sent, marks_sent, version_sent

WITH_PHOTOS = "photos=yes"


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = queries.get_register(cohort=reference, number=number, by=request.actor)
    if request.method == "GET":
        return render(request, "training/register.html", {"call": _call(found, request), **_story(found, request)})
    marks, at = marks_sent(request.POST), clock.now()
    is_live = local_day(at, found.session.cohort.site.zone) == found.session.held_on
    try:
        actions.take_register(
            session=found.session, marks=marks, version=version_sent(request.POST),
            capture_mode=CaptureMode.LIVE if is_live else CaptureMode.LATE, at=at, by=request.actor,
            reason=request.POST.get("reason", ""), guests=guests_sent(request.POST),
        )  # fmt: skip
    except BadInput as refusal:
        # What no form offers is not shown again.
        marks = {seat: value for seat, value in marks.items() if value.mark in Mark.values}
        shown = {
            "call": _call(found, request, marks), "refusal_said": refusal, "guests": guests_sent(request.POST) or [],
        }  # fmt: skip
        return render(request, "training/register.html", shown, status=422)
    except StaleForm as stale:
        newest = queries.get_register(cohort=reference, number=number, by=request.actor)
        standing = queries.guests_of(session=newest.session, by=request.actor)
        yours = guests_sent(request.POST)
        # Who came in meanwhile is not sent away by a form that did not know of them.
        guests = standing if yours is None else list(dict.fromkeys([*yours, *standing]))
        shown = {
            "stale": stale, "theirs": _call(newest, request), "yours": _call(newest, request, marks), "guests": guests,
        }  # fmt: skip
        return render(request, "training/register_stale.html", shown, status=409)
    messages.success(request, _("The register is saved. It counts when it is signed."))
    there = reverse("register", args=[reference, number])
    return redirect(f"{there}?{WITH_PHOTOS}" if _wants_photos(request) else there)


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = queries.get_register(cohort=reference, number=number, by=request.actor)
    request.actor.require(Permission.REGISTER_LOCK, on=found.session)
    if request.method == "POST":
        try:
            lock_session(
                session=found.session, version=version_sent(request.POST), at=clock.now(), by=request.actor,
                is_second_factor_given=has_given_second_factor(request),
            )  # fmt: skip
        except SecondFactorWanted as wanted:
            return ask_for_second_factor(request, wanted)
        if queries.timing_of(session=found.session, at=clock.now(), by=request.actor).days_to_correct:
            messages.success(request, _("The register is signed. It counts from now on."))
        else:
            messages.success(request, _("The register is signed. It counts from now on, and does not change any more."))
        return redirect("register", reference, number)
    if not found.is_taken or found.session.status == "locked":
        return redirect("register", reference, number)
    guests = queries.guests_of(session=found.session, by=request.actor)
    return render(request, "training/sign.html", {"call": _call(found, request), "guests": guests})


@require_GET
def photo(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The photo of who has this seat, for the trainers of the cohort while they learn there."""
    found = queries.get_learner_photo(cohort=reference, number=number, on=clock.today(), by=request.actor)
    return file_answer(found.document, bytes_of_photo(photo=found, by=request.actor))


def _wants_photos(request: HttpRequest) -> bool:
    return request.GET.get("photos") == "yes"


def _photos(found, request: HttpRequest, *, on: date) -> frozenset[int]:
    shown = queries.learner_photos(on=on, by=request.actor, cohorts=[found.session.cohort_id])
    return frozenset(each.place.number for each in shown)


def _story(found, request: HttpRequest) -> dict[str, object]:
    """What was said before, where more than one had a say; and the guests."""
    by, session = request.actor, found.session
    return {"story": queries.story_of(session=session, by=by), "guests": queries.guests_of(session=session, by=by)}


def _call(found, request: HttpRequest, marks: dict[int, Value] | None = None) -> RollCall:
    actor, session = request.actor, found.session
    today = local_day(clock.now(), session.cohort.site.zone)
    return RollCall(
        found,
        marks,
        may_take=actor.may(Permission.REGISTER_TAKE, on=session),
        may_sign=actor.may(Permission.REGISTER_LOCK, on=session),
        has_begun=today >= session.held_on,
        timing=queries.timing_of(session=session, at=clock.now(), by=actor),
        reason=request.POST.get("reason", ""),
        may_correct=actor.may(Permission.REGISTER_CORRECT, on=session),
        on=today,
        photos=_photos(found, request, on=today) if _wants_photos(request) else None,
        arrived=queries.seats_arrived(session=session, by=actor) if session.status == "planned" else None,
    )
