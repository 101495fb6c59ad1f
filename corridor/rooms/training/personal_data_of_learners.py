"""What stands with a person's places in cohorts: points, levels, checks of contact, time in companies, sessions named for; and letting words go."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.forgetting import forget_documents
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import (
    Arrival,
    ContactCheck,
    Enrolment,
    HoursWaiver,
    LanguageLevel,
    LanguageScale,
    LanguageSource,
    LogbookEntry,
    Moment,
    Placement,
    PlacementVisit,
    PlacementWeek,
    Reached,
    SelectionScore,
    SessionTrainer,
)

# Where the table asks for words, these stand in their place.
GONE = "—"
_WHY = N_("To choose, to teach and to know later what became of the learners.")
_COUNTED = N_("Figures were counted from it; without a name and a day of birth it is a place in a cohort and nobody’s.")
_FOR_GOOD = N_("For good: figures are counted from it. After an erasure nothing in it says who you were.")


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Six statements."""
    said = Arrival.objects.filter(enrolment__person__in=keys).select_related("session__cohort")
    points = SelectionScore.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort", "criterion")
    levels = LanguageLevel.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort")
    checks = ContactCheck.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort")
    placed = Placement.objects.filter(enrolment__person__in=keys).select_related("company", "contract")
    named = SessionTrainer.objects.filter(person__in=keys).select_related("session__cohort")
    return [
        PersonalPart(
            "points", N_("Points when you applied"), ("training.SelectionScore",), Permission.LEARNER_VIEW, _WHY, _FOR_GOOD,
            OnErasure.STAYS, _COUNTED, {"cohort": N_("Cohort"), "what": N_("What was judged"), "points": N_("Points")},
            [
                {"cohort": each.enrolment.cohort.reference, "what": each.criterion.title, "points": each.points}
                for each in points.order_by("scored_at", "pk")
            ],
        ),
        PersonalPart(
            "language_levels", N_("Levels of languages"), ("training.LanguageLevel",), Permission.LEARNER_VIEW, _WHY, _FOR_GOOD,
            OnErasure.STAYS, _COUNTED,
            {
                "cohort": N_("Cohort"), "moment": N_("When"), "language": N_("Language"), "scale": N_("Scale"),
                "level": N_("Level"), "source": N_("How it is known"),
            },
            [
                {
                    "cohort": each.enrolment.cohort.reference, "moment": each.moment, "language": each.language,
                    "scale": each.scale, "level": each.level, "source": each.source,
                }
                for each in levels
            ],
            {"moment": dict(Moment.choices), "scale": dict(LanguageScale.choices), "source": dict(LanguageSource.choices)},
        ),
        PersonalPart(
            "contact_checks", N_("Whether you could be reached"), ("training.ContactCheck",), Permission.LEARNER_VIEW, _WHY,
            _FOR_GOOD, OnErasure.STAYS, _COUNTED,
            {"cohort": N_("Cohort"), "moment": N_("When"), "day": N_("Day"), "result": N_("What came of it")},
            [
                {
                    "cohort": each.enrolment.cohort.reference, "moment": each.moment, "day": each.checked_on.isoformat(),
                    "result": each.result,
                }
                for each in checks
            ],
            {"moment": dict(Moment.choices), "result": dict(Reached.choices)},
        ),
        PersonalPart(
            "placements", N_("Time in companies"),
            (
                "training.Placement", "training.PlacementTask", "training.PlacementVisit", "training.PlacementWeek",
                "training.LogbookEntry", "training.MentorLink",
            ),
            Permission.LEARNER_VIEW, _WHY, _FOR_GOOD, OnErasure.STAYS, _COUNTED,
            {
                "placement": N_("Placement"), "company": N_("Company"), "starts_on": N_("First day"), "hours": N_("Hours"),
                "contract": N_("Contract"),
            },
            [
                {
                    "placement": each.reference, "company": each.company.reference, "starts_on": each.starts_on.isoformat(),
                    "hours": each.hours, "contract": each.contract.file_name if each.contract else "",
                }
                for each in placed
            ],
        ),
        PersonalPart(
            "arrivals", N_("When you said that you were there"), ("training.Arrival",), Permission.LEARNER_VIEW,
            N_("So that your trainer can confirm it."), N_("Until an erasure. What your trainer confirmed is a mark, and stays."),
            OnErasure.GOES, N_("The mark stays; when and with which phone it was said does not."),
            {"cohort": N_("Cohort"), "day": N_("Day"), "at": N_("When")},
            [
                {
                    "cohort": each.session.cohort.reference, "day": each.session.held_on.isoformat(),
                    "at": each.arrived_at.isoformat(timespec="minutes"),
                }
                for each in said
            ],
        ),
        PersonalPart(
            "sessions_named", N_("Sessions that you were named to teach"), ("training.SessionTrainer",), Permission.COHORT_VIEW,
            _WHY, _FOR_GOOD, OnErasure.STAYS, _COUNTED, {"cohort": N_("Cohort"), "day": N_("Day")},
            [
                {"cohort": each.session.cohort.reference, "day": each.session.held_on.isoformat()}
                for each in named.order_by("session__held_on", "pk")
            ],
        ),
    ]  # fmt: skip


def forget(keys: Collection[UUID], *, by: Actor) -> int:
    """Make the words about these persons' time empty: the logbook, visits, mentors, reasons, the job that waited. Return how many rows."""
    by.require(Permission.PERSON_ERASE)
    placed = Placement.objects.filter(enrolment__person__in=keys)
    contracts = list(placed.filter(contract__isnull=False).values_list("contract", flat=True))
    count = placed.update(mentor_name="", mentor_email="", insurance="", contract=None)
    forget_documents(contracts, by=by)
    count += placed.exclude(broken_off_because="").update(broken_off_because=GONE)
    count += LogbookEntry.objects.filter(placement__in=placed).update(text="")
    count += PlacementVisit.objects.filter(placement__in=placed).update(found=GONE)
    count += PlacementWeek.objects.filter(placement__in=placed).exclude(remark="").update(remark=GONE)
    count += Arrival.objects.filter(enrolment__person__in=keys).delete()[0]
    count += HoursWaiver.objects.filter(enrolment__person__in=keys).update(reason=GONE)
    return count + Enrolment.objects.filter(person__in=keys).exclude(job_to_return="").update(job_to_return="")
