"""A learner takes a file off the own path: it is evidence no more, and nobody keeps it."""

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.rooms.assessment.actions import let_go_of_own_file
from corridor.rooms.training.actions.own_evidence import drop_own_evidence
from corridor.rooms.training.models import OwnEvidence


@transaction.atomic
def drop_own_file(*, evidence: OwnEvidence, by: Actor) -> None:
    """:raises AccessDenied: for anybody else's. :raises StandsOnIt: once a final decision stands on it."""
    let_go_of_own_file(own=evidence, by=by)
    drop_own_evidence(evidence=evidence, by=by)
