"""The small links of a record: who can see it, and what happened to it; for those who may ask."""

from typing import Any

from django import template

from corridor.foundations.access import VISITOR
from corridor.journeys.records import may_ask

register = template.Library()


@register.inclusion_tag("partials/record_access.html", takes_context=True)
def record_access(context: Any, kind: str, record: object, reference: str) -> dict[str, object]:
    """``{% record_access "member" member member.reference %}`` on the record's own page; nothing for those who may not ask."""
    by = context.get("actor") or VISITOR
    sees, history = may_ask(kind=kind, record=record, by=by)
    is_self = kind == "person" and sees and getattr(record, "pk", None) == by.person_id
    return {"kind": kind, "reference": reference, "sees": sees, "history": history, "is_self": is_self}
