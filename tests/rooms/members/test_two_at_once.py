"""Two who write the same thing in the same moment: one has written it, the other is refused in the room's own words."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, Refusal
from corridor.rooms.members.actions import (
    add_identifiers,
    add_names,
    merge_organisations,
    move_memberships,
    register_organisations,
)
from corridor.rooms.members.drafts import IdentifierDraft, MembershipStep, NameDraft, OrganisationDraft
from corridor.rooms.members.lifecycle import MembershipStatus
from corridor.rooms.members.models import Membership, Organisation, OrganisationMerge
from corridor.rooms.members.refusals import MembershipUnderWay, MergedBefore, NumberTaken
from corridor.rooms.training.actions import appoint_trainers
from corridor.rooms.training.models import CohortTrainer
from tests.factories.actors import make_actor
from tests.factories.members import make_organisation
from tests.factories.people import make_person
from tests.factories.training import make_cohort

SECRETARIAT = make_actor("secretariat")


def at_once(task, *, times=3):
    line, refused = threading.Barrier(times), []

    def run():
        try:
            line.wait()
            task()
        except Refusal as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_an_organisation_is_registered_once():
    draft = OrganisationDraft(
        reference="vientiane", kind="school", country="LA", city="Vientiane", names={"en": "Vientiane College"},
        source_mark="assumed",
    )  # fmt: skip
    refused = at_once(lambda: register_organisations(drafts=[draft], by=SECRETARIAT))
    assert refused == [BadInput, BadInput]
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_applications_one_is_under_way():
    vientiane = make_organisation("vientiane", country="LA")
    step = MembershipStep(vientiane, MembershipStatus.APPLIED, date(2023, 1, 2))
    refused = at_once(lambda: move_memberships(steps=[step], by=SECRETARIAT))
    assert refused == [MembershipUnderWay, MembershipUnderWay]
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_trainer_who_is_appointed_twice_at_once_teaches_once():
    cohort, mei = make_cohort(), make_person("mei")
    assert at_once(lambda: appoint_trainers(places=[(cohort, mei)], by=SECRETARIAT)) == []
    assert CohortTrainer.objects.count() == 1


@pytest.mark.django_db
def test_a_fault_that_is_no_race_stays_a_fault():
    make_organisation("vientiane")
    with transaction.atomic(), pytest.raises(IntegrityError), contested(lambda: None):
        make_organisation("vientiane")
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_of_one_record_one_is_made():
    gone, one, other = (make_organisation(reference, country="LA") for reference in ("gone", "one", "other"))
    stays = iter((one, other, one))

    def merge():
        merge_organisations(
            gone=gone, stays=next(stays), reason="One school", on=date(2024, 1, 18),
            at=datetime(2024, 1, 18, tzinfo=UTC), by=SECRETARIAT,
        )  # fmt: skip

    assert at_once(merge) == [MergedBefore, MergedBefore]
    assert OrganisationMerge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_official_names_at_once_one_stands():
    vientiane = make_organisation("vientiane", country="LA")
    names = iter(("ຊື່ ໜຶ່ງ", "ຊື່ ສອງ", "ຊື່ ສາມ"))
    refused = at_once(lambda: add_names(names=[NameDraft(vientiane, "lo", next(names))], by=SECRETARIAT))
    assert refused == [BadInput, BadInput]
    assert vientiane.names.filter(language="lo").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_register_is_given_to_one_of_two():
    members = iter([make_organisation(reference, country="LA") for reference in ("one", "other", "third")])
    refused = at_once(
        lambda: add_identifiers(identifiers=[IdentifierDraft(next(members), "wikidata", "Q80")], by=SECRETARIAT)
    )
    assert refused == [NumberTaken, NumberTaken]
