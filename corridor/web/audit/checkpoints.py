"""Checkpoints of the log: small signed files that members keep, so that nobody can rewrite the chain unseen."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations.audit import checkpoints

MOST = 400


@require_GET
def checkpoint_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "audit/checkpoints.html", {"rows": list(checkpoints.list_checkpoints(by=request.actor)[:MOST])}
    )


@require_GET
def checkpoint(request: HttpRequest, day: str) -> HttpResponse:
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    answer = JsonResponse(checkpoints.checkpoint_file(day=asked, by=request.actor), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="checkpoint-{asked.isoformat()}.json"'
    return answer
