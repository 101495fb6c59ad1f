"""Telling those whom judging concerns: learners of calls, results and rulings, panels and second assessors of what waits for them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import batched
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.people.secretariat import secretariat_ids

from .lifecycle import DecisionStatus
from .models import Appeal, Decision, ResultsRelease, Sample, Sitting

OWN_PATH = "/learn/"
AT_ONCE = 500
# A release that no worker was there for is told of so long after; who comes later has seen the results.
MADE_UP_IN = timedelta(days=14)


def accounts_of(persons: Iterable[UUID]) -> list[UUID]:
    """The accounts of these persons, under whichever of their records they sign in."""
    found: list[UUID] = []
    for some in batched(sorted(set(persons)), AT_ONCE):
        selves = {each for own in same_person_ids(set(some)).values() for each in own}
        rows = Person.objects.filter(pk__in=selves, user__isnull=False).order_by("pk")
        found += [key for key in rows.values_list("user_id", flat=True) if key is not None]
    return found


def tell_called(
    sitting: Sitting, event: Event = Event.SITTING_CALLED, *, persons: Collection[UUID], at: datetime, by: Actor
) -> None:
    """That they are called, or that they are no more."""
    _tell(
        event, accounts_of(persons), f"{sitting.cohort.reference} {sitting.unit.code}", OWN_PATH,
        at=at, by=by, places={"day": sitting.held_on.isoformat()},
    )  # fmt: skip


def tell_lodged(appeal: Appeal, *, on: date, at: datetime, by: Actor) -> None:
    """The secretariat, which names the panel."""
    places = {"day": appeal.answer_by.isoformat()}
    _tell(Event.APPEAL_LODGED, secretariat_ids(on=on), appeal.reference, _page_of(appeal), at=at, by=by, places=places)


def tell_panel(appeal: Appeal, *, persons: Collection[UUID], at: datetime, by: Actor) -> None:
    places = {"day": appeal.answer_by.isoformat()}
    _tell(Event.PANEL_NAMED, accounts_of(persons), appeal.reference, _page_of(appeal), at=at, by=by, places=places)


def tell_ruled(appeal: Appeal, *, on: date, at: datetime, by: Actor) -> None:
    """The learner, the others of the panel, and the secretariat."""
    panel = appeal.panel.values_list("person_id", flat=True)
    to = [*accounts_of({appeal.decision.enrolment.person_id, *panel}), *secretariat_ids(on=on)]
    _tell(Event.APPEAL_RULED, to, appeal.reference, _page_of(appeal), at=at, by=by)


def tell_second(samples: Collection[Sample], *, second: UUID, at: datetime, by: Actor) -> None:
    """Once for each cohort, however many decisions."""
    for cohort in sorted({each.decision.enrolment.cohort.reference for each in samples}):
        _tell(Event.SECOND_NAMED, accounts_of({second}), cohort, "/samples/", at=at, by=by)


@transaction.atomic
def tell_released(*, at: datetime, by: Actor) -> int:
    """Tell the learners whose results can be seen by now, each once for each release. Return how many accounts were told."""
    due = ResultsRelease.objects.filter(release_at__lte=at, release_at__gt=at - MADE_UP_IN)
    return sum(tell_of_release(each, at=at, by=by) for each in due.select_related("cohort", "unit").order_by("pk"))


def tell_of_release(release: ResultsRelease, *, at: datetime, by: Actor) -> int:
    """The learners about whom something final is decided in the unit; nobody before the instant, and nobody twice."""
    if release.release_at > at:
        return 0
    final = Decision.objects.filter(
        enrolment__cohort=release.cohort_id, unit=release.unit_id, status=DecisionStatus.FINAL
    )
    persons = set(final.values_list("enrolment__person_id", flat=True))
    return tell(
        Event.RESULTS_RELEASED, to=accounts_of(persons), about=f"{release.cohort.reference} {release.unit.code}", link=OWN_PATH,
        at=at, by=by, once=f"{release.pk}-{release.release_at:%Y%m%d%H%M}",
    )  # fmt: skip


def _page_of(appeal: Appeal) -> str:
    return f"/appeals/{appeal.reference}/"


def _tell(
    event: Event, to: Iterable[UUID], about: str, link: str, *, at: datetime, by: Actor,
    places: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    tell(event, to=to, about=about, link=link, at=at, by=by, places=places)
