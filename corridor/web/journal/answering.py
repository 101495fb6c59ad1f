"""How pages that work without a network are answered: what is the same as before not at all, and every no as JSON with a sentence."""

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language

from corridor.kernel.errors import Refusal
from corridor.web.errors import status_of
from corridor.web.ui.languages import html_lang
from corridor.web.wording import sentence


def told_once(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    """What a device takes along; 304 where it has that already."""
    text, etag = _written(told), etag_of(told)
    if has_already(request, etag):
        return HttpResponse(status=304)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["ETag"] = etag
    return answer


def etag_of(told: Any) -> str:
    return f'"{sha256(_written(told).encode()).hexdigest()[:32]}"'


def has_already(request: HttpRequest, etag: str) -> bool:
    return request.headers.get("If-None-Match", "").removeprefix("W/") == etag


def _written(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def refused(refusal: Refusal) -> HttpResponse:
    problems = [sentence(each) for each in getattr(refusal, "problems", ())]
    told = " ".join([sentence(refusal), *problems])
    return JsonResponse({"code": refusal.code, "message": told}, status=status_of(refusal))


def manifest_of(name: str, *, start: str, scope: str) -> HttpResponse:
    """What a phone needs to put a page among its programs."""
    return JsonResponse(
        {
            "name": name,
            "short_name": name,
            "lang": html_lang(get_language() or settings.LANGUAGE_CODE),
            "start_url": start,
            "scope": scope,
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#ffffff",
            "icons": [{"src": static("corridor/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        content_type="application/manifest+json",
    )
