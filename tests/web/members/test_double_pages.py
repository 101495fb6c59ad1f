"""Organisations recorded twice: found, looked at side by side, merged with a choice for each field, and taken apart again."""

from datetime import UTC, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.members import actions
from corridor.rooms.members.models import Organisation, OrganisationMerge, OrganisationPair
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member, make_organisation, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    make_alliance()
    make_member("bright", country="LA", city="Vientiane", names={"en": "Vientiane Bright Institute"})
    make_organisation(
        "brightly", country="LA", city="Viengchan", names={"en": "Bright Institute, Vientiane", "lo": "ແຈ້ງ"}
    )
    actions.look_for_doubles(at=datetime(2024, 1, 18, tzinfo=UTC), by=NIGHTLY)
    return OrganisationPair.objects.select_related("one", "other").get()


@pytest.fixture
def secretariat(client, pair):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


def stays(pair, reference):
    return "one" if pair.one.reference == reference else "other"


def test_the_pair_is_listed_and_explained(secretariat, pair):
    assert "Vientiane Bright Institute" in secretariat.get("/members/doubles/").content.decode()
    page = secretariat.get(f"/members/doubles/{pair.pk}/").content.decode()
    assert "Viengchan" in page
    assert "Both are in Laos." in page


def test_a_merge_takes_the_chosen_field_answers_the_old_address_and_is_undone(secretariat, pair):
    keep, other = stays(pair, "bright"), stays(pair, "brightly")
    given = {"do": "merge", "stays": keep, "reason": "One school", "field-city": other}
    answer = secretariat.post(f"/members/doubles/{pair.pk}/", given)
    assert answer.url == "/members/bright/"
    assert Organisation.objects.get(reference="bright").city == "Viengchan"
    old = secretariat.get("/members/brightly/")
    assert (old.status_code, old.url) == (301, "/members/bright/")
    page = secretariat.get("/members/bright/").content.decode()
    assert "ແຈ້ງ" in page
    assert "brightly" in page
    assert secretariat.get("/api/v1/members/brightly").json()["reference"] == "bright"
    merge = OrganisationMerge.objects.get()
    assert secretariat.post(f"/members/merges/{merge.pk}/undo/", {"reason": ""}).status_code == 422
    secretariat.post(f"/members/merges/{merge.pk}/undo/", {"reason": "Two after all"})
    assert Organisation.objects.get(reference="bright").city == "Vientiane"
    assert secretariat.get("/members/brightly/").status_code == 200


def test_two_kept_apart_are_not_offered_until_somebody_asks_again(secretariat, pair):
    assert secretariat.post(f"/members/doubles/{pair.pk}/", {"do": "apart"}).status_code == 422
    secretariat.post(f"/members/doubles/{pair.pk}/", {"do": "apart", "reason": "Two towns"})
    assert "No pair here" in secretariat.get("/members/doubles/").content.decode()
    assert "Two towns" in secretariat.get(f"/members/doubles/{pair.pk}/").content.decode()
    secretariat.post(f"/members/doubles/{pair.pk}/again/")
    assert "Vientiane Bright Institute" in secretariat.get("/members/doubles/").content.decode()


def test_a_coordinator_sees_no_pairs(client, pair):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=pair.one)
    client.force_login(user)
    for address in ("/members/doubles/", f"/members/doubles/{pair.pk}/"):
        assert client.get(address).status_code == 403
