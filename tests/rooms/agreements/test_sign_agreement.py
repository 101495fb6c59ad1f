from datetime import date

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, StaleForm
from corridor.rooms.agreements.actions import AlreadySigned, NotProposed, SignedTooEarly, TextChanged
from corridor.rooms.agreements.queries import agreements_to_sign
from tests.factories.actors import make_actor
from tests.factories.agreements import make_draft_agreement, make_proposed_agreement

from .signing import SIGNING_ON, coordinator_of, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return make_proposed_agreement(parties=["chongqing", "vientiane"], starts_on=date(2023, 6, 1))


def test_the_first_signature_leaves_the_agreement_proposed(agreement):
    assert sign(agreement, "chongqing").status == "proposed"
    party = agreement.parties.get(organisation__reference="chongqing")
    assert (party.signed_on, party.signed_by, party.signature) == (SIGNING_ON, "of-chongqing", "electronic")
    assert party.signed_hash == agreement.canonical_hash


def test_the_last_signature_makes_it_signed_that_day_and_in_force_from_its_first_day(agreement):
    sign(agreement, "chongqing", on=date(2023, 5, 10))
    signed = sign(agreement, "vientiane")
    days = [date(2023, 5, 17), SIGNING_ON, date(2023, 5, 31), date(2023, 6, 1)]
    assert [signed.status_on(day) for day in days] == ["proposed", "signed", "signed", "in_force"]
    assert not signed.is_in_force(on=date(2023, 5, 31))
    assert signed.is_in_force(on=date(2023, 6, 1))
    events = Entry.objects.filter(event__in=["agreements.signed", "agreements.came_into_force"])
    assert list(events.order_by("pk").values_list("event", "by")) == [
        ("agreements.signed", "of-chongqing"),
        ("agreements.signed", "of-vientiane"),
        ("agreements.came_into_force", "of-vientiane"),
    ]


def test_signed_after_its_first_day_it_is_in_force_from_the_last_signature(agreement):
    sign(agreement, "chongqing")
    signed = sign(agreement, "vientiane", on=date(2023, 8, 1))
    assert not signed.is_in_force(on=date(2023, 7, 31))
    assert signed.is_in_force(on=date(2023, 8, 1))


def test_four_parties_need_four_signatures():
    members = ["chongqing", "vientiane", "colombo", "mekong-fleet"]
    agreement = make_proposed_agreement("AGR-2023-0044", parties=members)
    states = [sign(agreement, member).status for member in members]
    assert states == ["proposed", "proposed", "proposed", "in_force"]


def test_nobody_signs_for_another_member(agreement):
    with pytest.raises(AccessDenied):
        sign(agreement, "vientiane", by=coordinator_of(agreement, "chongqing"))
    assert not Entry.objects.filter(event="agreements.signed").exists()


@pytest.mark.parametrize("role", ["secretariat", "council", "auditor", "system"])
def test_no_office_of_the_alliance_signs_for_a_member(agreement, role):
    with pytest.raises(AccessDenied):
        sign(agreement, "chongqing", by=make_actor(role))


def test_nobody_signs_twice(agreement):
    sign(agreement, "chongqing")
    with pytest.raises(AlreadySigned):
        sign(agreement, "chongqing", by=coordinator_of(agreement, "chongqing", "another-coordinator"))


def test_who_read_another_text_signs_nothing_and_sees_both_hashes(agreement):
    with pytest.raises(StaleForm) as stale:
        sign(agreement, "chongqing", over="0" * 64)
    assert (stale.value.theirs, stale.value.yours) == (agreement.canonical_hash, "0" * 64)
    assert agreement.parties.filter(signed_on__isnull=False).count() == 0


def test_a_text_changed_behind_the_back_of_the_parties_cannot_be_signed(agreement):
    agreement.texts.filter(language="en").update(body="Article 1. Something else.")
    with pytest.raises(TextChanged):
        sign(agreement, "chongqing")


def test_a_draft_cannot_be_signed():
    with pytest.raises(NotProposed):
        sign(make_draft_agreement(), "chongqing", over="0" * 64)


def test_a_signature_is_not_older_than_the_text(agreement):
    with pytest.raises(SignedTooEarly):
        sign(agreement, "chongqing", on=date(2023, 3, 1))


def test_what_waits_for_a_signature_stands_on_the_desk_of_its_member_alone(agreement):
    mei, khamla = coordinator_of(agreement, "chongqing"), coordinator_of(agreement, "vientiane")
    make_draft_agreement("AGR-2024-0001")
    assert [str(party) for party in agreements_to_sign(by=mei)] == ["AGR-2023-0031 / chongqing"]
    sign(agreement, "chongqing")
    assert list(agreements_to_sign(by=mei)) == []
    assert len(agreements_to_sign(by=khamla)) == 1
    assert list(agreements_to_sign(by=make_actor("secretariat"))) == []
