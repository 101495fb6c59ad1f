"""What the assessment room holds about one human being, as a learner and as an assessor; an erasure takes the notes."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .further_data import further_parts
from .models import (
    Appeal,
    AppealChange,
    Appointment,
    Decision,
    DecisionChange,
    Evidence,
    Finding,
    Licence,
    PriorClaim,
    PriorClaimChange,
    Result,
    Sample,
    SignOff,
    StatedRelation,
)
from .pieces import remove_evidence

_FOR_GOOD = N_("For good: credentials stand on it. The note beside it goes with an erasure, or by a rule of retention.")


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being."""
    about = Decision.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort", "unit")
    made = Decision.objects.filter(assessor__in=keys).select_related("enrolment__cohort", "unit")
    licensed = Licence.objects.filter(person__in=keys).select_related("unit")
    appointed = Appointment.objects.filter(person__in=keys).select_related("cohort")
    return [
        *further_parts(keys),
        PersonalPart(
            "decisions", N_("Decisions about what was learnt"), ("assessment.Decision", "assessment.DecisionChange"),
            Permission.DECISION_VIEW, N_("To show what you can do, and who judged it."), _FOR_GOOD, OnErasure.EMPTIED,
            N_("The result stays, for credentials and figures stand on it; the words of the assessor go."),
            {
                "cohort": N_("Cohort"), "unit": N_("Unit"), "attempt": N_("Attempt"), "result": N_("Result"),
                "decided_on": N_("Day"), "note": N_("Note"),
            },
            [
                {
                    "cohort": each.enrolment.cohort.reference, "unit": each.unit.code, "attempt": each.attempt,
                    "result": each.result, "decided_on": each.decided_on.isoformat(), "note": each.evidence_note,
                }
                for each in about.order_by("decided_on", "pk")
            ],
            {"result": dict(Result.choices)},
        ),
        PersonalPart(
            "assessed", N_("Cohorts and learners assessed"), ("assessment.Appointment", "assessment.Decision"),
            Permission.DECISION_VIEW, N_("To show that whoever judged did not teach."), _FOR_GOOD, OnErasure.STAYS,
            N_("A decision without an assessor is none; it keeps the key and says “erased”."),
            {"cohort": N_("Cohort"), "unit": N_("Unit"), "decided_on": N_("Day")},
            [
                *({"cohort": each.cohort.reference} for each in appointed.order_by("cohort__reference")),
                *(
                    {
                        "cohort": each.enrolment.cohort.reference, "unit": each.unit.code,
                        "decided_on": each.decided_on.isoformat(),
                    }
                    for each in made.order_by("decided_on", "pk")
                ),
            ],
        ),
        PersonalPart(
            "licences", N_("Licences to assess"), ("assessment.Licence",), Permission.LICENCE_VIEW,
            N_("To show that whoever judged was licensed on the day."), _FOR_GOOD, OnErasure.STAYS,
            N_("A decision stands on its assessor's licence; it keeps the key and says “erased”."),
            {"unit": N_("Unit"), "from": N_("From"), "before": N_("Before"), "granted_by": N_("Granted by")},
            [
                {
                    "unit": each.unit.code, "from": each.starts_on.isoformat(),
                    "before": each.ends_before.isoformat() if each.ends_before else None, "granted_by": each.granted_by,
                }
                for each in licensed.order_by("starts_on", "pk")
            ],
        ),
    ]  # fmt: skip


def record_keys(keys: Collection[UUID]) -> list[UUID]:
    """The keys of the decisions about these persons: rows of sheets are about them."""
    return list(Decision.objects.filter(enrolment__person__in=keys).values_list("pk", flat=True))


def forget(keys: Collection[UUID], *, by: Actor) -> int:
    """
    Make the words beside decisions about these persons empty, and take away what shows them: photos, films, papers, and who is close to them.
    Return how many decisions there were.
    """
    by.require(Permission.PERSON_ERASE)
    remove_evidence(list(Evidence.objects.filter(enrolment__person__in=keys)), by=by)
    Appeal.objects.filter(decision__enrolment__person__in=keys).update(grounds="", ruling="")
    AppealChange.objects.filter(appeal__decision__enrolment__person__in=keys).update(reason="")
    PriorClaim.objects.filter(enrolment__person__in=keys).update(claim="", interview_note="")
    PriorClaimChange.objects.filter(claim__enrolment__person__in=keys).update(reason="")
    StatedRelation.objects.filter(Q(assessor__in=keys) | Q(learner__in=keys)).delete()
    SignOff.objects.filter(decision__assessor__in=keys, role="assessor").update(name="")
    return _empty(Decision.objects.filter(enrolment__person__in=keys), by=by)


def noted_before(day: date, *, by: Actor) -> QuerySet[Decision]:
    """Decisions of days before that with a note, the oldest first."""
    by.require(Permission.PERSON_ERASE)
    noted = Decision.objects.filter(decided_on__lt=day).exclude(evidence_note="")
    return noted.select_related("enrolment__cohort", "unit").order_by("decided_on", "pk")


def empty_notes(keys: Collection[UUID], *, by: Actor) -> int:
    """Make the notes of these decisions (by key) empty: their time is over."""
    by.require(Permission.PERSON_ERASE)
    return _empty(Decision.objects.filter(pk__in=keys), by=by)


def _empty(decisions: QuerySet[Decision], *, by: Actor) -> int:
    held = list(decisions.order_by("pk"))
    for start in range(0, len(held), 500):
        part = [each.pk for each in held[start : start + 500]]
        Decision.objects.filter(pk__in=part).update(evidence_note="")
        DecisionChange.objects.filter(decision__in=part).update(reason="")
        Finding.objects.filter(decision__in=part).update(note="")
        SignOff.objects.filter(decision__in=part).exclude(role="assessor").update(name="")
        Sample.objects.filter(decision__in=part).update(note="", reason="")
    log.record_each("assessment.words_erased", by=by, subjects=held)
    return len(held)
