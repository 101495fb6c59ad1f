"""What is planned of a placement, whether it can be, and holding one that is not over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from corridor.foundations.documents.models import Document
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .models import Enrolment, Placement
from .refusals import PlacementIsOver

MOST_HOURS = 4_000


@dataclass(frozen=True, kw_only=True)
class PlacementPlan:
    """Where a learner goes, until the day before ``ends_before``, for so many hours; the mentor has no account."""

    company: Organisation
    starts_on: date
    ends_before: date
    hours: int
    mentor_name: str = ""
    mentor_email: str = ""
    mentor_language: str = "en"
    contract: Document | None = None
    insurance: str = ""
    insured_before: date | None = None


def hold_open(placement: Placement) -> Placement:
    """:raises PlacementIsOver: if it was broken off."""
    rows = Placement.objects.select_for_update(of=("self",)).select_related("enrolment__cohort__site", "company")
    held = rows.get(pk=placement.pk)
    if held.broken_off_on is not None:
        raise PlacementIsOver(
            N_("%(placement)s was broken off on %(day)s."), placement=held.reference, day=held.broken_off_on
        )
    return held


def faults_of_placement(enrolment: Enrolment, plan: PlacementPlan, *, but: Placement | None = None) -> None:
    """:raises BadInput: as ``place_learner``; ``but`` is the placement itself, where it is changed."""
    problems = []

    def wrong(message: str, column: str, **places: Any) -> None:
        problems.append(Problem(message, places, column=column))

    if plan.ends_before <= plan.starts_on:
        wrong(N_("A placement ends on or after its first day."), "ends_on")
    if not 1 <= plan.hours <= MOST_HOURS:
        wrong(N_("Write how many hours it lasts, from 1 to %(most)s."), "hours", most=MOST_HOURS)
    if plan.mentor_email:
        try:
            validate_email(plan.mentor_email)
        except ValidationError:
            wrong(N_("“%(address)s” is no e-mail address."), "mentor_email", address=plan.mentor_email)
    if plan.insured_before is not None and plan.insured_before < plan.ends_before:
        wrong(N_("The insurance ends before the placement does; it must cover all its days."), "insured_before")
    if plan.insured_before is not None and not plan.insurance.strip():
        wrong(N_("Say which insurance it is."), "insurance")
    others = Placement.objects.filter(
        enrolment__person=enrolment.person_id, starts_on__lt=plan.ends_before, ends_before__gt=plan.starts_on,
        broken_off_on__isnull=True,
    )  # fmt: skip
    if other := others.exclude(pk=but.pk if but else None).first():
        wrong(
            N_("The learner is placed elsewhere in these days: %(placement)s."), "starts_on", placement=other.reference
        )
    if problems:
        raise BadInput(problems)
