"""All certificates of one person on one page, and the files that others read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corridor.foundations import clock
from corridor.rooms.credentials import queries

from .documents import JWT, for_the_holder


@never_cache
@require_safe
def transcript_page(request: HttpRequest, person: str) -> HttpResponse:
    found = queries.transcript_of(person=person, at=clock.now(), by=request.actor)
    return render(request, "credentials/transcript.html", {"transcript": found, "person": person})


@require_safe
def supplement_file(request: HttpRequest, person: str) -> HttpResponse:
    pdf = queries.transcript_pdf(person=person, at=clock.now(), by=request.actor)
    return for_the_holder(pdf, "application/pdf", f"{person}.pdf")


@require_safe
def elmo_file(request: HttpRequest, person: str) -> HttpResponse:
    xml = queries.transcript_elmo(person=person, at=clock.now(), by=request.actor)
    return for_the_holder(xml, "application/xml", f"{person}.xml")


@require_safe
def clr_file(request: HttpRequest, person: str) -> HttpResponse:
    text = queries.transcript_clr(person=person, at=clock.now(), by=request.actor)
    return for_the_holder(text.encode(), JWT, f"{person}.jwt")
