"""The page that lists.py measures against: what anyone would write in Django, with its usual middleware, and nobody to hide rows from."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from corridor.rooms.members.models import Membership

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TABLE = """<!doctype html><title>Members</title>{{ frame|safe }}<table>{% for membership in memberships %}{% with o=membership.organisation %}<tr>
<th><a href="/members/{{ o.reference }}/">{% for name in o.names.all %}{{ name.name }} {% endfor %}</a></th><td>{{ o.get_kind_display }}</td>
<td>{{ o.country }} {{ o.city }}</td><td>{{ membership.changes.all.0.effective_on }}</td><td>{{ membership.get_status_display }}</td>
<td>{{ o.get_source_mark_display }}</td></tr>{% endwith %}{% endfor %}</table>"""
_frame = [""]


def pad_to(size: int) -> None:
    """Give the page so many bytes more of fixed text that it is as large as ours."""
    _frame[0] = "<!--" + "x" * max(0, size) + "-->"


@cache
def _template() -> Any:
    return engines["django"].from_string(TABLE)


def members(request: HttpRequest) -> HttpResponse:
    found = Membership.objects.filter(status__in=["active", "dormant", "suspended"])
    found = found.select_related("organisation").prefetch_related("organisation__names", "changes")
    page = found.order_by("organisation__reference")[:50]
    return HttpResponse(_template().render({"memberships": page, "frame": _frame[0]}, request))


urlpatterns = [path("members/", members)]
