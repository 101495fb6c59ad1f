"""A resolution as a row: what was decided, who carries it out, by when, and what became of it."""

from datetime import date
from typing import Any

from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.languages import choose
from corridor.web.ui.names import member_called, reader_language


def resolution_row(resolution: Any, *, on: date, by: Actor) -> dict[str, Any]:
    """Needs texts, owner's names and changes read."""
    text, language = choose({each.language: each.text for each in resolution.texts.all()}, reader_language())
    changes = list(resolution.changes.all())
    is_open = resolution.status == "open"
    return {
        "reference": resolution.reference, "text": text, "language": language,
        "status": "overdue" if resolution.is_late(on) else resolution.status, "is_late": resolution.is_late(on),
        "owner": member_called(resolution.owner).text if resolution.owner else "",
        "owner_reference": resolution.owner.reference if resolution.owner else "",
        "due_on": resolution.due_on, "settled_on": changes[-1].effective_on if changes else None,
        "reason": changes[-1].reason if changes else "", "may_settle": is_open and by.may(Permission.RESOLUTION_SETTLE, on=resolution),
    }  # fmt: skip
