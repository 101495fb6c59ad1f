"""What the outcomes' room holds about one human being: who was asked and what was answered."""

from collections.abc import Collection
from uuid import UUID

from corridor.foundations.access import Permission
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import Answer, FollowUp


def personal_data(keys: Collection[UUID]) -> list[PersonalPart]:
    """``keys``: all records of one human being. One statement."""
    asked = FollowUp.objects.filter(enrolment__person__in=keys).select_related("wave", "enrolment__cohort")
    return [
        PersonalPart(
            "follow_ups", N_("Questions after the training"), ("outcomes.FollowUp",), Permission.OUTCOME_VIEW,
            N_("To know whether the training led to work."),
            N_("For good: figures are counted from it. After an erasure nothing in it says who you were."),
            OnErasure.STAYS, N_("Figures were counted from the answers; without a name they are nobody’s."),
            {
                "wave": N_("Wave"), "cohort": N_("Cohort"), "answered_on": N_("Answered on"), "working": N_("Working"),
                "relevant": N_("In the trade"), "occupation": N_("Occupation"),
            },
            [
                {
                    "wave": each.wave.reference, "cohort": each.enrolment.cohort.reference,
                    "answered_on": each.answered_on.isoformat() if each.answered_on else None, "working": each.working,
                    "relevant": each.relevant, "occupation": each.occupation_code or None,
                }
                for each in asked.order_by("wave__opens_on", "pk")
            ],
            {"working": dict(Answer.choices), "relevant": dict(Answer.choices)},
        )
    ]  # fmt: skip
