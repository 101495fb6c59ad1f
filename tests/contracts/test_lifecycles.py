"""State is one status, what it may become, and a table of what it was. Never a boolean, never a status outside a life."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from corridor.foundations.lifecycles.life import Lifecycle
from corridor.foundations.lifecycles.models import Change, Living

CHANGE = {"from_status", "to_status", "effective_on", "recorded_at", "by_label", "reason"}
# "app.Model.field": the reason why it is not a state of the thing.
BOOLEANS_THAT_ARE_NOT_STATE: dict[str, str] = {}
# "app.Model.field": the reason why it has no life of its own.
STATUSES_WITHOUT_A_LIFE: dict[str, str] = {}


def models_of_rooms() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("corridor.rooms.")]


def unfinished(life: Lifecycle[Any]) -> list[str]:
    """States that do not say where they lead, and states that nothing leads to."""
    found = [
        f"{life.thing}: {state} says not where it leads" for state in type(life.first) if state not in life.transitions
    ]
    reached, fresh = set(), {life.first}
    while fresh:
        reached |= fresh
        fresh = {to for state in fresh for to in life.transitions.get(state, ())} - reached
    return found + [f"{life.thing}: nothing leads to {state}" for state in type(life.first) if state not in reached]


def without_history(found: Iterable[type[models.Model]]) -> list[str]:
    """Things with a life whose table of changes is missing or lacks a column."""
    faults = []
    for model in found:
        if issubclass(model, Living):
            links = [link for link in model._meta.related_objects if link.get_accessor_name() == "changes"]
            table: Any = links[0].related_model if links else None
            if table is None or not issubclass(table, Change):
                faults.append(f"{model._meta.label} keeps no table of its changes")
            elif not {field.name for field in table._meta.fields} >= CHANGE:
                faults.append(f"{table._meta.label} lacks {CHANGE - {field.name for field in table._meta.fields}}")
            if not isinstance(getattr(model, "LIFE", None), Lifecycle):
                faults.append(f"{model._meta.label} has no LIFE")
    return faults


def loose_states(found: Iterable[type[models.Model]]) -> list[str]:
    """Statuses outside a life."""
    names = {"status", "state", "stage", "phase"}
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if field.name in names and not (issubclass(model, Living) and field.name == "status")
    ]


def flags(found: Iterable[type[models.Model]]) -> list[str]:
    """Booleans of rooms: each must say why it is no state."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if isinstance(field, models.BooleanField)
    ]


LIVES = [model for model in models_of_rooms() if issubclass(model, Living)]


@pytest.mark.parametrize("model", LIVES, ids=lambda model: model.__name__)
def test_every_state_says_where_it_leads_and_can_be_reached(model: type[Living]):
    assert unfinished(model.LIFE) == []


def test_every_life_keeps_a_table_of_its_changes():
    assert len(LIVES) > 0
    assert without_history(models_of_rooms()) == []


def test_every_life_that_a_room_describes_is_lived():
    described = {
        life.thing
        for room in settings.ROOMS
        if find_spec(f"corridor.rooms.{room}.lifecycle")
        for life in vars(import_module(f"corridor.rooms.{room}.lifecycle")).values()
        if isinstance(life, Lifecycle)
    }
    assert described == {model.LIFE.thing for model in LIVES}


def test_no_status_stands_outside_a_life():
    assert sorted(loose_states(models_of_rooms())) == sorted(STATUSES_WITHOUT_A_LIFE)


def test_state_is_never_a_boolean():
    assert sorted(flags(models_of_rooms())) == sorted(BOOLEANS_THAT_ARE_NOT_STATE)


class Door(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    LOST = "lost", "Lost"


def test_a_state_without_a_way_to_it_or_from_it_is_caught():
    life = Lifecycle(
        thing="door", first=Door.OPEN, transitions={Door.OPEN: frozenset({Door.SHUT}), Door.LOST: frozenset()}
    )
    assert unfinished(life) == ["door: shut says not where it leads", "door: nothing leads to lost"]


@isolate_apps("corridor.rooms.sites")
def test_a_life_without_its_table_is_caught():
    class Gate(Living):
        class Meta:
            app_label = "sites"

    assert without_history([Gate]) == ["sites.Gate keeps no table of its changes", "sites.Gate has no LIFE"]


@isolate_apps("corridor.rooms.sites")
def test_a_state_kept_in_a_boolean_or_beside_the_life_is_caught():
    class Gate(models.Model):
        is_closed = models.BooleanField(default=False)
        state = models.CharField(max_length=10)

        class Meta:
            app_label = "sites"

    assert flags([Gate]) == ["sites.Gate.is_closed"]
    assert loose_states([Gate]) == ["sites.Gate.state"]
