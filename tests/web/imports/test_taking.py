"""A sheet that would take persons' data over a border is handed out after somebody has read so and named the ground in law."""

import pytest

from corridor.rooms.people.actions.transfers import set_threshold
from corridor.rooms.people.models import DataClass, Transfer
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.figures import complete, make_cohort_at
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_people
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
PEOPLE = "/imports/template/people/csv/"


@pytest.fixture
def user():
    make_alliance()
    user = make_user("secretariat")
    make_seat(user, "secretariat")
    return user


@pytest.fixture
def secretariat(client, user):
    client.force_login(user)
    return client


def test_the_page_says_what_would_cross_which_border_and_writes_it_once_it_is_confirmed(secretariat):
    make_people(12, residence_country="LA")
    page = secretariat.get(PEOPLE)
    said = page.content.decode()
    assert page["Content-Type"].startswith("text/html")
    assert "Personal data would leave a country" in said and "Laos" in said and ">12<" in said
    assert 'value="CN"' in said
    assert not Transfer.objects.exists()
    taken = secretariat.post(PEOPLE, {"to": "CN", "basis": "standard_contract"})
    assert taken["Content-Type"].startswith("text/csv") and b"p-12" in taken.content
    assert Transfer.objects.values_list("from_country", "to_country", "basis", "occasion").get() == (
        "LA", "CN", "standard_contract", "export",
    )  # fmt: skip


def test_narrowing_holds_through_the_question(secretariat):
    make_people(2, prefix="la", residence_country="LA")
    make_people(3, prefix="th", residence_country="TH")
    taken = secretariat.post(f"{PEOPLE}?country=TH", {"to": "CN", "basis": "contract"})
    assert b"th-1" in taken.content and b"la-1" not in taken.content
    assert Transfer.objects.get().from_country == "TH"


def test_over_a_threshold_the_reason_is_asked_for_at_the_place(secretariat):
    make_people(3, residence_country="LA")
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=2, source="Own choice", by=NIGHTLY)
    assert "A threshold would be passed" in secretariat.get(PEOPLE).content.decode()
    refused = secretariat.post(PEOPLE, {"to": "CN", "basis": "contract"})
    assert refused.status_code in {409, 422} and "the threshold is 2" in refused.content.decode()
    assert not Transfer.objects.exists()
    taken = secretariat.post(PEOPLE, {"to": "CN", "basis": "contract", "over_because": "The embassy asked."})
    assert taken["Content-Type"].startswith("text/csv")


def test_a_country_that_is_none_is_said_on_the_form(secretariat):
    make_people(1, residence_country="LA")
    refused = secretariat.post(PEOPLE, {"to": "XX", "basis": "contract"})
    assert refused.status_code == 422 and "is no country or region" in refused.content.decode()


def test_what_stays_at_home_is_handed_out_at_once(secretariat):
    make_people(2, residence_country="CN")
    assert secretariat.get(PEOPLE)["Content-Type"].startswith("text/csv")


def test_a_machine_names_the_country_and_is_told_what_was_written(user):
    make_people(2, residence_country="LA")
    answer = machine_of(user).get("/exports/people?form=csv&to=TH&basis=consent")
    transfer = Transfer.objects.get()
    assert answer["Corridor-Transfers"] == transfer.reference
    assert (transfer.to_country, transfer.basis, transfer.occasion) == ("TH", "consent", "api")
    assert machine_of(user).get("/exports/people?to=laos").status_code == 422


def test_the_rows_behind_a_figure_are_counted_too(secretariat):
    complete(make_cohort_at("wks-vientiane", "COH-1"), make_people(1, residence_country="LA"))
    address = "/figures/training.persons_completed/evidence/?to=2024-01-18&format=csv"
    assert "Personal data would leave a country" in secretariat.get(address).content.decode()
    taken = secretariat.post(address, {"to": "CN", "basis": "contract"})
    assert taken["Content-Type"].startswith("text/csv")
    assert (Transfer.objects.get().from_country, Transfer.objects.get().listed.count()) == ("LA", 1)
    assert secretariat.get(address.replace("format=csv", "start=1")).status_code == 200
