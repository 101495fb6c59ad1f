"""What is known of an enrolment where its person, completion or credential is counted: one code per breakdown, no names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from corridor.kernel.breakdowns import age_band
from corridor.kernel.evidence import UNKNOWN
from corridor.kernel.periods import age_on
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.people.merging import merged_persons
from corridor.rooms.people.models import Person
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment, EnrolmentChange

from ..reading_once import shared
from ..scopes import Scope
from .brands import Listings

# Keys of a scope that are columns of an enrolment; a brand follows from the day and is looked at row by row.
PATHS = {
    "kind": "participant_kind",
    "country": "cohort__site__country",
    "site": "cohort__site__reference",
    "programme": "cohort__programme__reference",
    "cohort": "cohort__reference",
    "sending_country": "sending_organisation__country",
}
# Where somebody comes from: the country of who sends them, else the one where they live.
ORIGIN = "origin"
KEYS = ("kind", "country", "sending_country", "site", "brand", "programme", "cohort")
DIMENSIONS = (
    "kind",
    "site",
    "country",
    "sending_country",
    "sending_organisation",
    "brand",
    "programme",
    "programme_kind",
    "sex",
    "age_band",
    "source",
)
CLAIMANTS = ("site", "sending_organisation", "brand")
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Learner:
    """One enrolment: who is counted (after merges), its codes, the brand its cohort names, and its site."""

    person: str
    codes: dict[str, str]
    brand: str | None
    site: UUID


class _Said(NamedTuple):
    """What the record of a person says of them."""

    sex: str
    born_on: date | None
    lives_in: str


class _Ground(NamedTuple):
    """What is read whole, whoever is counted."""

    heirs: dict[UUID, UUID]
    stayed: dict[UUID, _Said]
    stands: dict[str, str]
    listings: Listings


@shared
def _ground() -> _Ground:
    said = Person.objects.filter(merged__isnull=False)
    stayed = {
        person: _Said(sex, born_on, lives_in)
        for person, sex, born_on, lives_in in said.values_list("pk", "sex", "born_on", "residence_country")
    }
    return _Ground(merged_persons(), stayed, references_that_stand(), Listings.read())


@shared
def _known() -> "dict[UUID, Learner]":
    """Empty at first; filled as learners are asked for."""
    return {}


class Learners:
    """
    The facts of many enrolments, in seven statements for each ten thousand of them.

    They are asked for by key: a query of enrolments put inside another one is searched anew for every row as long as PostgreSQL
    has not looked at the tables since they were filled.
    """

    def __init__(self, by_enrolment: dict[UUID, Learner], listings: Listings) -> None:
        self._by_enrolment = by_enrolment
        self._listings = listings

    @classmethod
    def of(cls, enrolments: Collection[UUID]) -> "Learners":
        known, ground = _known(), _ground()
        for some in batched(sorted(set(enrolments) - known.keys()), AT_ONCE):
            enrolled_on = _enrolled_on(some)
            for row in _facts(some).iterator(chunk_size=2_000):
                person = ground.heirs.get(row["person_id"], row["person_id"])
                said = ground.stayed.get(person) or _Said(
                    row["person__sex"], row["person__born_on"], row["person__residence_country"]
                )
                began_on = enrolled_on.get(row["pk"], row["cohort__starts_on"])
                known[row["pk"]] = Learner(
                    str(person),
                    _codes(row, said, began_on, ground.stands),
                    row["cohort__brand__code"],
                    row["cohort__site_id"],
                )
        return cls(known, ground.listings)

    def subject(self, enrolment: UUID) -> str:
        return self._by_enrolment[enrolment].person

    def codes(self, enrolment: UUID, day: date) -> dict[str, str]:
        """One code per breakdown; the brand is that of the day."""
        learner = self._by_enrolment[enrolment]
        return learner.codes | {"brand": learner.brand or self._listings.brand_of(learner.site, day)}


def narrowed(scope: Scope, enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return scope.narrow(enrolments, PATHS)


def _enrolled_on(enrolments: Collection[UUID]) -> dict[UUID, date]:
    """The first day on which each was enrolled: where an age is looked at."""
    changes = EnrolmentChange.objects.filter(enrolment__in=enrolments, to_status=EnrolmentStatus.ENROLLED)
    found: Any = changes.order_by("-effective_on").values_list("enrolment_id", "effective_on")
    return dict(found)


def _facts(enrolments: Collection[UUID]) -> QuerySet[Any]:
    return (
        Enrolment.objects.filter(pk__in=enrolments)
        .order_by("pk")
        .values(
            "pk",
            "person_id",
            "person__sex",
            "person__born_on",
            "person__residence_country",
            "person__source_mark",
            "participant_kind",
            "sending_organisation__reference",
            "sending_organisation__country",
            "cohort__reference",
            "cohort__brand__code",
            "cohort__programme__reference",
            "cohort__programme__kind",
            "cohort__site_id",
            "cohort__site__reference",
            "cohort__site__country",
            "cohort__starts_on",
        )
    )


def _codes(row: dict[str, Any], said: _Said, began_on: date, stands: dict[str, str]) -> dict[str, str]:
    born_on = said.born_on
    sender = row["sending_organisation__reference"]
    age = None if born_on is None or born_on > began_on else age_on(born_on, began_on)
    return {
        "kind": row["participant_kind"],
        "site": row["cohort__site__reference"],
        "country": row["cohort__site__country"],
        "sending_country": row["sending_organisation__country"] or UNKNOWN,
        ORIGIN: row["sending_organisation__country"] or said.lives_in or UNKNOWN,
        "sending_organisation": stands.get(sender, sender) or UNKNOWN,
        "programme": row["cohort__programme__reference"],
        "programme_kind": row["cohort__programme__kind"],
        "cohort": row["cohort__reference"],
        "sex": said.sex,
        "age_band": age_band(age),
        "source": row["person__source_mark"],
    }
