"""Schemes: written as drafts, published from a day, never changed after, and kept by the decisions made under them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput, StaleForm
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import discard_scheme, publish_schemes, write_schemes
from corridor.rooms.assessment.models import Instrument, InstrumentKind, Scheme
from corridor.rooms.assessment.refusals import SchemeIsBegun, SchemeIsEmpty, SchemeIsPublished
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft, SchemeDraft, draft_of, schemes_on
from tests.factories.actors import make_actor
from tests.factories.assessment import APPOINTED_ON, DECIDED_ON, Room, all_met, make_scheme
from tests.factories.curricula import make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_version().units.first()


def titled(**more):
    return InstrumentDraft(kind=more.pop("kind", InstrumentKind.ORAL), titles={"en": "Questions"}, **more)


def test_a_draft_holds_nowhere_until_it_is_published(unit):
    draft = make_scheme(unit, published_on=None)
    assert schemes_on([(unit.pk, DECIDED_ON)]) == {}
    publish_schemes(schemes=[draft], on=DECIDED_ON, by=NIGHTLY)
    assert schemes_on([(unit.pk, DECIDED_ON), (unit.pk, DECIDED_ON - timedelta(days=1))]) == {
        (unit.pk, DECIDED_ON): draft
    }


def test_a_later_version_supersedes_and_each_day_keeps_its_own(unit):
    first = make_scheme(unit)
    later = DECIDED_ON + timedelta(days=10)
    second = make_scheme(unit, published_on=later)
    assert (first.version, second.version) == (1, 2)
    found = schemes_on([(unit.pk, DECIDED_ON), (unit.pk, later)])
    assert found == {(unit.pk, DECIDED_ON): first, (unit.pk, later): second}
    first.refresh_from_db()
    assert first.status == "superseded"


def test_what_is_written_again_becomes_the_draft_and_a_stale_one_is_refused(unit):
    draft = make_scheme(unit, published_on=None)
    changed = write_schemes(schemes=[draft_of(queries.get_scheme(key=draft.pk, by=NIGHTLY))], by=NIGHTLY)[0]
    assert (changed.pk, changed.edition, Instrument.objects.count()) == (draft.pk, 2, 1)
    with pytest.raises(StaleForm):
        write_schemes(schemes=[SchemeDraft(unit=unit, edition=1)], by=NIGHTLY)


def test_a_published_scheme_never_changes_and_is_not_thrown_away(unit):
    scheme = make_scheme(unit)
    for refused in (
        lambda: publish_schemes(schemes=[scheme], on=DECIDED_ON, by=NIGHTLY),
        lambda: discard_scheme(scheme=scheme, by=NIGHTLY),
    ):
        with pytest.raises(SchemeIsPublished):
            refused()


def test_a_draft_is_thrown_away_whole(unit):
    discard_scheme(scheme=make_scheme(unit, published_on=None), by=NIGHTLY)
    assert (Scheme.objects.count(), Instrument.objects.count()) == (0, 0)


def test_a_scheme_that_asks_for_nothing_is_not_published(unit):
    for instruments in ((), (titled(),)):
        (empty,) = write_schemes(schemes=[SchemeDraft(unit=unit, instruments=instruments)], by=NIGHTLY)
        with pytest.raises(SchemeIsEmpty):
            publish_schemes(schemes=[empty], on=DECIDED_ON, by=NIGHTLY)
        with pytest.raises(SchemeIsBegun):
            write_schemes(schemes=[SchemeDraft(unit=unit)], by=NIGHTLY)
        discard_scheme(scheme=empty, by=NIGHTLY)


@pytest.mark.parametrize(
    ("draft", "column"),
    [
        ({"attempts_allowed": 0}, "attempts_allowed"),
        ({"appeal_days": 0}, "appeal_days"),
        ({"instruments": (InstrumentDraft(kind=InstrumentKind.ORAL, titles={}),)}, "title"),
        ({"instruments": (titled(scale=Decimal(10)),)}, "scale"),
        (
            {"instruments": (titled(kind=InstrumentKind.WRITTEN, scale=Decimal(10), pass_mark=Decimal(11)),)},
            "pass_mark",
        ),
        ({"instruments": (titled(criteria=(CriterionDraft(texts={"xx-1": "Said"}),)),)}, "text"),
    ],
    ids=["attempts", "days", "title", "scale", "pass-mark", "language"],
)
def test_what_makes_no_scheme_is_refused_at_its_place(unit, draft, column):
    with pytest.raises(BadInput) as refused:
        write_schemes(schemes=[SchemeDraft(unit=unit, **draft)], by=NIGHTLY)
    assert [problem.column for problem in refused.value.problems] == [column]
    assert not Scheme.objects.exists()


def test_the_secretariat_writes_schemes_and_assessors_read_the_published_ones(unit):
    published, draft = make_scheme(unit), make_scheme(unit, published_on=None)
    assessor = make_actor("assessor")
    with pytest.raises(AccessDenied):
        write_schemes(schemes=[SchemeDraft(unit=unit)], by=assessor)
    assert list(queries.list_schemes(by=assessor)) == [published]
    assert list(queries.list_schemes(by=make_actor("secretariat"))) == [draft, published]


def test_a_decision_keeps_the_scheme_of_its_day():
    room = Room()
    scheme = make_scheme(room.unit)
    decision = room.record(findings=all_met(scheme))
    make_scheme(room.unit, published_on=date(2023, 6, 21))
    decision.refresh_from_db()
    assert (decision.scheme, decision.checklist) == (scheme, "here")
    assert APPOINTED_ON < DECIDED_ON
