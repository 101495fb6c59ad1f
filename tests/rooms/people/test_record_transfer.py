"""Personal data that leaves a country is written down, counted once a person, and stopped at a threshold."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.notices.models import Notice
from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.members.refusals import DayToCome
from corridor.rooms.people.actions.transfers import TransferDraft, record_transfer, set_threshold
from corridor.rooms.people.models import DataClass, Occasion, TransferBasis
from corridor.rooms.people.queries.rights import show_ledger
from corridor.rooms.people.rights_refusals import ThresholdReached
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.members import make_member, make_seat
from tests.factories.people import make_people

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def vientiane():
    return make_member("vientiane", country="LA")


def send(persons=(), *, on=date(2024, 1, 10), unlisted=0, because="", by=NIGHTLY, to="CN"):
    draft = TransferDraft(
        happened_on=on, from_country="LA", to_country=to, data_class=DataClass.OTHER, basis=TransferBasis.CONSENT,
        occasion=Occasion.MAIL, about="A list", persons=[each.pk for each in persons], unlisted=unlisted,
        over_because=because,
    )  # fmt: skip
    return record_transfer(draft=draft, at=AT, by=by)


def limit(persons):
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=persons, source="Own choice", by=NIGHTLY)


def counter(year=2024):
    (found,) = show_ledger(year=year, by=make_actor("auditor")).counters
    return found


def test_a_person_counts_once_a_year_and_papers_each():
    people = make_people(3)
    send(people)
    send(people[:2], unlisted=4)
    send(people, on=date(2023, 12, 31))
    assert counter().persons == 7
    assert counter(2023).persons == 3


def test_from_eighty_percent_on_the_secretariat_is_told_once():
    user = make_user("phone")
    make_seat(user, "secretariat")
    limit(10)
    send(unlisted=7)
    assert not Notice.objects.filter(user=user).exists()
    send(unlisted=1)
    send(unlisted=1)
    assert Notice.objects.filter(user=user).count() == 1
    assert counter().is_near


def test_nothing_leaves_over_a_threshold_without_a_reason():
    limit(5)
    send(unlisted=5)
    with pytest.raises(ThresholdReached):
        send(unlisted=1)
    assert send(unlisted=1, because="The council decided it on 1 February.").over_because
    assert counter().persons == 6


@pytest.mark.parametrize("wrong", [{"to": "LA", "unlisted": 1}, {"to": "XQ", "unlisted": 1}, {"unlisted": 0}])
def test_what_is_no_transfer_is_refused(wrong):
    with pytest.raises(BadInput):
        send(**wrong)


def test_the_auditor_reads_and_does_not_write():
    with pytest.raises(AccessDenied):
        send(unlisted=1, by=make_actor("auditor"))
    with pytest.raises(AccessDenied):
        show_ledger(year=2024, by=make_actor("coordinator"))


def test_what_is_still_to_come_is_in_no_ledger():
    with pytest.raises(DayToCome):
        send(unlisted=1, on=date(2024, 2, 3))


def test_the_refusal_at_a_threshold_names_the_country_and_writes_the_year_as_one():
    limit(1)
    with pytest.raises(ThresholdReached) as refused:
        send(unlisted=2)
    assert "2 persons would have left Laos in 2024; the threshold is 1" in sentence(refused.value)
