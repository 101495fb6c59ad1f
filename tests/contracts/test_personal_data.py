"""Nothing about a person is forgotten: every table that points at a person is told of on “my data”, and says what an erasure does to it."""

import pytest
from django.apps import apps
from django.db.models import Model

from corridor.journeys.tell_my_data import ROOMS
from corridor.rooms.people.models import Person
from tests.factories.people import make_person

# "people.Model": why it is about no person in its own right.
TOLD_BY_ANOTHER: dict[str, str] = {}


def tables_with_a_key_to(target: type[Model]) -> set[str]:
    """Every table with a key to rows of that one."""
    return {
        model._meta.label
        for model in apps.get_models()
        if any(
            field.is_relation and field.concrete and field.related_model is target for field in model._meta.get_fields()
        )
    }


def tables_about_persons() -> set[str]:
    return tables_with_a_key_to(Person)


@pytest.mark.django_db
def test_every_table_about_persons_is_told_of():
    keys = [make_person().pk]
    told = {label for room in ROOMS for part in room.personal_data(keys) for label in part.models}
    assert tables_about_persons() - told - set(TOLD_BY_ANOTHER) == set()


@pytest.mark.django_db
def test_every_part_says_why_until_when_and_what_an_erasure_does():
    keys = [make_person().pk]
    for room in ROOMS:
        for part in room.personal_data(keys):
            assert part.why, part.code
            assert part.until, part.code
            assert part.because, part.code
            assert part.heads, part.code
