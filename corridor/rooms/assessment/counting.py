"""What a learner can prove: the latest final decision of each unit counts. Everybody's, whoever asks; see training's counting."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import batched
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from corridor.rooms.training.models import Cohort, Enrolment

from .appeals import OPEN
from .lifecycle import DecisionStatus
from .models import Appeal, Decision, DecisionChange


def final_decisions() -> QuerySet[Decision]:
    return Decision.objects.filter(status=DecisionStatus.FINAL)


def counting_decisions(*, on: date) -> QuerySet[Decision]:
    """Decisions that were final by that day, are not overturned, and against which nobody appeals."""
    final = DecisionChange.objects.filter(decision=OuterRef("pk"), to_status=DecisionStatus.FINAL, effective_on__lte=on)
    appealed = Appeal.objects.filter(decision=OuterRef("pk"), status__in=OPEN)
    return final_decisions().filter(Exists(final)).exclude(Exists(appealed))


def latest_final(enrolments: Iterable[UUID]) -> dict[tuple[UUID, UUID], Decision]:
    """
    The latest final decision of each (enrolment, unit), with its unit, assessor, and day. What was decided in a place from which the learner was
    moved counts too, until the unit is decided again; a step back through moved places is a statement per 500, and so are the decisions.
    """
    keys = list(dict.fromkeys(enrolments))
    chains = places_before(keys)
    found: dict[UUID, dict[UUID, Decision]] = defaultdict(dict)
    for part in batched(dict.fromkeys(place for chain in chains.values() for place in chain), 500):
        rows = final_decisions().filter(enrolment__in=part).select_related("unit", "assessor")
        for decision in rows.order_by("attempt"):
            found[decision.enrolment_id][decision.unit_id] = decision
    return {
        (key, unit): decision
        for key, chain in chains.items()
        for place in chain
        for unit, decision in found.get(place, {}).items()
    }


def carried_to(enrolments: Iterable[Enrolment]) -> dict[UUID, list[UUID]]:
    """By place from which one of these learners was moved: their place here, to which what was decided there is carried."""
    moved = [each.pk for each in enrolments if each.moved_from_id is not None]
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for key, chain in places_before(moved).items():
        for place in chain[:-1]:
            found[place].append(key)
    return dict(found)


def places_before(keys: list[UUID]) -> dict[UUID, list[UUID]]:
    """For each place: those from which the learner was moved to it, the first one first, and itself."""
    moved: dict[UUID, UUID] = {}
    asked = set(keys)
    while asked:
        fresh: dict[UUID, UUID] = {}
        for part in batched(asked, 500):
            rows = Enrolment.objects.filter(pk__in=part, moved_from__isnull=False)
            fresh.update(rows.values_list("pk", "moved_from_id"))
        moved |= fresh
        asked = set(fresh.values()) - moved.keys()
    chains = {}
    for key in keys:
        chain = [key]
        while chain[-1] in moved:
            chain.append(moved[chain[-1]])
        chains[key] = chain[::-1]
    return chains


def with_final_decision(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Each enrolment with ``decided``: whether it has at least one final decision."""
    return enrolments.annotate(decided=Exists(final_decisions().filter(enrolment=OuterRef("pk"))))


def open_decisions(cohort: Cohort) -> int:
    """How many decisions of a cohort are not final yet."""
    return Decision.objects.filter(enrolment__cohort=cohort, status=DecisionStatus.ASSESSED).count()
