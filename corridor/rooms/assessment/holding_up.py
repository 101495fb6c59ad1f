"""What keeps a cohort from being awarded although its decisions are final: somebody still looks at one of them again."""

from uuid import UUID

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_
from corridor.rooms.training.models import Cohort, Enrolment

from .appeals import open_appeals
from .models import Decision
from .moderating import undecided_samples
from .refusals import AppealIsOpen, DecisionIsDrawn


def held_up(cohort: Cohort) -> list[Refusal]:
    """One for each open appeal, and for each decision that was drawn and is not judged a second time, or not settled."""
    return [refusal for _place, refusal in held_up_places(cohort)]


def held_up_places(cohort: Cohort) -> list[tuple[UUID, Refusal]]:
    """The same with the enrolment that each is about."""
    places = Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True)
    found: list[tuple[UUID, Refusal]] = [
        (
            each.decision.enrolment_id,
            AppealIsOpen(
                N_("Nobody has ruled on appeal %(appeal)s about %(decision)s; %(cohort)s is awarded after that."),
                appeal=each.reference, decision=str(each.decision), cohort=cohort.reference,
            ),
        )
        for each in open_appeals(places)
    ]  # fmt: skip
    decisions = Decision.objects.filter(enrolment__cohort=cohort).values_list("pk", flat=True)
    found += [
        (
            each.decision.enrolment_id,
            DecisionIsDrawn(
                N_("%(decision)s was drawn for a second judgement that is not over; %(cohort)s is awarded after that."),
                decision=str(each.decision), cohort=cohort.reference,
            ),
        )
        for each in undecided_samples(decisions)
    ]  # fmt: skip
    return found
