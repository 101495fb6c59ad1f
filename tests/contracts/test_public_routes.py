"""A page or an operation is private until this file says otherwise: two literal sets, and nothing beside them."""

import re
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, path

from .test_roles_by_route import routes

PUBLIC_PAGES = {
    "",
    "account/closed/",
    "account/directory/<str:provider_id>/",
    "account/directory/<str:provider_id>/back/",
    "account/directory/cancelled/",
    "account/directory/failed/",
    "account/e-mail/<str:key>/",
    "account/passkeys/sign-in/",
    "account/password/forgotten/",
    "account/password/forgotten/sent/",
    "account/password/new/<solid:uidb36>-<str:key>/",
    "account/password/new/done/",
    "account/second-factor/code/",
    "account/unknown/",
    "invited/<str:secret>/",
    "agreements/",
    "agreements/activation/",
    "agreements/<slug:reference>/",
    "announcements/",
    "obligations/calendar/<str:secret>.ics",
    "arrive/",
    "arrive/<str:code>/",
    "mentor/<str:secret>/",
    "timetable/<str:secret>.ics",
    "announcements/<slug:reference>/",
    "announcements/<slug:reference>/evidence/<slug:document>/",
    "announcements/feed.atom",
    "announcements/widget/",
    "apply/",
    "apply/again/",
    "apply/as/<slug:kind>/",
    "apply/to/<str:secret>/",
    "apply/to/<str:secret>/conditions/<uuid:key>/",
    "apply/to/<str:secret>/documents/<slug:code>/",
    "apply/to/<str:secret>/files/<slug:reference>/",
    "apply/to/<str:secret>/letters/<uuid:key>/",
    "apply/to/<str:secret>/sections/<slug:code>/",
    "apply/to/<str:secret>/submit/",
    "apply/to/<str:secret>/withdraw/",
    "c/<str:token>/",
    "c/<str:token>/verify/",
    "claim/<str:secret>/",
    "claim/<str:secret>/code/",
    # For whoever came by a link; anybody else signs in first (web/credentials/holding.py).
    "credentials/<slug:reference>/wallet/",
    "my-certificates/",
    "my-certificates/join/",
    "my-certificates/join/code/",
    "my-certificates/leave/",
    "my-certificates/showings/<uuid:key>/end/",
    "my-certificates/<slug:reference>/",
    "my-certificates/<slug:reference>/all.zip",
    "my-certificates/<slug:reference>/correct/",
    "my-certificates/<slug:reference>/files/<str:form>",
    "my-certificates/<slug:reference>/show/",
    "shown/<str:token>/",
    "shown/<str:token>/<int:number>.sd-jwt",
    "verify/",
    "verify/bundle.json",
    "verify/manifest.json",
    "verify/report/",
    "c/<str:token>/verify/report.pdf",
    "worker.js",
    "c/<str:token>/certificate.pdf",
    ".well-known/oauth-authorization-server",
    ".well-known/openid-credential-issuer",
    "credential-types/certificate",
    "credentials/issue",
    "credentials/status/1",
    "credentials/verify",
    "presentations/verify",
    "wallet/credential",
    "wallet/nonce",
    "wallet/token",
    "c/<str:token>/credential.json",
    "attestations/held/<str:token>.json",
    "attestations/held/<str:token>/proof.json",
    "c/<str:token>/credential.jwt",
    "conferences/<slug:reference>/",
    "conferences/<slug:reference>/agenda.ics",
    "conferences/<slug:reference>/agenda/",
    "conferences/<slug:reference>/agenda/<uuid:key>.ics",
    "conferences/<slug:reference>/decided/",
    "conferences/<slug:reference>/documents/<slug:document>/",
    "conferences/<slug:reference>/screen/",
    "conferences/<slug:reference>/register/",
    "delegates/<str:secret>/",
    "delegates/<str:secret>/card.pdf",
    "delegates/<str:secret>/change/",
    "delegates/<str:secret>/letter.pdf",
    "delegates/<str:secret>/letter/",
    "curricula/",
    "health/live",
    "health/ready",
    "curricula/<slug:reference>/<word:version>/",
    "curricula/<slug:reference>/<word:version>/<word:unit>/",
    "demand/",
    "demand/<slug:reference>/",
    "demand-gaps/",
    "demand-totals/",
    "documents/<slug:reference>/",
    "fault/",
    "fault/<str:secret>/",
    "figures/",
    "funding/",
    "funding/<slug:reference>/",
    "funding/rates/",
    "figures/<str:code>/",
    "figures/<str:code>/evidence/",
    "figures/<str:code>/versions/<slug:reference>/",
    "figures/claims/",
    "language/",
    "members/",
    "occupations/",
    "notices/mute/<str:key>/",
    "members/<slug:reference>/",
    ".well-known/did.json",
    "c/<str:token>/proof.json",
    "checkpoints.json",
    "checkpoints/",
    "checkpoints/<int:number>.json",
    "issuers.json",
    "issuers/",
    "issuers/elsewhere/",
    "issuers/<int:number>.json",
    "members/<slug:reference>/did.json",
    "programmes/",
    "programme-steps/",
    "programmes/<slug:reference>/",
    "programmes/<slug:reference>/intake/",
    "programmes/<slug:reference>/steps/",
    "programmes/<slug:reference>/study/",
    "reports/",
    "reports/<slug:reference>/",
    "reports/<slug:reference>/<str:file>",
    "search/",
    "sign-in/",
    "sign/<str:secret>/",
    "sign/<str:secret>/agreement.pdf",
    "sign/<str:secret>/code/",
    "sign-out/",
    "sites/",
    "sites/<slug:reference>/visit/",
    "sites/<slug:reference>/visit/photos/<uuid:key>/",
    "sites/<slug:reference>/",
    "sites/<slug:reference>/listings/<slug:brand>/",
    "sites/<slug:reference>/listings/<slug:brand>/reports/<uuid:key>/",
    "status/<slug:reference>/<int:number>",
    "status/<slug:reference>/<int:number>/reasons",
    "theme/",
}
PUBLIC_OPERATIONS = {
    "POST /api/v1/verifications",
    "POST /api/v1/verification-reports",
    "GET /api/v1/agreement-activation",
    "GET /api/v1/agreements",
    "GET /api/v1/agreements/{reference}",
    "GET /api/v1/alliance",
    "GET /api/v1/announcements",
    "GET /api/v1/announcements/{reference}",
    "GET /api/v1/brands",
    "GET /api/v1/checkpoints",
    "GET /api/v1/claims",
    "GET /api/v1/commitments",
    "GET /api/v1/commitments/{reference}",
    "GET /api/v1/conferences",
    "GET /api/v1/conferences/{reference}",
    "GET /api/v1/conferences/{reference}/agenda",
    "GET /api/v1/conferences/{reference}/agenda/{key}",
    "GET /api/v1/conferences/{reference}/call",
    "GET /api/v1/conferences/{reference}/registration",
    "GET /api/v1/conferences/{reference}/documents",
    "GET /api/v1/conferences/{reference}/minutes",
    "GET /api/v1/resolutions",
    "GET /api/v1/resolutions/{reference}",
    "GET /api/v1/curricula",
    "GET /api/v1/curricula/{reference}/{version}",
    "GET /api/v1/demand",
    "GET /api/v1/demand/{reference}",
    "GET /api/v1/demand-gaps",
    "GET /api/v1/demand-totals",
    "GET /api/v1/editions",
    "GET /api/v1/editions/{reference}",
    "GET /api/v1/entitlements",
    "GET /api/v1/exchange-rates",
    "GET /api/v1/figures/{code}",
    "GET /api/v1/figures/{code}/evidence",
    "GET /api/v1/frameworks",
    "GET /api/v1/funding-totals",
    "GET /api/v1/indicators",
    "GET /api/v1/issuers",
    "GET /api/v1/issuers/elsewhere",
    "GET /api/v1/issuers/editions/{number}",
    "GET /api/v1/kept-figures",
    "GET /api/v1/kept-figures/{reference}",
    "GET /api/v1/members",
    "GET /api/v1/members/{reference}",
    "GET /api/v1/members/{reference}/keys",
    "GET /api/v1/occupations",
    "GET /api/v1/programme-steps",
    "GET /api/v1/programme-steps/{kind}",
    "GET /api/v1/programmes",
    "GET /api/v1/programmes/{reference}/approval",
    "GET /api/v1/programmes/{reference}/intakes",
    "GET /api/v1/programmes/{reference}/study",
    "GET /api/v1/programmes/{reference}/funding",
    "GET /api/v1/programmes/{reference}",
    "GET /api/v1/programmes/{reference}/reviews",
    "GET /api/v1/late-reviews",
    "GET /api/v1/recognitions",
    "GET /api/v1/search",
    "GET /api/v1/reviews/{key}",
    "GET /api/v1/shown/{token}",
    "GET /api/v1/sites",
    "GET /api/v1/sites/{reference}",
    "GET /api/v1/sites/{reference}/accreditations",
    "GET /api/v1/sites/{reference}/accreditations/{key}",
    "GET /api/v1/sites/{reference}/reviews",
    "GET /api/v1/sites/{reference}/visit",
}
API_PREFIX = "api/v1/"
NO_TOKEN = 401


