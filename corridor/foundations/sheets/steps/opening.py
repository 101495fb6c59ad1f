"""An import of somebody else, for who may open it for an hour (journeys/open_record.py asks the right)."""

from uuid import UUID

from corridor.foundations.grants.drafts import Closed

from ..models import Import


def import_named(reference: str) -> Closed | None:
    """By the key in its address; its sender is told."""
    try:
        key = UUID(reference)
    except ValueError:
        return None
    found = Import.objects.filter(pk=key).first()
    return None if found is None else Closed(found.pk, str(found.pk), (found.sender_id,) if found.sender_id else ())
