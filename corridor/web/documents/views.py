"""Kept files: public ones for anyone, the others for who may see documents of the whole alliance."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from corridor.foundations.documents.queries import bytes_of, get_document

from .answers import file_answer


@login_not_required
@require_GET
def document(request: HttpRequest, reference: str) -> HttpResponse:
    found = get_document(reference=reference, by=request.actor)
    return file_answer(found, bytes_of(found))
