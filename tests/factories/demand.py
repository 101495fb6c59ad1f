"""What an employer in Vientiane says it needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from corridor.foundations.access import NIGHTLY
from corridor.rooms.curricula.models import Unit
from corridor.rooms.demand import actions
from corridor.rooms.demand.drafts import DemandDraft
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation

from .members import make_member

STATED_ON, NEEDED_BY = date(2023, 2, 6), date(2024, 12, 31)


def make_employer(reference: str = "mekong-fleet", *, country: str = "LA") -> Organisation:
    found = Organisation.objects.filter(reference=reference).first()
    return found or make_member(reference, country=country, kind="company")


def make_demand(
    reference: str = "DEM-2023-0007",
    *,
    employer: Organisation | None = None,
    posts: int = 45,
    country: str = "LA",
    stated_on: date | None = STATED_ON,
    needed_by: date = NEEDED_BY,
    occupation_code: str = "7231",
    occupation_title: str = "Vehicle inspector",
    strength: str = "letter",
    units: Sequence[Unit] = (),
    replaces: DemandStatement | None = None,
    paper: str = "Letter 14 of 2023, kept by the employer",
    **more: Any,
) -> DemandStatement:
    """A statement of that day; a draft where ``stated_on`` is None."""
    draft = DemandDraft(
        employer=employer or make_employer(), occupation_code=occupation_code, occupation_title=occupation_title,
        posts=posts, country=country, needed_by=needed_by, stated_on=stated_on, strength=strength, units=units,
        replaces=replaces, reference=reference, paper=paper, **more,
    )  # fmt: skip
    return actions.state_demand(demand=draft, by=NIGHTLY)
