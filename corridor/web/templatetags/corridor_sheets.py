"""A tag for the pages whose rows can be taken as sheets, edited, and sent back."""

from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from corridor.foundations.access import VISITOR
from corridor.journeys.import_sheets import kinds_for

register = template.Library()


@register.inclusion_tag("imports/take.html", takes_context=True)
def take_sheets(context: Any, names: str, **narrowed: str) -> dict[str, Any]:
    """
    ``{% take_sheets "enrolments sessions" cohort=cohort.reference %}``: these kinds of sheets, as far as the reader may send them back,
    narrowed as given and as the address of the page is.
    """
    request, by = context["request"], context.get("actor") or getattr(context["request"], "actor", VISITOR)
    found = []
    for kind in kinds_for(by=by) if by.user_id else ():
        if kind.name in names.split():
            asked = QueryDict(mutable=True)
            asked.update({name: value for name, value in request.GET.items() if name in kind.narrows and value})
            asked.update(
                {name: value for name, value in narrowed.items() if name in kind.narrows and name not in asked}
            )
            tail = f"?{asked.urlencode()}" if asked else ""
            files = [(form.upper(), reverse("import-template", args=[kind.name, form]) + tail) for form in kind.forms]
            found.append({"title": kind.title, "files": files})
    return {"sheets": found}
