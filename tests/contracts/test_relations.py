"""
Import-linter cannot see a foreign key written as a string, nor code that walks backwards through a related_name.
This sees the first and forbids the second.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

ORDER = ["accounts", "audit", "documents", "jobs", *settings.ROOMS]


def relations(found: Iterable[type[models.Model]]) -> Iterator[tuple[Any, str, str]]:
    """Every foreign key from one part of the house to another: the field, where it stands, where it points."""
    for model in found:
        for field in model._meta.get_fields():
            target: Any = field.related_model if field.concrete and field.is_relation else None
            if target is not None:
                here, there = model._meta.app_label, target._meta.app_label
                if here != there and {here, there} <= set(ORDER):
                    yield field, here, there


def forward(found: Iterable[type[models.Model]]) -> list[str]:
    return [str(field) for field, here, there in relations(found) if ORDER.index(there) > ORDER.index(here)]


def back_doors(found: Iterable[type[models.Model]]) -> list[str]:
    """Keys that let an earlier room walk forward; related_name="+" closes them."""
    return [str(field) for field, _, _ in relations(found) if not field.remote_field.hidden]


def generic(found: Iterable[type[models.Model]]) -> list[str]:
    """Keys to anything at all: an "object_id" beside a "content_type" points where no order holds."""
    names = {"content_type", "object_id", "object_type"}
    return [f"{model._meta.label}.{f.name}" for model in found for f in model._meta.fields if f.name in names]


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("corridor.")]


def test_every_relation_looks_back():
    assert forward(ours()) == []


def test_no_room_leaves_a_back_door_on_an_earlier_one():
    assert back_doors(ours()) == []


def test_no_relation_points_at_anything_at_all():
    assert generic(ours()) == []


@isolate_apps("corridor.rooms.members", "corridor.rooms.agreements")
def test_a_forward_key_written_as_a_string_and_its_open_back_door_are_caught():
    class Promise(models.Model):
        class Meta:
            app_label = "agreements"

    class Person(models.Model):
        promise = models.ForeignKey("agreements.Promise", on_delete=models.PROTECT)

        class Meta:
            app_label = "members"

    assert forward([Person, Promise]) == ["members.Person.promise"]
    assert back_doors([Person, Promise]) == ["members.Person.promise"]


@isolate_apps("corridor.rooms.members")
def test_a_generic_key_is_caught():
    class Note(models.Model):
        object_id = models.UUIDField()

        class Meta:
            app_label = "members"

    assert generic([Note]) == ["members.Note.object_id"]
