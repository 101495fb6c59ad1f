"""When may it, and change: the one place that writes a status."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models import QuerySet, TextChoices, Value

from corridor.foundations.access import Actor
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from .models import Living


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
    if not steps:
        return
    model: Any = type(steps[0][0])
    changes: Any = model._meta.get_field("changes").related_model
    link = model._meta.get_field("changes").field.name
    latest = _latest_days(model, [thing for thing, _ in steps])
    rows = []
    for thing, on in steps:
        if not model.LIFE.may_become(thing.status, to):
            raise WrongMoment(
                N_("%(thing)s is “%(now)s”; it cannot become “%(to)s”."),
                thing=str(thing), now=thing.get_status_display(), to=to.label,
            )  # fmt: skip
        # Days must follow the order of writing, or the table and the latest status would tell two stories.
        last = latest.get(thing.pk)
        if last is not None and last > on:
            raise WrongMoment(
                N_("%(thing)s has changed on %(last)s; a new change cannot take effect before that day."),
                thing=str(thing), last=last,
            )  # fmt: skip
        rows.append(
            changes(
                **{link: thing}, from_status=thing.status, to_status=to, effective_on=on, by_label=by.label, reason=reason
            )
        )
    changes.objects.bulk_create(rows, batch_size=500)
    for thing, _ in steps:
        thing.status = to.value
    model.objects.bulk_update([thing for thing, _ in steps], ["status"], batch_size=500)


def _latest_days(model: Any, things: Sequence[Living]) -> dict[Any, date]:
    related: Any = model._meta.get_field("changes").related_model
    link = model._meta.get_field("changes").field.name
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
    related: Any = model._meta.get_field("changes").related_model
    link = model._meta.get_field("changes").field.name
    last = related.objects.filter(**{link: OuterRef("pk")}, effective_on__lte=day).order_by(
        "-effective_on", "-recorded_at", "-pk"
    )
    return things.annotate(status_then=Coalesce(Subquery(last.values("to_status")[:1]), Value(model.LIFE.first.value)))
