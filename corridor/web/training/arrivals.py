"""Self check-in: the trainer's screen with the code that changes, and the page on the learner's own phone."""

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.recognise_phone import OwnPhone, phone_of, read_phone
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries
from corridor.rooms.training.arriving import STEP_SECONDS, address_of, code_of, step_at
from corridor.web.errors import status_of

PENDING = "arrival"
# The cookie of a phone, sent to the pages of this address alone.
COOKIE, COOKIE_PATH, COOKIE_SECONDS = "phone", "/arrive/", 180 * 24 * 3600


@require_http_methods(["GET", "POST"])
def arrivals(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The trainer's: show the code, and confirm who has scanned it."""
    by, at = request.actor, clock.now()
    session = queries.get_session(cohort=reference, number=number, by=by)
    by.require(Permission.REGISTER_TAKE, on=session)
    if request.method == "POST":
        _do(request, session, at=at)
        return redirect("arrivals", reference, number)
    found = queries.arrivals_of(session=session, at=at, by=by)
    shown: dict[str, Any] = {
        "found": found,
        "session": session,
        "step": STEP_SECONDS,
        "now": int(at.timestamp() * 1000),
    }
    if found.screen:
        shown |= {
            "key": found.key.hex(),
            "address": address_of("").removesuffix("/"),
            "drawn": _drawn(found.screen, at),
        }
    answer = render(request, "training/arrivals.html", shown)
    add_never_cache_headers(answer)
    return answer


@login_not_required
@require_GET
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """What the camera opens. It only notes the scan, so that whoever has to sign in first loses nothing."""
    at = clock.now()
    queries.scanned(code=code, at=at, by=request.actor)
    request.session[PENDING] = {"code": code, "at": at.isoformat()}
    answer = redirect("arrive")
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """The learner's: one button, and afterwards what became of it."""
    phone, at = _phone(request), clock.now()
    by = request.actor if request.user.is_authenticated else phone.by
    pending, said, status = request.session.get(PENDING), None, 200
    if request.method == "POST" and pending:
        try:
            actions.arrive(
                code=pending["code"], scanned_at=datetime.fromisoformat(pending["at"]), phone=phone.key, at=at, by=by
            )
        except Refusal as refusal:
            said, status = refusal, status_of(refusal)
        else:
            messages.success(request, _("Your trainer sees that you are there, and confirms it."))
        del request.session[PENDING]
        pending = None
        if said is None:
            return _carrying(redirect("arrive"), phone)
    rows = queries.own_arrivals(on=clock.today(), by=by)
    shown = {
        "pending": pending, "refusal_said": said, "rows": rows, "is_known": by.holds_somewhere(Permission.OWN_ARRIVAL_SAY),
        "speaks": phone.by.user_id is not None, "by": by,
    }  # fmt: skip
    answer = render(request, "training/arrive.html", shown, status=status)
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex"
    return _carrying(answer, phone)


@require_POST
def own_phone(request: HttpRequest) -> HttpResponse:
    """From now on this phone says for its learner that they are there, signed in or not; and nothing else."""
    by, is_kept = request.actor, request.POST.get("do") != "forget"
    if not by.holds_somewhere(Permission.OWN_ARRIVAL_SAY):
        by.require(Permission.OWN_ARRIVAL_SAY)
    if is_kept:
        messages.success(request, _("This phone says for you that you are there, even when you are signed out."))
    else:
        messages.success(request, _("This phone says nothing for you any more, unless you sign in."))
    user = request.user if is_kept and request.user.is_authenticated else None
    return _carrying(redirect("arrive"), phone_of(key=_phone(request).key, user=user, on=clock.today()))


def _phone(request: HttpRequest) -> OwnPhone:
    return read_phone(carried=request.COOKIES.get(COOKIE, ""), on=clock.today())


def _carrying(answer: HttpResponse, phone: OwnPhone) -> HttpResponse:
    answer.set_cookie(
        COOKIE, phone.carried, max_age=COOKIE_SECONDS, path=COOKIE_PATH, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    return answer


def _do(request: HttpRequest, session: Any, *, at: datetime) -> None:
    by, do = request.actor, request.POST.get("do", "")
    if do == "show":
        actions.show_screen(session=session, at=at, by=by)
        messages.success(request, _("The code is shown. Hold it up, or put it on the big screen."))
    elif do == "end":
        actions.end_screen(session=session, at=at, by=by)
        messages.success(request, _("The code is not shown any more."))
    elif do in {"confirm", "late"}:
        count = actions.confirm_arrivals(
            session=session, places=_places(request, session, at), is_late=do == "late", at=at, by=by,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
        said = ngettext("%(count)s learner is confirmed.", "%(count)s learners are confirmed.", count)
        messages.success(request, said % {"count": count})
    else:
        raise NotFound(N_("There is no such step here."))


def _places(request: HttpRequest, session: Any, at: datetime) -> list[UUID] | None:
    """The one whose button was pressed, else all."""
    sent = request.POST.get("seat", "")
    if not sent:
        return None
    rows = queries.arrivals_of(session=session, at=at, by=request.actor).rows
    return [row.arrival.enrolment_id for row in rows if str(row.number) == sent]


def _drawn(screen: Any, at: datetime) -> str:
    """The code of this moment as a picture, for a browser without scripts."""
    made = segno.make(address_of(code_of(screen, step_at(at))), error="m", micro=False)
    rows = list(made.matrix_iter(border=4))
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    paths = format_html(
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/>', size=len(rows), path=squares
    )
    return format_html(
        '<svg viewBox="0 0 {size} {size}" shape-rendering="crispEdges">{paths}</svg>', size=len(rows), paths=paths
    )
