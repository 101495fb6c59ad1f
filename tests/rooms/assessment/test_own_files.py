"""A file that the learner added is evidence of a unit without being kept twice, and goes when the learner takes it away."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.drop_own_file import drop_own_file
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import discard_evidence, take_own_file
from corridor.rooms.assessment.models import Decision, Evidence
from corridor.rooms.assessment.refusals import DecisionIsFinal, StandsOnIt
from corridor.rooms.assessment.schemes import criteria_of
from corridor.rooms.training.actions.own_evidence import add_own_evidence
from corridor.rooms.training.models import OwnEvidence
from tests.factories.actors import make_actor
from tests.factories.assessment import Room, make_scheme
from tests.factories.papers import PDF
from tests.factories.site_years import picture

pytestmark = pytest.mark.django_db
AT = datetime(2023, 6, 20, 3, tzinfo=UTC)


@pytest.fixture
def room():
    return Room()


def learner(room):
    return make_actor("learner", ("person", room.seat().person_id))


def added(room, unit=None, *, name="brake.jpg", content=None):
    upload = Upload(name, content or picture(), "The brake that I mended")
    return add_own_evidence(
        enrolment=room.seat(), unit=unit, upload=upload, words="The brake that I mended", at=AT, by=learner(room)
    )


def take(room, own, **more):
    given = {"unit": room.unit, "attempt": 1, "criteria": [], "at": AT, "by": room.by}
    return take_own_file(own=own, **(given | more))


def test_it_is_the_same_file_with_the_same_fingerprint_and_shows_criteria(room):
    own = added(room)
    criterion = criteria_of(make_scheme(room.unit))[0].pk
    made = take(room, own, criteria=[criterion])
    assert (made.document_id, made.sha256, made.caption) == (own.document_id, own.document.sha256, own.words)
    assert [each.criterion_id for each in made.shows.all()] == [criterion]
    assert take(room, own).pk == made.pk
    assert Document.objects.count() == 1
    assert queries.taken_documents(documents=[own.document_id], by=learner(room)) == {own.document_id: [room.unit.code]}


def test_only_who_assesses_takes_it_and_only_for_what_it_was_added_for(room):
    with pytest.raises(AccessDenied):
        take(room, added(room), by=learner(room))
    with pytest.raises(AccessDenied):
        take(room, added(room), by=make_actor("trainer", ("cohort", room.cohort.pk)))
    other = room.cohort.curriculum_version.units.exclude(pk=room.unit.pk).first()
    with pytest.raises(BadInput, match="another unit"):
        take(room, added(room, unit=other))


def test_the_file_of_the_learner_stays_when_the_assessor_takes_it_off_the_list(room):
    own = added(room)
    discard_evidence(evidence=take(room, own), by=room.by)
    assert OwnEvidence.objects.get().document == own.document
    assert not Evidence.objects.exists()


def test_the_learner_takes_it_away_until_a_final_decision_stands_on_it(room):
    own = added(room)
    take(room, own)
    room.record()
    drop_own_file(evidence=own, by=learner(room))
    assert not Evidence.objects.exists() and not Document.objects.exists()
    own = added(room)
    take(room, own)
    Decision.objects.update(status="final")
    with pytest.raises(StandsOnIt):
        drop_own_file(evidence=own, by=learner(room))
    assert Evidence.objects.get().document == own.document
    with pytest.raises(DecisionIsFinal):
        take(room, added(room, name="plan.pdf", content=PDF))
