"""An import of somebody else, for who may open it for an hour (journeys/open_record.py asks the right)."""

from uuid import UUID

from ..models import Import


def import_named(reference: str) -> Import | None:
    """By the key in its address."""
    try:
        key = UUID(reference)
    except ValueError:
        return None
    return Import.objects.filter(pk=key).first()
