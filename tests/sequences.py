"""Whatever is tried in whatever order: a thing with a life refuses by name and changes nothing, or goes where its life leads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from corridor.foundations.access import Actor
from corridor.foundations.audit.models import Entry
from corridor.foundations.lifecycles.models import Living
from corridor.kernel.errors import Refusal

# Later than any day that a sequence reaches: what is tried is never refused because its day is still to come.
AT = datetime(2030, 1, 1, tzinfo=UTC)
TRIED = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
LOG = Entry._meta.db_table
# The name of what is tried, who tries it, and how many days later; below nothing: it is written down so many days late.
type Tried = tuple[str, str, int]


@dataclass(frozen=True)
class Noun:
    """
    What can be tried with a thing, and by whom.

    ``roads`` are sequences of which every step is taken; together they take every step that there is, so nothing is tried in vain.
    ``holds`` asserts what is true of it after every step.
    """

    tries: Mapping[str, Callable[[Any, Actor, date], object]]
    who: Mapping[str, Callable[[Any], Actor]]
    first: date
    roads: Sequence[Sequence[Tried]]
    holds: Callable[[Any, date], None]
    # What nobody may ever do.
    refused: frozenset[str] = frozenset()
    # Rooms beside its own whose rows no refusal may change.
    rooms: Sequence[str] = ()

    def sequences(self, *, longest: int = 8) -> st.SearchStrategy[list[Tried]]:
        """A road as far as some step of it, since most sequences get stuck early; then whatever comes."""
        steps = st.tuples(st.sampled_from(sorted(self.tries)), st.sampled_from(sorted(self.who)), st.integers(-9, 40))
        ways = [list(road[:end]) for road in self.roads for end in range(len(road) + 1)]
        return st.builds(
            lambda way, more: [*way, *more], st.sampled_from(ways), st.lists(steps, min_size=1, max_size=longest)
        )

    def walk(self, thing: Living, steps: Sequence[Tried]) -> list[Refusal | None]:
        """Try the steps one after another, and look at the thing after each. Returns why each was refused; None where it was taken."""
        today, said = self.first, []
        rooms = (thing._meta.app_label, *self.rooms)
        before = _everything(rooms)
        for name, whom, days in steps:
            today += timedelta(days=max(days, 0))
            on = today + timedelta(days=min(days, 0))
            found, by = _read(thing), self.who[whom](thing)
            refusal = _refused(lambda act=self.tries[name], found=found, by=by, on=on: act(found, by, on))
            after = _everything(rooms)
            assert refusal is not None or name not in self.refused, f"{name} was taken"
            if refusal is not None:
                assert after == before, f"{name} was refused ({refusal}) and changed something"
            elif after != before:
                assert len(after[LOG]) > len(before[LOG]), f"{name} changed something that nobody remembers"
            before = after
            standing = _read(thing)
            _check_life(standing)
            self.holds(standing, today)
            said.append(refusal)
        return said

    def check_roads(self, thing: Living) -> None:
        """Every step can be taken; else a sequence would show nothing of it."""
        for road in self.roads:
            with undone():
                said = self.walk(thing, road)
                assert [(step[0], str(why)) for step, why in zip(road, said, strict=True) if why is not None] == []
        assert {name for road in self.roads for name, _whom, _days in road} == set(self.tries) - self.refused


@contextmanager
def undone() -> Iterator[None]:
    """What is written here is undone at the end, so that every sequence begins where the test began."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _refused(act: Callable[[], object]) -> Refusal | None:
    """Any other exception than a refusal of ours fails the test."""
    try:
        act()
    except Refusal as refusal:
        assert type(refusal) is not Refusal, "a refusal has a name"
        assert str(refusal), "a refusal has a sentence"
        return refusal
    return None


def _everything(rooms: Sequence[str]) -> dict[str, list[Any]]:
    """Every row of these rooms and of the audit log. Read without models: this is done once for every step that is tried."""
    models = [model for room in dict.fromkeys((*rooms, "audit")) for model in apps.get_app_config(room).get_models()]
    found = {}
    with connection.cursor() as cursor:
        for table in [model._meta.db_table for model in models]:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            found[table] = cursor.fetchall()
    return found


def _read(thing: Any) -> Any:
    return type(thing)._default_manager.get(pk=thing.pk)


def _check_life(thing: Any) -> None:
    """It is where its life knows a place, it came there by ways that its life knows, and its history tells the same of every day."""
    states, now = type(thing.LIFE.first), thing.LIFE.first.value
    changes = list(thing.changes.order_by("effective_on", "recorded_at", "pk"))
    told = {date.min: now}
    for change in changes:
        assert change.from_status == now, f"from {change.from_status}, where it was {now}"
        assert thing.LIFE.may_become(now, states(change.to_status))
        now = told[change.effective_on] = change.to_status
    assert thing.status == now
    assert {day: thing.status_on(day) for day in told} == told
