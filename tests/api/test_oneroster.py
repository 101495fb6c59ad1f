"""OneRoster 1.2 over REST: the same people as on the pages, a collection at a time, for who may see them."""

from datetime import date

import pytest

from corridor.rooms.people.actions.transfers import set_threshold
from corridor.rooms.people.rights_words import DataClass
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.members import make_alliance, make_member, make_seat
from tests.factories.people import make_person
from tests.factories.tokens import machine_of
from tests.factories.training import make_cohort

pytestmark = pytest.mark.django_db
ROOT = "/ims/oneroster/rostering/v1p2"


@pytest.fixture(autouse=True)
def _the_day(settings):
    settings.EXAMPLE_DAY = date(2023, 4, 3)


@pytest.fixture
def office():
    make_alliance()
    user = make_user("mei")
    make_seat(user, "secretariat")
    return machine_of(user)


@pytest.fixture
def cohort():
    return make_cohort("COH-1", learners=3, trainers=[make_person("bounmy")])


def test_every_reference_leads_to_a_record(office, cohort):
    classes = office.get(f"{ROOT}/classes").json()["classes"]
    assert [each["classCode"] for each in classes] == ["COH-1"]
    for ref in (classes[0]["course"], classes[0]["school"], *classes[0]["terms"]):
        path = ref["href"].split("/api/v1")[1]
        assert office.get(path).status_code == 200
    for each in office.get(f"{ROOT}/enrollments").json()["enrollments"]:
        assert (
            office.get(each["user"]["href"].split("/api/v1")[1]).json()["user"]["sourcedId"]
            == each["user"]["sourcedId"]
        )


def test_a_page_says_how_many_there_are_and_where_the_next_is(office, cohort):
    answer = office.get(f"{ROOT}/users?limit=3&sort=username")
    assert (answer["X-Total-Count"], len(answer.json()["users"])) == ("4", 3)
    assert 'rel="next"' in answer["Link"]
    assert len(office.get(f"{ROOT}/users?limit=3&offset=3").json()["users"]) == 1


def test_students_and_teachers_of_a_class(office, cohort):
    for part, count in (("students", 3), ("teachers", 1)):
        assert len(office.get(f"{ROOT}/classes/{cohort.pk}/{part}").json()["users"]) == count
        assert len(office.get(f"{ROOT}/{part}").json()["users"]) == count
    assert office.get(f"{ROOT}/classes/nothing/students").status_code == 404


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("role='teacher'", 1), ("role!='teacher'", 3), ("role='student' AND primary='false'", 3), ("role='teacher' OR role='student'", 4),
        ("role~'TEACH'", 1), ("role='nobody'", 0),
    ],
    ids=["equal", "unequal", "and", "or", "contains", "none"],
)  # fmt: skip
def test_a_filter_is_that_of_the_standard(office, cohort, asked, count):
    assert len(office.get(f"{ROOT}/enrollments?filter={asked}").json()["enrollments"]) == count


