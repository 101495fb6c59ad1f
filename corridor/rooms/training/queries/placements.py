"""Placements: of a cohort, one with everything about it, one's own, and what a mentor sees by the link."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.foundations.secret_links import digest_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..logbook import WeekRow, weeks_of
from ..models import Cohort, LogbookEntry, MentorLink, Placement, PlacementWeek
from ..names import Name, names_of
from .learners import visible_enrolments


@dataclass(frozen=True)
class PlacementRow:
    """A placement in a list: the learner, minutes in the logbook, and minutes that the mentor confirmed."""

    placement: Placement
    name: Name
    logged: int
    confirmed: int


@dataclass(frozen=True)
class PlacementPage:
    placement: Placement
    name: Name
    weeks: list[WeekRow]
    link: MentorLink | None

    @property
    def confirmed(self) -> int:
        return sum(week.word.minutes for week in self.weeks if week.word)


def list_placements(*, cohort: Cohort, by: Actor) -> list[PlacementRow]:
    """Those of the learners of a cohort whom the reader may see, by their first day. Four statements."""
    rows = list(_visible(by).filter(enrolment__cohort=cohort))
    names = names_of({each.enrolment.person_id for each in rows})
    logged, sure = _minutes_of(LogbookEntry, rows), _minutes_of(PlacementWeek, rows)
    return [
        PlacementRow(each, names[each.enrolment.person_id], logged.get(each.pk, 0), sure.get(each.pk, 0))
        for each in rows
    ]


def get_placement(*, reference: str, on: date, by: Actor) -> PlacementPage:
    """:raises NotFound: if there is none, or its learner is none whom the reader may see."""
    found = _visible(by).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no placement %(reference)s that you may see."), reference=reference)
    may_see_link = by.may(Permission.LEARNER_ENROL, on=found)
    link = MentorLink.objects.filter(placement=found, ended_at__isnull=True).first() if may_see_link else None
    name = names_of([found.enrolment.person_id])[found.enrolment.person_id]
    return PlacementPage(found, name, weeks_of(found, on=on), link)


def keeps_placement(*, placement: Placement, by: Actor) -> bool:
    """Whether the reader writes it, and so may know how the mentor is reached."""
    return by.may(Permission.LEARNER_ENROL, on=placement)


def open_contract(*, reference: str, on: date, by: Actor) -> tuple[Document, bytes]:
    """The contract as it was filed, for whoever sees the placement. :raises NotFound: if there is none."""
    contract = get_placement(reference=reference, on=on, by=by).placement.contract
    if contract is None:
        raise NotFound(N_("No contract of %(placement)s is filed here."), placement=reference)
    return contract, bytes_of(contract)


def own_placements(*, by: Actor) -> list[Placement]:
    """The reader's own, the latest first; nothing for an account of no person."""
    own = by.ids_with(Permission.LEARNER_APPLY, "person")
    return list(_visible(by).filter(enrolment__person__in=own).order_by("-starts_on"))


def placement_of_mentor(*, secret: str, on: date, at: datetime, by: Actor) -> PlacementPage:  # noqa: ARG001 (whoever holds the link)
    """
    What the mentor confirms: the learner's name, and the weeks that have begun.

    :raises NotFound: if the link was never made, is over or was taken away: we do not say which.
    """
    rows = MentorLink.objects.select_related("placement__enrolment__cohort__site", "placement__company")
    link = rows.filter(digest=digest_of(secret)).first()
    if link is None or not link.is_open(at=at) or link.placement.broken_off_on is not None:
        raise NotFound(N_("This link opens nothing any more. Ask the site for another."))
    person = link.placement.enrolment.person_id
    return PlacementPage(link.placement, names_of([person])[person], weeks_of(link.placement, on=on), link)


def _minutes_of(model: Any, placements: list[Placement]) -> dict[UUID, int]:
    rows = model.objects.filter(placement__in=placements).order_by().values("placement")
    return dict(rows.annotate(all=Sum("minutes")).values_list("placement", "all"))


def _visible(by: Actor) -> QuerySet[Placement]:
    rows = Placement.objects.filter(enrolment__in=visible_enrolments(by=by))
    return (
        rows.select_related(
            "enrolment__cohort__site",
            "enrolment__cohort__curriculum_version__curriculum",
            "enrolment__person",
            "company",
            "contract",
        )
        .prefetch_related("tasks__unit", "visits", "company__names")
        .order_by("starts_on", "reference")
    )
