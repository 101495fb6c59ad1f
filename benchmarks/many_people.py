"""Persons in any number, written by the database itself: each with a name in Lao, one in Latin letters, and the letters to find them by."""

from django.db import connection, transaction

from .many_members import NUMBERS, key_of


def fill(people: int) -> None:
    """SQLite only. Keys are in the order of their references, as those of a growing alliance nearly are."""
    person = key_of(6)
    numbers = NUMBERS % people
    with transaction.atomic(), connection.cursor() as cursor:
        for into, chosen in (
            (
                "people_person(id, reference, sex, born_on, residence_country, name_order, honorific, birth_calendar, birth_precision, "
                "birth_written, disability, source_mark, merged_because)",
                f"{person}, printf('p-%07d', i), CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END, '2001-02-03', 'LA', '', '', 'gregorian', "
                "'day', '', '', 'assumed', ''",
            ),
            (
                "people_personname(person_id, form, language, full_name, romanisation, family_part, given_part)",
                f"{person}, 'own', 'lo', printf('ສີ %d', i), '', '', ''",
            ),
            (
                "people_personname(person_id, form, language, full_name, romanisation, family_part, given_part)",
                f"{person}, 'romanised', 'lo-Latn', printf('Si %d', i), '', '', ''",
            ),
            ("people_namekey(person_id, letters)", f"{person}, printf('si%d', i)"),
            ("people_namekey(person_id, letters)", f"{person}, printf('ສີ%d', i)"),
        ):
            cursor.execute(f"INSERT INTO {into} {numbers} SELECT {chosen} FROM n")
