"""
Statements made ready before a transaction, so that inside it nothing is left to do but to send them.

While a transaction is open others wait: on SQLite every writer of the house. To compose a statement in Python takes longer than to run it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery

from .inserting import made_ready


@dataclass(frozen=True, slots=True)
class Ready:
    """One statement and its values, as the database takes them."""

    sql: str
    values: tuple[Any, ...]

    def send(self) -> int:
        """Run it alone. Return how many rows it wrote."""
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return int(cursor.rowcount)


def ready_rows(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]], *, unique: Sequence[str] = ()
) -> Ready:
    """
    Insert at least one row with the values of those fields, in that order; it knows no defaults. All rows are one statement: at most some hundred.

    With ``unique``, the fields of a unique constraint, a row that stands there already gets the values of the other fields but its key.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    ready = [made_ready(column, connection) for column in columns]
    values = [value if make is None else make(value) for row in rows for make, value in zip(ready, row, strict=True)]
    quote = connection.ops.quote_name
    names = {name: quote(column.column) for name, column in zip(fields, columns, strict=True)}
    one = f"({', '.join(['%s'] * len(columns))})"
    all_rows = ", ".join([one] * (len(values) // len(columns)))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names.values())}) VALUES {all_rows}"  # noqa: S608 (names of our own tables)
    if unique:
        changing = [
            name for name, column in zip(fields, columns, strict=True) if not (name in unique or column.primary_key)
        ]
        news = ", ".join(f"{names[name]} = EXCLUDED.{names[name]}" for name in changing)
        sql += f" ON CONFLICT ({', '.join(names[name] for name in unique)}) DO UPDATE SET {news}"
    return Ready(sql, tuple(values))


def ready_row(thing: Model) -> Ready:
    """Insert one thing as ``save`` does, without signals; a key that the database counts is not answered."""
    fields = [field for field in thing._meta.concrete_fields if not field.generated and field.db_returning is False]
    return ready_rows(
        type(thing), [field.name for field in fields], [[field.pre_save(thing, True) for field in fields]]
    )


def ready_update(rows: QuerySet[Any], **values: object) -> Ready:
    """What ``rows.update(**values)`` would send to their own table; of rows that cannot be, an update that finds none."""
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    query.clear_select_clause()
    try:
        return Ready(*query.get_compiler(DEFAULT_DB_ALIAS).as_sql())
    except EmptyResultSet:
        return ready_update(rows.model._base_manager.extra(where=["1 = 0"]), **values)


def send_if_found(first: Ready, then: Sequence[Ready]) -> bool:
    """
    Send an update, inside ``atomic``, and if it found a row all that depends on it; on PostgreSQL in a message of its own. Return whether it did.

    What depends on it is written by whoever holds the row: of two at once the slower waits for the faster, and writes nothing.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(first.sql, first.values)
        if not cursor.rowcount:
            return False
        if connection.vendor == "postgresql" and then:
            cursor.execute(";\n".join(each.sql for each in then), [value for each in then for value in each.values])
        else:
            for each in then:
                cursor.execute(each.sql, each.values)
    return True
