"""The pages that lists.py measures against: what anyone would write in Django, with its usual middleware, and nobody to hide rows from."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from corridor.rooms.members.models import Membership
from corridor.rooms.people.models import Person

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
FRAME = "<!doctype html><title>List</title>{{ frame|safe }}<p>{{ request.user.username }}</p><table>"
MEMBERS = """{% for membership in rows %}{% with o=membership.organisation %}<tr>
<th><a href="/members/{{ o.reference }}/">{% for name in o.names.all %}{{ name.name }} {% endfor %}</a></th><td>{{ o.get_kind_display }}</td>
<td>{{ o.country }} {{ o.city }}</td><td>{{ membership.changes.all.0.effective_on }}</td><td>{{ membership.get_status_display }}</td>
<td>{{ o.get_source_mark_display }}</td></tr>{% endwith %}{% endfor %}</table>"""
PEOPLE = """{% for person in rows %}<tr>
<th><a href="/people/{{ person.reference }}/">{% for name in person.names.all %}{{ name.full_name }} {% endfor %}</a></th>
<td>{{ person.reference }}</td><td>{{ person.get_sex_display }}</td><td>{{ person.residence_country }}</td></tr>{% endfor %}</table>"""
_frame = [""]


def pad_to(size: int) -> None:
    """Give the page so many bytes more of fixed text that it is as large as ours."""
    _frame[0] = "<!--" + "x" * max(0, size) + "-->"


@cache
def _template(table: str) -> Any:
    return engines["django"].from_string(FRAME + table)


def members(request: HttpRequest) -> HttpResponse:
    found = Membership.objects.filter(status__in=["active", "dormant", "suspended"])
    found = found.select_related("organisation").prefetch_related("organisation__names", "changes")
    page = found.order_by("organisation__reference")[:50]
    return HttpResponse(_template(MEMBERS).render({"rows": page, "frame": _frame[0]}, request))


def people(request: HttpRequest) -> HttpResponse:
    page = Person.objects.prefetch_related("names").order_by("reference")[:50]
    return HttpResponse(_template(PEOPLE).render({"rows": page, "frame": _frame[0]}, request))


urlpatterns = [path("members/", members), path("people/", people)]
