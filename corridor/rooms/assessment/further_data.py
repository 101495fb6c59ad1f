"""What stands beside decisions about one human being: claims, appeals, evidence, and what somebody did as an assessor."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from corridor.foundations.access import Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart, Value
from corridor.kernel.wording import N_

from .lifecycle import AppealStatus, PriorStatus
from .models import Appeal, Employment, Evidence, Panelist, PriorClaim, RelationKind, Sample, Sitting, StatedRelation

_AS_LONG = N_("As long as the decision that it belongs to; what was said goes with an erasure.")
_BESIDE = N_("The decision stays; what was said or shown beside it goes.")
_OFFICE = N_("For good: a decision stands on it.")
_KEY_STAYS = N_("A judgement without a judge is none; it keeps the key and says “erased”.")


def further_parts(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. Seven statements."""
    claims = PriorClaim.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort", "unit")
    appeals = Appeal.objects.filter(decision__enrolment__person__in=keys).select_related("decision__unit")
    evidence = Evidence.objects.filter(enrolment__person__in=keys).select_related("enrolment__cohort", "unit")
    relations = StatedRelation.objects.filter(assessor__in=keys) | StatedRelation.objects.filter(learner__in=keys)
    works = Employment.objects.filter(person__in=keys).select_related("organisation")
    return [
        PersonalPart(
            "prior_learning", N_("Claims of prior learning"), ("assessment.PriorClaim",), Permission.DECISION_VIEW,
            N_("To look at what you could do before you came."), _AS_LONG, OnErasure.EMPTIED, _BESIDE,
            {"cohort": N_("Cohort"), "unit": N_("Unit"), "claimed_on": N_("Day"), "status": N_("State"), "claim": N_("Claim")},
            [
                {
                    "cohort": each.enrolment.cohort.reference, "unit": each.unit.code, "status": each.status,
                    "claimed_on": each.claimed_on.isoformat(), "claim": each.claim,
                }
                for each in claims
            ],
            {"status": dict(PriorStatus.choices)},
        ),
        PersonalPart(
            "appeals", N_("Appeals"), ("assessment.Appeal",), Permission.DECISION_VIEW,
            N_("To have a decision looked at by others."), _AS_LONG, OnErasure.EMPTIED, _BESIDE,
            {"unit": N_("Unit"), "lodged_on": N_("Day"), "status": N_("State"), "grounds": N_("Grounds"), "ruling": N_("Ruling")},
            [
                {
                    "unit": each.decision.unit.code, "lodged_on": each.lodged_on.isoformat(), "status": each.status,
                    "grounds": each.grounds, "ruling": each.ruling,
                }
                for each in appeals
            ],
            {"status": dict(AppealStatus.choices)},
        ),
        PersonalPart(
            "evidence", N_("Evidence of assessments"), ("assessment.Evidence",), Permission.DECISION_VIEW,
            N_("To show what was judged."), _AS_LONG, OnErasure.GOES, N_("Nothing else stands on a photo or a film."),
            {"cohort": N_("Cohort"), "unit": N_("Unit"), "file": N_("File")},
            [
                {"cohort": each.enrolment.cohort.reference, "unit": each.unit.code, "file": each.caption or each.file_name}
                for each in evidence
            ],
        ),
        PersonalPart(
            "relations", N_("Persons who are close"), ("assessment.StatedRelation",), Permission.LICENCE_VIEW,
            N_("So that nobody is judged by somebody close."), N_("Until it is taken back, or erased."), OnErasure.GOES,
            N_("Without either of the two it says nothing."), {"stated_on": N_("Day"), "kind": N_("Kind")},
            [{"stated_on": each.stated_on.isoformat(), "kind": each.kind} for each in relations],
            {"kind": dict(RelationKind.choices)},
        ),
        PersonalPart(
            "employments", N_("For whom an assessor works"), ("assessment.Employment",), Permission.LICENCE_VIEW,
            N_("So that nobody judges who is sent by the same organisation."), _OFFICE, OnErasure.STAYS, _KEY_STAYS,
            {"organisation": N_("Organisation"), "from": N_("From"), "before": N_("Before")},
            [
                {
                    "organisation": each.organisation.reference, "from": each.starts_on.isoformat(),
                    "before": each.ends_before.isoformat() if each.ends_before else None,
                }
                for each in works
            ],
        ),
        PersonalPart(
            "looked_again", N_("Second judgements, panels and sittings"),
            ("assessment.Sample", "assessment.Panelist", "assessment.Sitting", "assessment.PriorClaim"),
            Permission.DECISION_VIEW, N_("To show that whoever looked again had nothing to do with it."), _OFFICE,
            OnErasure.STAYS, _KEY_STAYS, {"what": N_("What"), "day": N_("Day")}, _offices(keys),
        ),
    ]  # fmt: skip


def _offices(keys: Collection[UUID]) -> list[dict[str, Value]]:
    again = Sample.objects.filter(second__in=keys).select_related("decision__enrolment__cohort", "decision__unit")
    panels = Panelist.objects.filter(person__in=keys).select_related("appeal")
    sittings = Sitting.objects.filter(assessor__in=keys).select_related("cohort", "unit")
    talks = PriorClaim.objects.filter(interviewer__in=keys).select_related("enrolment__cohort", "unit")
    found: list[tuple[str, date | None]] = [
        *((str(each), each.judged_on) for each in again),
        *((each.appeal.reference, each.appeal.lodged_on) for each in panels),
        *((each.cohort.reference, each.held_on) for each in sittings),
        *((str(each), each.interviewed_on) for each in talks),
    ]
    return [{"what": what, "day": day.isoformat() if day else None} for what, day in found]
