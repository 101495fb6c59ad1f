"""The states of many things on many days, from one read of their changes."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from .models import Living

AT_ONCE = 500


class Timelines:
    """What state each of these things was in, day by day, as it is known now. Two things of two kinds need two of these."""

    def __init__(self, steps: dict[UUID, list[tuple[date, str]]], first: str) -> None:
        self._steps = steps
        self._first = first

    @classmethod
    def of(cls, model: type[Living], keys: Iterable[UUID]) -> "Timelines":
        """Read the changes of the things with these keys, 500 at a time."""
        link = model._meta.get_field("changes").field.name  # type: ignore[union-attr]
        wanted = list(dict.fromkeys(keys))
        parts = [
            cls.where(model, **{f"{link}__in": wanted[start : start + AT_ONCE]})
            for start in range(0, len(wanted), AT_ONCE)
        ]
        return cls({key: days for part in parts for key, days in part._steps.items()}, str(model.LIFE.first.value))

    @classmethod
    def where(cls, model: type[Living], **conditions: object) -> "Timelines":
        """Read the changes that fit the conditions, which must take all changes of a thing or none: those of one cohort, say. One statement."""
        link = model._meta.get_field("changes").field.name  # type: ignore[union-attr]
        related: Any = model._meta.get_field("changes").related_model
        steps: dict[UUID, list[tuple[date, str]]] = {}
        rows = related.objects.filter(**conditions).order_by("effective_on", "recorded_at", "pk")
        for key, day, status in rows.values_list(f"{link}_id", "effective_on", "to_status"):
            steps.setdefault(key, []).append((day, status))
        return cls(steps, str(model.LIFE.first.value))

    def state(self, key: UUID, day: date) -> str:
        """The state after the last change that took effect on or before that day."""
        now = self._first
        for effective_on, status in self._steps.get(key, ()):
            if effective_on > day:
                break
            now = status
        return now
