"""A member's profile, filled by who speaks for it; names of other days, numbers, places, and what is missing."""

from datetime import date

import pytest

from corridor.rooms.members.models import Organisation, SectorCode
from tests.factories.actors import make_user
from tests.factories.members import make_alliance, make_member, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def vientiane():
    make_alliance()
    return make_member("vientiane", country="LA", names={"en": "Vientiane College"})


@pytest.fixture
def khamla(client, vientiane):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=vientiane)
    client.force_login(user)
    return client


@pytest.fixture
def secretariat(client, vientiane):
    user = make_user("mei")
    make_seat(user, "secretariat")
    client.force_login(user)
    return client


def test_a_renamed_member_reads_as_on_the_day(khamla, vientiane):
    name = vientiane.names.get()
    khamla.post(f"/members/vientiane/names/{name.pk}/end/", {"valid_before": "2024-01-01"})
    answer = khamla.post(
        "/members/vientiane/names/",
        {"language": "en", "name": "Vientiane Polytechnic", "kind": "official", "valid_from": "2024-01-01"},
    )
    assert answer.status_code == 302
    assert '<h1 lang="en">Vientiane College</h1>' in khamla.get("/members/vientiane/?on=2023-12-31").content.decode()
    now = khamla.get("/members/vientiane/?on=2024-01-01").content.decode()
    assert '<h1 lang="en">Vientiane Polytechnic</h1>' in now
    assert "Other days, other names" in now


def test_a_mistyped_number_is_shown_at_its_field_and_a_right_one_leads_to_its_register(khamla):
    wrong = khamla.post("/members/vientiane/identifiers/", {"scheme": "ror", "value": "02mhbdp95"})
    assert (wrong.status_code, "check digits" in wrong.content.decode()) == (422, True)
    khamla.post("/members/vientiane/identifiers/", {"scheme": "ror", "value": "https://ror.org/02mhbdp94"})
    assert 'href="https://ror.org/02mhbdp94"' in khamla.get("/members/vientiane/").content.decode()


def test_what_is_missing_is_a_list_of_links_for_who_may_fill_it(khamla, client):
    page = khamla.get("/members/vientiane/").content.decode()
    assert "What is missing" in page
    assert "/members/vientiane/sectors/" in page
    client.logout()
    assert "What is missing" not in client.get("/members/vientiane/").content.decode()


def test_campuses_sectors_and_corrections_are_written_down(khamla, vientiane):
    SectorCode.objects.create(scheme="isic-4", code="8522").titles.create(language="en", text="Vocational education")
    khamla.post("/members/vientiane/sectors/", {"scheme": "isic-4", "codes": "8522"})
    place = {"name": "ວິທະຍາເຂດໃຕ້", "language": "lo", "country": "LA", "city": "Pakse", "starts_on": "2020-01-01"}
    assert khamla.post("/members/vientiane/campuses/", place).status_code == 302
    name = vientiane.names.get()
    khamla.post(f"/members/vientiane/names/{name.pk}/correct/", {"name": "Vientiane Skills College", "reason": "Typo"})
    page = khamla.get("/members/vientiane/").content.decode()
    for words in ("Vocational education", "ວິທະຍາເຂດໃຕ້", "Vientiane Skills College"):
        assert words in page
    campus = vientiane.campuses.get()
    khamla.post(f"/members/vientiane/campuses/{campus.pk}/close/", {"ends_before": "2021-01-01"})
    assert "ວິທະຍາເຂດໃຕ້" not in khamla.get("/members/vientiane/").content.decode()


@pytest.mark.parametrize("what", ["identifiers", "ror", "sectors", "campuses"])
def test_a_coordinator_fills_no_other_profile(khamla, what):
    make_member("colombo", country="LK")
    assert khamla.get(f"/members/colombo/{what}/").status_code == 403


def test_the_secretariat_says_to_whom_it_belongs_and_rings_are_refused(secretariat):
    make_member("ministry", country="LA", kind="authority")
    assert secretariat.post("/members/vientiane/parent/", {"parent": "ministry"}).status_code == 302
    assert "ministry" in secretariat.get("/members/vientiane/").content.decode()
    assert secretariat.post("/members/ministry/parent/", {"parent": "vientiane"}).status_code == 409


def test_an_organisation_that_a_coordinator_names_waits_and_is_marked(client, vientiane):
    user = make_user("khamla")
    make_seat(user, "coordinator", member=vientiane)
    client.force_login(user)
    given = {"name": "Mekong Motors", "language": "en", "kind": "company", "country": "LA", "city": "Pakse"}
    assert client.post("/members/name-one/", given).status_code == 302
    assert client.get("/members/unconfirmed/").status_code == 403
    mei = make_user("mei")
    make_seat(mei, "secretariat", held_from=date(2021, 1, 1))
    client.force_login(mei)
    queue = client.get("/members/unconfirmed/").content.decode()
    assert "Mekong Motors" in queue
    reference = Organisation.objects.get(standing="unconfirmed").reference
    assert "Unconfirmed" in client.get(f"/members/{reference}/").content.decode()
    assert client.post(f"/members/unconfirmed/{reference}/", {"do": "refuse"}).status_code == 422
    assert client.post(f"/members/unconfirmed/{reference}/", {"do": "confirm"}).status_code == 302
    assert "Mekong Motors" not in client.get("/members/unconfirmed/").content.decode()
