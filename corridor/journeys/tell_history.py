"""What happened to one record: the lines of the audit log about it and its parts, field by field."""

from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.audit import queries as audit
from corridor.foundations.audit.log import name_of
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .records import Found, find_record

# Who is only the person concerned reads who may see a record, not who changed which field of it.
ONLY_FOR_KEEPERS = N_("This is for who may change the record, and for oversight.")


def tell_history(*, kind: str, reference: str, by: Actor) -> tuple[Found, QuerySet[Entry]]:
    """
    The record and its entries, the latest first, with their details.

    :raises AccessDenied: for anyone but who may change it, and oversight. :raises NotFound: for who may not see it.
    """
    found = find_record(kind=kind, reference=reference, by=by)
    if not found.may_change(by):
        raise AccessDenied(ONLY_FOR_KEEPERS)
    return found, audit.entries_about(subjects=[name_of(found.record), *_parts(found)], by=by)


def _parts(found: Found) -> list[str]:
    named: list[str] = []
    for part in found.kind.parts:
        rows: Any = getattr(found.record, part)
        named += [f"{rows.model._meta.label}:{key}" for key in rows.order_by("pk").values_list("pk", flat=True)[:500]]
    return named
