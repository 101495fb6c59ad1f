"""Answers that nobody keeps on the way and that stand in no index: what a secret address opens, and what software is told once."""

from typing import Any

from django.http import HttpResponse, JsonResponse


def unseen(response: HttpResponse) -> HttpResponse:
    """The same answer, kept by nobody and found by no search."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def unkept_json(said: dict[str, Any], status: int = 200) -> HttpResponse:
    response = JsonResponse(said, status=status)
    response["Cache-Control"] = "no-store"
    return response
