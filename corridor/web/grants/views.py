"""Roles beside the offices: who holds which, giving and ending one, one's own rights, and passing a role on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission, Role, Source
from corridor.foundations.accounts import queries as accounts
from corridor.foundations.grants import giving, queries
from corridor.foundations.grants.drafts import GrantDraft
from corridor.foundations.grants.refusals import MoreThanOwn, NotPassedOn
from corridor.journeys.place_of_grant import find_place
from corridor.kernel.errors import NotFound, Refusal
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .access import PAGES
from .forms import GrantForm, PassOnForm, roles_to_give, roles_to_pass_on


@require_GET
def grant_list(request: HttpRequest) -> HttpResponse:
    shown = {
        "rows": list(queries.list_grants(on=clock.today(), by=request.actor)),
        "may_give": request.actor.may(Permission.GRANT_GIVE),
    }
    return render(request, "grants/grants.html", shown)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.GRANT_GIVE)
    form, status = GrantForm(posted(request), initial={"held_from": clock.today()}), form_status(request)
    form.offer(roles_to_give())
    if form.is_bound and form.is_valid():
        status = _tried(request, form, lambda draft: giving.give_grant(draft=draft, at=clock.now(), by=request.actor))
        if status == 302:
            messages.success(request, _("The role is given."))
            return redirect("grants")
    shown = {
        "form": form, "title": _("Give a role"), "button": _("Give it"), "back": (_("Roles beside the offices"), reverse("grants")),
        "lead": _(
            "Seats, posts, trainers and assessors come with their own pages. Here a role is given beside them; "
            "nobody gives more than they hold."
        ),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    grant = queries.get_grant(key=key, by=request.actor)
    giving.end_grant(grant=grant, at=clock.now(), by=request.actor)
    messages.success(request, _("The role has ended; its very next request has none of its rights."))
    return redirect("grants" if request.actor.may(Permission.GRANT_VIEW) else "own-rights")


@require_GET
def own_rights(request: HttpRequest) -> HttpResponse:
    by, today = request.actor, clock.today()
    rows = queries.own_grants(on=today, by=by)
    shown = {
        "received": [row for row in rows if row.user_id == by.user_id],
        "passed_on": [row for row in rows if row.passed_by_id == by.user_id],
        "offices": _offices(request), "opened": _opened(request),
        "may_pass_on": bool(roles_to_pass_on(by)) and by.holds_somewhere(Permission.GRANT_DELEGATE),
        "may_open": by.may(Permission.OVERRIDE_BEGIN), "may_see_as": by.may(Permission.ACCESS_SEE_AS),
        "may_see_grants": by.may(Permission.GRANT_VIEW),
    }  # fmt: skip
    return render(request, "grants/rights.html", shown)


@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest) -> HttpResponse:
    by, today = request.actor, clock.today()
    if not by.holds_somewhere(Permission.GRANT_DELEGATE):
        by.require(Permission.GRANT_DELEGATE)
    form, status = PassOnForm(posted(request), initial={"held_from": today}), form_status(request)
    form.offer(roles_to_pass_on(by))
    if form.is_bound and form.is_valid():
        status = _tried(request, form, lambda draft: giving.delegate(draft=draft, on=today, at=clock.now(), by=by))
        if status == 302:
            messages.success(request, _("The role is passed on. It ends when yours does, and you can end it sooner."))
            return redirect("own-rights")
    shown = {
        "form": form, "title": _("Pass a role on"), "button": _("Pass it on"), "back": (_("My rights"), reverse("own-rights")),
        "lead": _("Somebody acts for you, in their own name, until a day. What is passed on cannot be passed on again."),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _tried(request: HttpRequest, form: Any, act: Any) -> int:
    """302 where it went through; else the refusal stands on the form."""
    given = form.cleaned_data
    try:
        place = find_place(kind=given["kind"], reference=given["reference"], by=request.actor)
        user = accounts.get_account(username=given["username"], by=request.actor)
        act(GrantDraft(user, Role(given["role"]), place, given["held_from"], given["held_before"], given["reason"]))
    except NotFound as unknown:
        form.add_error("username", sentence(unknown))
        return 422
    except (MoreThanOwn, NotPassedOn) as refusal:
        form.add_error("role", sentence(refusal))
        return 403
    except Refusal as refusal:
        return shown_on(form, refusal)
    return 302


def _opened(request: HttpRequest) -> list[tuple[Any, str, str]]:
    """What oneself holds open, each with the word of its kind and its page."""
    rows = queries.own_overrides(at=clock.real_now(), by=request.actor)
    return [
        (each, each.get_record_kind_display(), reverse(PAGES[each.record_kind], args=[each.record_reference]))
        for each in rows
    ]


def _offices(request: HttpRequest) -> list[tuple[str, str, int]]:
    """Each role that is one's own, where it comes from, and for how many things; the narrow ones of one kind together."""
    found: dict[tuple[str, str], int] = {}
    for grant in request.actor.grants:
        if grant.role != Role.VISITOR and grant.source not in {Source.GRANT, Source.DELEGATION, Source.OVERRIDE}:
            key = (grant.role.value, grant.scope[0] if grant.scope else "alliance")
            found[key] = found.get(key, 0) + 1
    return sorted((role, kind, count) for (role, kind), count in found.items())
