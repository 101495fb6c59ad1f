"""The page that a holder shows: the certificate in three languages, its files, and what became of it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.certificates.printing import printed
from corridor.rooms.credentials.queries import attestations
from corridor.web.ui.hashes import bars_of

from .verdict_words import page_of


@login_not_required
@never_cache
@require_safe
def credential_page(request: HttpRequest, token: str) -> HttpResponse:
    credential = queries.get_credential_by_token(token=token, by=request.actor)
    by, on = request.actor, clock.today()
    facts = queries.certificate_facts(credential=credential, by=by)
    is_named = queries.names_holder(credential=credential, on=on, by=by)
    facts = facts if is_named else facts.without_name()
    verdict = queries.verify(token=token, at=clock.now(), by=request.actor)
    shown = {"facts": facts, "printed": printed(facts), "token": token, "verdict": page_of(verdict)}
    shown |= {"bars": bars_of(facts.sha256), "is_named": is_named}
    shown |= {"is_in_force": queries.is_in_force(credential=credential, by=by)}
    shown |= {"credential": credential, "is_own": queries.is_holder(credential=credential, by=by)}
    shown |= {"endorsements": attestations.endorsements_of(credential=credential, by=by)}
    shown |= {"has_proof": queries.has_proof(credential=credential, by=by)}
    if is_named and not queries.is_named_to_all(credential=credential, on=on, by=by):
        person = credential.enrolment.person
        shown |= {"person": person, "may_decide": by.may(Permission.PERSON_EDIT, on=person)}
    response = render(request, "credentials/credential.html", shown)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