def minors_of(answer):
    """The minor codes of a refusal, which has nothing but what the standard gives it."""
    said = answer.json()
    assert set(said) == {"imsx_codeMajor", "imsx_severity", "imsx_CodeMinor", "imsx_description"}
    assert (said["imsx_codeMajor"], said["imsx_severity"], answer["Content-Type"]) == (
        "failure",
        "error",
        "application/json",
    )
    fields = said["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert {each["imsx_codeMinorFieldName"] for each in fields} == {"TargetEndSystem"}
    return [each["imsx_codeMinorFieldValue"] for each in fields]


def test_a_no_is_said_as_the_standard_says_it(office, cohort, visitor):
    nobody = visitor.get(f"{ROOT}/users")
    assert (nobody.status_code, minors_of(nobody)) == (401, ["unauthorisedrequest"])
    assert nobody["WWW-Authenticate"].startswith("Bearer")
    for path in ("gradebooks", "classes/nothing", "classes/nothing/students"):
        answer = office.get(f"{ROOT}/{path}")
        assert (answer.status_code, minors_of(answer)) == (404, ["unknownobject"])
    read_only = office.get("/cohorts/nothing")
    assert (read_only.status_code, read_only["Content-Type"]) == (404, "application/problem+json")


def test_a_page_over_a_threshold_is_forbidden_in_the_words_of_the_standard(office, cohort):
    set_threshold(from_country="LA", data_class=DataClass.OTHER, persons=2, source="Own choice", by=NIGHTLY)
    answer = office.get(f"{ROOT}/users?to=CN")
    assert (answer.status_code, minors_of(answer)) == (403, ["forbidden"])


@pytest.mark.parametrize(
    "asked", ["filter=role", "filter=role=teacher", "fields=shoeSize", "sort=shoeSize", "limit=0"], ids=str
)
def test_what_cannot_be_asked_is_said(office, cohort, asked):
    answer = office.get(f"{ROOT}/enrollments?{asked}")
    assert answer.status_code == 400
    name = asked.partition("=")[0]
    minor = {"filter": "invalid_filter_field", "fields": "invalid_selection_field"}.get(name, "invaliddata")
    assert minors_of(answer) == [minor]
    assert answer.json()["imsx_description"].startswith(f"{name}: ")


def test_only_the_fields_that_are_wanted_and_nothing_of_another_s_cohort(office, cohort):
    assert set(office.get(f"{ROOT}/users?fields=sourcedId,identifier").json()["users"][0]) == {
        "sourcedId",
        "identifier",
    }
    user = make_user("nimali")
    make_seat(user, "coordinator", member=make_member("colombo", country="LK"))
    stranger = machine_of(user)
    assert stranger.get(f"{ROOT}/users").json()["users"] == []
    assert stranger.get(f"{ROOT}/classes/{cohort.pk}").status_code == 404
    assert office.get(f"{ROOT}/gradebooks").status_code == 404


def keys_in(answer):
    (rows,) = answer.json().values()
    return {each["sourcedId"] for each in rows}


def test_what_belongs_to_one_record_is_asked_for_at_it(office, cohort):
    other = make_cohort("COH-2", learners=1, site="wks-pakse", programme="PRG-2022-002", agreement="AGR-2022-0002")
    (here,) = office.get(f"{ROOT}/classes?filter=classCode='COH-1'").json()["classes"]
    school, course, term = here["school"]["sourcedId"], here["course"]["sourcedId"], here["terms"][0]["sourcedId"]
    own = {str(cohort.pk)}
    student = str(cohort.enrolments.get(number=1).person_id)
    teacher = str(cohort.trainers.get().person_id)
    for at in (
        f"schools/{school}",
        f"courses/{course}",
        f"users/{student}",
        f"students/{student}",
        f"teachers/{teacher}",
    ):
        assert keys_in(office.get(f"{ROOT}/{at}/classes")) == own, at
    assert keys_in(office.get(f"{ROOT}/terms/{term}/classes")) == own | {str(other.pk)}
    assert keys_in(office.get(f"{ROOT}/schools/{school}/courses")) == {course}
    assert keys_in(office.get(f"{ROOT}/schools/{school}/terms")) == {term}
    for at in (f"schools/{school}", f"schools/{school}/classes/{cohort.pk}"):
        counts = [len(keys_in(office.get(f"{ROOT}/{at}/{part}"))) for part in ("students", "teachers", "enrollments")]
        assert counts == [3, 1, 4], at
    strange = office.get(f"{ROOT}/schools/{school}/classes/{other.pk}/students")
    assert (strange.status_code, minors_of(strange)) == (404, ["unknownobject"])
    for path in (
        f"students/{teacher}/classes",
        f"schools/{school}/users",
        f"classes/{cohort.pk}/terms",
        f"orgs/{school}/classes",
    ):
        assert office.get(f"{ROOT}/{path}").status_code == 404, path


def links_of(answer):
    found = (each.partition("; rel=") for each in answer["Link"].split(", "))
    return {word.strip('"'): address[1:-1].partition("/api/v1")[2] for address, _, word in found}


def test_every_page_leads_to_the_others_of_the_same_question(office, cohort):
    asked = f"{ROOT}/users?limit=1&sort=username&orderBy=desc&fields=sourcedId&filter=enabledUser='true'"
    first = office.get(asked)
    assert set(links_of(first)) == {"first", "next", "last"}
    second = office.get(links_of(first)["next"])
    assert set(links_of(second)) == {"first", "prev", "next", "last"}
    assert office.get(links_of(second)["prev"]).json() == first.json()
    last = office.get(links_of(second)["last"])
    assert set(links_of(last)) == {"first", "prev", "last"}
    whole = office.get(asked.replace("limit=1", "limit=4"))
    assert "Link" not in whole
    walked, page = [first], first
    while "next" in links_of(page):
        page = office.get(links_of(page)["next"])
        walked.append(page)
    assert [each.json()["users"][0] for each in walked] == whole.json()["users"]
    assert [set(each) for each in whole.json()["users"]] == [{"sourcedId"}] * 4
