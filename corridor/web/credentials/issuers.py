"""The register of issuers: the page, the signed file of each edition, and the document of the alliance that signs it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corridor.foundations import clock
from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import WrongMoment
from corridor.rooms.credentials import actions, queries
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.sites import queries as sites
from corridor.web.wording import sentence

from .asked_days import instant_asked_for, on_asked_for
from .documents import for_all


@login_not_required
@require_http_methods(["GET", "HEAD"])
def issuer_page(request: HttpRequest) -> HttpResponse:
    by, on = request.actor, on_asked_for(request)
    editions = list(queries.list_editions(by=by)[:50])
    edition = queries.get_edition(on=on, by=by) if editions else None
    register = queries.read_edition(edition=edition, by=by) if edition else None
    shown: dict[str, Any] = {
        "edition": edition, "editions": editions, "on": on, "may_sign": by.may(Permission.ISSUERS_SIGN),
        "issuers": [_row(each) for each in register.issuers.values()] if register else [], "today": clock.real_now(),
        "are_kept": queries.are_issuers_kept(by=by),
    }  # fmt: skip
    _title([each for issuer in shown["issuers"] for each in issuer["scopes"]], by)
    return render(request, "credentials/issuers.html", shown)


def _row(issuer: Any) -> dict[str, Any]:
    """An issuer with its scopes by reference: the addresses in the register are for those who read it elsewhere."""
    scopes = [
        {"programme": programme.rpartition("/")[2], "site": site.rpartition("/")[2], "days": days}
        for programme, site, days in issuer.scopes
    ]
    return {
        "did": issuer.did, "reference": issuer.reference, "name": issuer.name, "country": issuer.country,
        "memberships": issuer.memberships, "scopes": scopes,
    }  # fmt: skip


def _title(scopes: list[dict[str, Any]], by: Actor) -> None:
    """Lay the programme and the site of each scope beside its reference, for their titles; one that we do not know any more has none."""
    today = clock.today()
    held = programmes.list_programmes(by=by, on=today).filter(reference__in={each["programme"] for each in scopes})
    places = sites.list_sites(by=by, on=today).filter(reference__in={each["site"] for each in scopes})
    titled, named = {each.reference: each for each in held}, {each.reference: each for each in places}
    for each in scopes:
        each |= {"titled": titled.get(each["programme"]), "place": named.get(each["site"])}


@login_not_required
@require_safe
def kept_issuers(request: HttpRequest) -> HttpResponse:
    """Issuers of other houses, whose certificates are verified here."""
    kept = queries.list_kept_issuers(by=request.actor)
    return render(request, "credentials/kept_issuers.html", {"kept": kept, "now": clock.real_now()})


@require_POST
def sign_issuers(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.ISSUERS_SIGN)
    try:
        made = actions.sign_issuers(on=clock.today(), at=clock.real_now(), by=request.actor)
    except WrongMoment as refusal:
        messages.info(request, sentence(refusal))
    else:
        messages.success(request, _("Edition %(number)s is signed.") % {"number": made.number})
    return redirect("issuers")


@login_not_required
@require_safe
def latest_register(request: HttpRequest) -> HttpResponse:
    """The latest edition, or with ``?on=2023-07-01`` the one of that day."""
    edition = queries.get_edition(on=on_asked_for(request), by=request.actor)
    return for_all(request, edition.document, "application/json", at=edition.signed_at, until=edition.valid_until)


@login_not_required
@require_safe
def register_edition(request: HttpRequest, number: int) -> HttpResponse:
    edition = queries.get_edition(number=number, by=request.actor)
    return for_all(request, edition.document, "application/json", at=edition.signed_at, seconds=86_400)


@login_not_required
@require_safe
def alliance_document(request: HttpRequest) -> HttpResponse:
    text = queries.alliance_document_text(as_of=instant_asked_for(request), by=request.actor)
    return for_all(request, text, "application/did+ld+json", seconds=3600)
