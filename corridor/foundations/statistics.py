"""What a database must know of its rows to answer quickly."""

from django.db import connection


def gather_statistics() -> None:
    """
    Let PostgreSQL look at its tables again; SQLite needs no such look.

    Its own look comes a minute after a commit: too late for whoever writes a hundred thousand rows and asks about them in one transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
