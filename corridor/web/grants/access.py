"""Who can see this, who can change it, and through what: one page for every kind of record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.journeys.records import Found
from corridor.journeys.tell_access import tell_access

SOURCES = {
    "seat": pgettext_lazy("an office", "Seat"), "post": gettext_lazy("Post at the site"), "cohort": gettext_lazy("Named in the cohort"),
    "self": gettext_lazy("The person's own record"), "grant": gettext_lazy("Given beside the offices"),
    "delegation": gettext_lazy("Passed on"), "override": gettext_lazy("Opened with a written reason"),
    "sent": gettext_lazy("Sent it, or asked for it"), "asked": gettext_lazy("Asked to judge it"),
}  # fmt: skip
FIELDS = {
    "names": gettext_lazy("Names"), "certificate_name": gettext_lazy("Name for the certificate"), "sex": gettext_lazy("Sex"),
    "birth": gettext_lazy("Day of birth"), "residence": gettext_lazy("Lives in"), "disability": gettext_lazy("Disability"),
    "contacts": gettext_lazy("Ways to reach the person"), "consents": gettext_lazy("Consents"),
    "papers": gettext_lazy("Papers that were seen"), "offices": gettext_lazy("Offices and enrolments"),
}  # fmt: skip
PAGES = {
    "member": "member", "person": "person", "agreement": "agreement", "site": "site", "programme": "programme",
    "cohort": "cohort", "credential": "credential", "document": "document", "application": "application", "proposal": "proposal",
    "data-call": "data-call", "conference": "conference", "announcement": "announcement", "demand": "demand", "wave": "wave",
    "edition": "edition", "request": "request", "import": "import", "obligation": "obligation", "commitment": "commitment",
    "job": "job", "account": "account",
}  # fmt: skip


@require_GET
def access_page(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    told = tell_access(kind=kind, reference=reference, on=clock.today(), at=clock.real_now(), by=request.actor)
    shown = {
        "access": told, "kind": kind, "reference": reference, "word": _(told.found.kind.word),
        "page": page_of(told.found), "accounts": [(row, SOURCES[row.holder.source]) for row in told.accounts],
        "fields": [(FIELDS.get(row.field, row.field), row) for row in told.fields],
        "may_see_history": told.found.may_change(request.actor),
    }  # fmt: skip
    return render(request, "grants/access.html", shown)


def page_of(found: Found) -> str:
    """The record's own page; empty where it has none by its reference alone."""
    try:
        if found.code in {"curriculum", "answer"}:
            first, _dot, second = found.reference.partition(".")
            return reverse("curriculum" if found.code == "curriculum" else "data-call-answer", args=[first, second])
        if found.code == "equipment":
            return reverse("equipment-item", args=[found.record.site.reference, found.reference])
        if found.code == "figure":
            return reverse("figure-version", args=[found.record.code, found.reference])
        return reverse(PAGES[found.code], args=[found.reference]) if found.code in PAGES else ""
    except NoReverseMatch:
        return ""
