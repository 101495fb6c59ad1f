"""When may it, and change: the one place that writes a status."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce

from corridor.foundations.access import Actor
from corridor.foundations.inserting import insert_all
from corridor.foundations.ready import Ready, ready_row
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from .models import LONGEST_REASON, Change, Living


def move(thing: Living, *, to: TextChoices, on: date, by: Actor, reason: str = "") -> None:
    """
    Write one change and the latest status. The caller holds the row (``select_for_update``) and an open transaction.

    :raises WrongMoment: if its state does not lead there, or it has changed after that day.
    """
    move_all([thing], to=to, on=on, by=by, reason=reason)


def move_all(things: Sequence[Living], *, to: TextChoices, on: date, by: Actor, reason: str = "") -> None:
    """The same step for many things of one kind, in sets. All may move, or none does."""
    move_each([(thing, on) for thing in things], to=to, by=by, reason=reason)


def move_each(steps: Sequence[tuple[Living, date]], *, to: TextChoices, by: Actor, reason: str = "") -> None:
    """
    The same step for many things of one kind, each on its own day.

    :raises WrongMoment: names the first thing that cannot take the step; nothing is written then.
    """
    take_steps([Step(thing, to, on, reason) for thing, on in steps], by=by)


@dataclass(frozen=True)
class Step:
    """One step of one thing: where to, from which day, and why."""

    thing: Living
    to: TextChoices
    on: date
    reason: str = ""


def take_steps(steps: Sequence[Step], *, by: Actor) -> None:
    """
    Many steps for many things of one kind, in the order given; a thing may take several. Three statements, however many steps.

    :raises WrongMoment: names the first thing that cannot take its step; nothing is written then.
    :raises BadInput: for a reason that is longer than is kept.
    """
    if not steps:
        return
    rows, states = _planned(steps, by=by)
    insert_all(rows)
    for step in steps:
        step.thing.status = states[step.thing.pk]
    model: Any = type(steps[0].thing)
    # One statement per state and 500 things: most steps of a set lead to the same state, and bulk_update would spell out each row.
    for state in dict.fromkeys(states.values()):
        keys = [key for key, now in states.items() if now == state]
        for start in range(0, len(keys), 500):
            model.objects.filter(pk__in=keys[start : start + 500]).update(status=state)


def _planned(steps: Sequence[Step], *, by: Actor) -> tuple[list[Change], dict[Any, str]]:
    """The rows of these steps and the state each thing is in after them; raises as ``take_steps`` does."""
    if any(len(step.reason) > LONGEST_REASON for step in steps):
        problem = Problem(N_("Say why in at most %(most)s characters."), {"most": LONGEST_REASON}, column="reason")
        raise BadInput([problem])
    model: Any = type(steps[0].thing)
    things = {step.thing.pk: step.thing for step in steps}
    latest = _latest_days(model, list(things.values()))
    states = {key: thing.status for key, thing in things.items()}
    rows = []
    for step in steps:
        thing, now = things[step.thing.pk], states[step.thing.pk]
        _require_leads(thing, now, step.to)
        # Days must follow the order of writing, or the table and the latest status would tell two stories.
        last = latest.get(thing.pk)
        if last is not None and last > step.on:
            raise WrongMoment(
                N_("%(thing)s has changed on %(last)s; a new change cannot take effect before that day."),
                thing=str(thing), last=last,
            )  # fmt: skip
        latest[thing.pk], states[thing.pk] = step.on, step.to.value
        rows.append(_row(step, now, by=by))
    return rows, states


def ready_step(step: Step, *, by: Actor) -> tuple[QuerySet[Any], Ready]:
    """
    A step made ready before the transaction: the thing as long as it may take it, and the row of the step, to be sent with an update of that.

    The caller updates it with ``status=step.to``. If it is not found, nothing may stay written; ``require_step`` says why.

    :raises WrongMoment: if its state does not lead there.
    """
    thing: Any = step.thing
    _require_leads(thing, thing.status, step.to)
    changes, link = _changes_of(type(thing))
    later = changes.objects.filter(**{link: thing.pk}, effective_on__gt=step.on)
    found = type(thing).objects.filter(~Exists(later), pk=thing.pk, status=thing.status)
    return found, ready_row(_row(step, thing.status, by=by))


def require_step(step: Step, *, by: Actor) -> None:
    """:raises WrongMoment: if the thing, as it is, cannot take that step."""
    _planned([step], by=by)


def _row(step: Step, now: str, *, by: Actor) -> Change:
    changes, link = _changes_of(type(step.thing))
    return changes(  # type: ignore[no-any-return]
        **{link: step.thing}, from_status=now, to_status=step.to, effective_on=step.on, by_label=by.label, reason=step.reason
    )  # fmt: skip


def _require_leads(thing: Living, now: str, to: TextChoices) -> None:
    if not thing.LIFE.may_become(now, to):
        raise WrongMoment(
            N_("%(thing)s is “%(now)s”; it cannot become “%(to)s”."),
            thing=str(thing), now=type(thing.LIFE.first)(now).label, to=to.label,
        )  # fmt: skip


def take_back(thing: Living) -> None:
    """
    Strike the last step of a thing, where the action that took it is undone itself. The caller holds the row and an open transaction.

    :raises WrongMoment: if it never took one.
    """
    changes, link = _changes_of(type(thing))
    last = changes.objects.filter(**{link: thing}).order_by("effective_on", "recorded_at", "pk").last()
    if last is None or not last.from_status:
        raise WrongMoment(N_("%(thing)s has taken no step that could be taken back."), thing=str(thing))
    thing.status = last.from_status
    type(thing)._default_manager.filter(pk=thing.pk).update(status=thing.status)
    last.delete()


def _changes_of(model: Any) -> tuple[Any, str]:
    """The table of its steps, and what leads from there to the thing."""
    field = model._meta.get_field("changes")
    return field.related_model, field.field.name


def _latest_days(model: Any, things: Sequence[Living]) -> dict[Any, date]:
    related, link = _changes_of(model)
    found: dict[Any, date] = {}
    keys = [thing.pk for thing in things]
    for start in range(0, len(keys), 500):
        rows = related.objects.filter(**{f"{link}__in": keys[start : start + 500]}).values_list(link, "effective_on")
        for key, day in rows:
            found[key] = max(day, found.get(key, day))
    return found


def with_status_on[Q: QuerySet[Any]](things: Q, day: date) -> Q:
    """Annotate each row with ``status_then``: its state on that day."""
    model: Any = things.model
    related, link = _changes_of(model)
    last = related.objects.filter(**{link: OuterRef("pk")}, effective_on__lte=day).order_by(
        "-effective_on", "-recorded_at", "-pk"
    )
    return things.annotate(status_then=Coalesce(Subquery(last.values("to_status")[:1]), Value(model.LIFE.first.value)))