def open_pages(patterns: Any) -> set[str]:
    """Routes that answer before anyone has signed in."""
    return {
        route
        for route, view in routes(patterns)
        if not getattr(view, "login_required", True) and not route.startswith(API_PREFIX)
    }


def open_operations(schema: dict[str, Any], client: Client) -> set[str]:
    """Operations that answer something else than 401 to a request without a token."""
    return {
        f"{method.upper()} {one}"
        for one, methods in schema["paths"].items()
        for method in methods
        if client.generic(method.upper(), re.sub(r"{\w+}", "x", one)).status_code != NO_TOKEN
    }


def test_only_listed_pages_are_public():
    assert open_pages(get_resolver().url_patterns) == PUBLIC_PAGES


@pytest.mark.django_db
def test_only_listed_operations_answer_without_a_token(client: Client):
    from corridor.api.site import api

    assert open_operations(api.get_openapi_schema(), client) == PUBLIC_OPERATIONS


def test_a_page_that_was_opened_is_caught():
    @login_not_required
    def opened(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def closed(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert open_pages([path("opened/", opened), path("closed/", closed)]) == {"opened/"}


@pytest.mark.django_db
def test_an_operation_that_was_opened_is_caught(client: Client):
    assert open_operations({"paths": {"/no-such/{reference}": {"get": {}}}}, client) == {"GET /no-such/{reference}"}
