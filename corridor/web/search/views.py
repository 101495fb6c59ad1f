"""One box for everything the reader may know of."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from corridor.journeys.find_anything import find_anything

from .forms import SearchForm
from .kinds import KINDS

MOST = 50


@login_not_required
@never_cache
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    asked = SearchForm(request.GET)
    given = asked.cleaned_data if asked.is_valid() else {"q": "", "kind": ""}
    words = given["q"].strip()
    kinds = frozenset({given["kind"]}) if given["kind"] else frozenset()
    found = find_anything(words=words, kinds=kinds, by=request.actor, limit=MOST) if words else []
    rows = [
        (
            KINDS[thing.kind].one,
            KINDS[thing.kind].called(thing.record),
            KINDS[thing.kind].url.format(thing.record.reference),
            thing.record,
        )
        for thing in found
    ]
    shown = {"form": asked, "rows": rows, "words": words, "is_cut": len(rows) == MOST}
    return render(request, "search/search.html", shown, status=200 if asked.is_valid() else 422)
