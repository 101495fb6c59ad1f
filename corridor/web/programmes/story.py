"""A programme's page, put together from every room that knows something of it: from the stage to the figures."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corridor.foundations.access import Actor
from corridor.journeys.review_programme import FigureDecidedOn, figures_decided_on
from corridor.rooms.assessment import queries as assessment
from corridor.rooms.assessment.queries import Deciding
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.credentials.queries.counts import Issuing, issuing_of
from corridor.rooms.outcomes import queries as outcomes
from corridor.rooms.outcomes.queries import FollowingUp
from corridor.rooms.programmes import queries
from corridor.rooms.programmes.queries import Approval
from corridor.rooms.programmes.reviews import review_due_on
from corridor.rooms.training import queries as training
from corridor.rooms.training.queries import Teaching


@dataclass(frozen=True)
class ProgrammeStory:
    """Everything that a programme's page says, as this reader may know it on the day."""

    programme: Any
    on: date
    demands: list[Any]
    recognitions: list[Any]
    teaching: Teaching
    deciding: Deciding
    issuing: Issuing
    following_up: FollowingUp
    cohorts: list[Any]
    reviews: list[Any]
    # What was kept with each review, beside what the same questions give now; by the key of the review.
    decided_on: dict[Any, list[FigureDecidedOn]]
    approval: Approval
    minutes: int

    @property
    def announcements(self) -> list[Any]:
        """Those that it keeps and this reader may see, the first first."""
        return [each.announcement for each in self.programme.announcements_kept.all() if each.announcement]

    @property
    def review_due_on(self) -> date | None:
        return review_due_on(programme=self.programme, reviews=self.reviews, on=self.on)

    @property
    def leads(self) -> list[Any]:
        return [each.organisation for each in self.programme.members.all() if each.role == "lead"]

    @property
    def taking_part(self) -> list[tuple[str, list[Any]]]:
        """The members by what they do: ("Leads", [organisation, ...])."""
        by_role: dict[str, list[Any]] = {}
        for each in self.programme.members.all():
            by_role.setdefault(each.get_role_display(), []).append(each.organisation)
        return list(by_role.items())

    @property
    def sites(self) -> list[Any]:
        return [place.site for place in self.programme.places.all()]

    @property
    def languages(self) -> list[str]:
        """Those in which its curriculum is written."""
        version = self.programme.curriculum_version
        return sorted(title.language for title in version.titles.all()) if version else []

    @property
    def taught_in(self) -> list[str]:
        return [each.language for each in self.programme.languages.all()]

    def units(self) -> list[Any]:
        version = self.programme.curriculum_version
        return list(version.units.all()) if version else []

    def hours(self) -> dict[str, int]:
        """Hours of the whole curriculum by kind, each with its word."""
        sums: dict[str, int] = {}
        for unit in self.units():
            for each in unit.hours.all():
                word = each.get_kind_display()
                sums[word] = sums.get(word, 0) + each.hours
        return sums

    def coming(self) -> list[tuple[date, str, str]]:
        """The next dates that this reader may know: (day, reference, which end of the cohort it is)."""
        days = []
        for cohort in self.cohorts:
            if cohort.starts_on > self.on:
                days.append((cohort.starts_on, cohort.reference, "starts"))
            elif cohort.ends_before > self.on:
                days.append((cohort.ends_before, cohort.reference, "ends"))
        return sorted(days)[:5]


def programme_story(*, reference: str, on: date, at: datetime, by: Actor) -> ProgrammeStory:
    """:raises NotFound: if there is no such programme."""
    programme = queries.get_programme(reference=reference, by=by, on=on)
    key, group = programme.pk, training.BY_PROGRAMME
    named = [each.demand for each in programme.demands_answered.all() if each.demand]
    cited = training.demands_behind(programme=key, by=by).exclude(pk__in=[each.pk for each in named])
    reviews = queries.reviews_of(programme=programme, by=by)
    return ProgrammeStory(
        programme=programme,
        on=on,
        demands=sorted([*named, *cited], key=lambda each: (each.stated_on or on, each.reference)),
        recognitions=list(credentials.list_recognitions(by=by, programme=key, on=on)),
        teaching=training.teaching_of(group=group, keys=[key], on=on, by=by)[key],
        deciding=assessment.deciding_of(group=group, keys=[key], by=by)[key],
        issuing=issuing_of(group=group, keys=[key], by=by)[key],
        following_up=outcomes.following_up_of(group=group, keys=[key], by=by)[key],
        cohorts=list(training.list_cohorts(by=by, programme=key)),
        reviews=reviews,
        decided_on={each.pk: figures_decided_on(review=each, at=at, by=by) for each in reviews},
        approval=queries.approval_of(programme=programme, on=on, by=by),
        minutes=training.minutes_taught(programme=key, on=on, by=by),
    )
