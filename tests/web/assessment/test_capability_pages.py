"""What may be assessed, on pages and through the API: the assessor is told why not, the secretariat grants and excepts."""

import pytest
from django.test import Client

from corridor.rooms.assessment.models import Decision, Licence
from tests.factories.actors import make_user
from tests.factories.assessment import make_assessor
from tests.factories.capability import make_accreditation, make_licence, make_needs
from tests.factories.members import make_alliance, make_seat
from tests.factories.people import make_person
from tests.factories.sites import make_equipment, make_site
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort
from tests.factories.upkeep import make_fault

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    make_alliance()
    return make_cohort(learners=2)


@pytest.fixture
def unit(cohort):
    return cohort.curriculum_version.units.first()


@pytest.fixture
def broken(cohort, unit):
    """All that the unit needs, and a fault that takes it away."""
    machine = make_equipment(cohort.site)
    make_needs(unit)
    make_accreditation(cohort.site)
    make_fault(machine, words="The pump leaks.")
    return machine


@pytest.fixture
def assessor(cohort, unit, client):
    user = make_user("assessor")
    person = make_assessor(cohort, "somphone")
    person.user = user
    person.save()
    make_licence(person, unit)
    client.force_login(user)
    return client


@pytest.fixture
def mei(cohort):
    user = make_user("mei")
    make_seat(user, "secretariat")
    return user


def test_the_assessor_is_told_why_and_the_decision_is_refused(assessor, cohort, unit, broken):
    where = f"/cohorts/{cohort.reference}/decisions/{unit.code}/"
    assert "The pump leaks" in assessor.get(where).content.decode()
    answer = assessor.post(where, {"r1": "competent"})
    assert (answer.status_code, Decision.objects.count()) == (409, 0)
    assert "The pump leaks" in answer.content.decode()


def test_an_exception_lets_the_assessor_decide(assessor, cohort, unit, broken, mei):
    secretariat = Client()
    secretariat.force_login(mei)
    where = f"/sites/{cohort.site.reference}/capability/{unit.pk}/exception/"
    days = {"starts_on": "2024-02-01", "ends_on": "2024-02-05"}
    assert secretariat.post(where, days | {"reason": ""}).status_code == 422
    assert assessor.post(where, days | {"reason": "x"}).status_code == 403
    page = secretariat.get(f"/sites/{cohort.site.reference}/capability/?on=2024-02-02").content.decode()
    assert "The pump leaks" in page
    secretariat.post(where, {"starts_on": "2024-01-01", "ends_on": "2024-03-31", "reason": "At the host school."})
    history = secretariat.get(f"/sites/{cohort.site.reference}/capability/{unit.pk}/?last=2024-02-02").content.decode()
    assert "At the host school." in history


def test_the_secretariat_grants_and_ends_licences(mei, cohort, unit):
    client = Client()
    client.force_login(mei)
    make_person("keo")
    given = {
        "person": "keo", "version": str(cohort.curriculum_version_id), "units": unit.code, "starts_on": "2024-01-01",
        "granted_by": "Assessment board",
    }  # fmt: skip
    assert client.post("/licences/new/", given | {"units": "X-9"}).status_code == 422
    assert client.post("/licences/new/", given)["Location"] == "/licences/"
    licence = Licence.objects.get()
    assert "Assessment board" in client.get("/licences/").content.decode()
    client.post(f"/licences/{licence.pk}/end/", {"on": "2024-02-01"})
    licence.refresh_from_db()
    assert str(licence.ends_before) == "2024-02-01"


def test_machines_read_the_same_and_grant_once_under_a_key(mei, cohort, unit, broken):
    machine = machine_of(mei)
    where = f"/sites/{cohort.site.reference}/capability/{unit.pk}"
    found = machine.get(where + "?on=2024-01-10").json()
    assert (found["may"], [each["code"] for each in found["lacks"]]) == (False, ["not_working", "nobody_licensed"])
    history = machine.get(where + "/history?first=2024-01-01&last=2024-01-10").json()
    assert [each["first"] for each in history] == ["2024-01-01", "2024-01-08"]
    make_person("keo")
    sent = {"person": "keo", "unit": str(unit.pk), "starts_on": "2024-01-01", "granted_by": "Assessment board"}
    made = [machine.post("/licences", sent, idempotency_key="l1").json()["id"] for _time in range(2)]
    assert (made[0], Licence.objects.count()) == (made[1], 1)
    licence = f"/licences/{made[0]}"
    ended = machine.post(licence + "/end", {"on": "2024-02-01"}, if_match=machine.etag(licence))
    assert ended.json()["ends_before"] == "2024-02-01"
    excepted = {"starts_on": "2024-01-08", "ends_on": "2024-01-12", "reason": "At the host school."}
    assert machine.post(where + "/exceptions", excepted, idempotency_key="e1").json()["may"] is True


def test_others_read_their_own_licences_alone(assessor, mei, unit):
    make_licence(make_person("keo"), unit)
    assert [each.person.reference for each in assessor.get("/licences/").context["rows"]] == ["somphone"]
    assert assessor.get("/licences/new/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(cohort):
    assert Client().get(f"/sites/{cohort.site.reference}/capability/").status_code == 302


def test_where_nobody_stated_needs_the_heading_says_so_and_counts_no_units(assessor):
    page = assessor.get("/sites/wks-vientiane/capability/").content.decode()
    heading = page.partition("<h1>")[2].partition("</h1>")[0]
    assert heading.startswith("Nobody has stated what the")
    assert " of 0 " not in page


def test_where_nothing_is_taught_the_heading_counts_nothing(assessor):
    make_site("wks-empty")
    page = assessor.get("/sites/wks-empty/capability/?on=2024-02-02").content.decode()
    assert "No unit is taught here on 2 February 2024" in page
    assert " of 0 " not in page
