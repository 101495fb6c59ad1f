"""Whether this process can answer: what a machine that watches over it asks."""

from django.db import connection


def reach_database() -> None:
    """Ask the database the smallest question. A database out of reach is its own loud error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
