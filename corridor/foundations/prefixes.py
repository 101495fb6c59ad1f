"""What begins with some letters, by the index on the column in either database."""

from django.db import connection
from django.db.models import Q

LAST = "\U0010ffff"


def begins_with(field: str, letters: str) -> Q:
    """
    The rows whose ``field`` (indexed) begins with these letters, as they are: no case is folded.

    PostgreSQL keeps an index for LIKE beside the usual one (``db_index`` makes both). SQLite reads its index only for a range, and its
    order is that of the code points; PostgreSQL's follows a language, where a range would miss some.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": letters, f"{field}__lt": letters + LAST})
    return Q(**{f"{field}__startswith": letters})
