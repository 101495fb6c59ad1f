"""Where the things behind a figure are read."""

from django.http import QueryDict
from django.urls import reverse

from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.walking import Link

# kind of page: the name of its address, which takes the reference.
PAGES = {
    "agreement": "agreement",
    "announcement": "announcement",
    "cohort": "cohort",
    "commitment": "commitment",
    "conference": "conference",
    "demand_statement": "demand",
    "member": "member",
    "programme": "programme",
    "site": "site",
    "trainer": "trainer",
}


def page_of(link: Link | None) -> str:
    """The address of the thing's own page; empty where it has none."""
    if link is None:
        return ""
    if link.kind == "curriculum":
        return reverse("curricula")
    return reverse(PAGES[link.kind], args=[link.reference]) if link.kind in PAGES else ""


def query_of(answered: FigureAnswer, **more: object) -> str:
    """The question of a figure as a query string: its scope, its day or its first and last day, and what is added."""
    query = QueryDict(mutable=True)
    for key, code in answered.question.scope.codes:
        query[key] = code
    if answered.on:
        query["on"] = answered.on.isoformat()
    else:
        query["from"], query["to"] = answered.first_day.isoformat(), answered.last_day.isoformat()
    for name, value in more.items():
        if value not in {"", None}:
            query[name] = str(value)
    return query.urlencode()


def figure_url(answered: FigureAnswer, **more: object) -> str:
    return f"{reverse('figure', args=[answered.code])}?{query_of(answered, **more)}"


def evidence_url(answered: FigureAnswer, **more: object) -> str:
    return f"{reverse('evidence', args=[answered.code])}?{query_of(answered, **more)}"
