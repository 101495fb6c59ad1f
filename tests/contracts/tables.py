"""
What tables a database has, in words that two databases can be compared by.

``python -m tests.contracts.tables`` migrates an empty database and tells its tables.
"""

import json
import sys

import django

Told = dict[str, list[list[str]]]


def tables_of_a_database() -> Told:
    """Per table its columns with type, length and whether they may be empty; and what is unique, indexed, checked or points elsewhere."""
    from django.db import connection

    look, told = connection.introspection, {}
    with connection.cursor() as cursor:
        for table in sorted(look.table_names(cursor)):
            columns = [
                ["column", each.name, str(look.get_field_type(each.type_code, each)), str(each.internal_size), str(each.null_ok)]
                for each in look.get_table_description(cursor, table)
            ]  # fmt: skip
            rules = [
                [
                    "rule", ",".join(found["columns"] or ()), str(found["foreign_key"]), str(bool(found["check"])),
                    str(bool(found["unique"])), str(bool(found["index"])), str(found.get("definition") or ""),
                ]
                for found in look.get_constraints(cursor, table).values()
            ]  # fmt: skip
            told[table] = sorted([*columns, *rules])
    return told


def tables_with_rows() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in sorted(names):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
            found += [name] if cursor.fetchone() else []
    return found


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    sys.stdout.write(json.dumps({"tables": tables_of_a_database(), "with_rows": tables_with_rows()}))
