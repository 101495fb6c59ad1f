"""Records of persons as pages: found in any script, seen by who keeps them and by the person alone, merged with a reason."""

import pytest

from corridor.rooms.people.models import Person
from tests.factories.people import make_people, make_person, make_purpose_of_sex
from tests.factories.training import make_cohort, make_enrolment
from tests.web.people_at_work import make_colleague
from tests.web.readers import browser_of, statements_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SENT = {
    "reference": "khamla", "own_name": "ຄຳລາ", "own_language": "lo", "romanised_name": "Khamla", "sex": "male",
    "sex_because": "equal_access",
    "born_on": "1999-04-05", "residence_country": "LA", "source_mark": "assumed",
}  # fmt: skip


@pytest.fixture
def secretariat(db):
    make_purpose_of_sex()
    return browser_of("secretariat")


@pytest.mark.parametrize("words", ["陈美", "chen m", "MEI"])
def test_a_person_is_found_in_either_script_and_by_reference(secretariat, words):
    make_person("mei")
    make_person("nimali", own_name="නිමාලි", own_language="si", romanised_name="Nimali")
    page = text_of(secretariat.get("/people/", {"q": words}))
    assert "/people/mei/" in page
    assert "/people/nimali/" not in page


def test_who_searches_for_nobody_here_is_told_how_to_search(secretariat):
    make_person()
    assert "No name or reference fits this" in text_of(secretariat.get("/people/", {"q": "zzz"}))


def test_the_list_goes_on_where_the_page_ended(secretariat):
    make_people(51, prefix="p")
    first = text_of(secretariat.get("/people/"))
    assert "after=p-8" in first
    second = text_of(secretariat.get("/people/", {"after": "p-8"}))
    assert "/people/p-9/" in second
    assert "/people/p-8/" not in second


def test_a_longer_list_asks_the_database_no_more_often(secretariat):
    make_people(10)
    few = statements_of(secretariat, "/people/")
    make_people(40, prefix="q")
    assert statements_of(secretariat, "/people/") == few


def test_sex_is_registered_for_a_purpose_alone(secretariat):
    page = text_of(secretariat.post("/people/new/", {**SENT, "sex_because": ""}))
    assert "Sex is written down only for a purpose" in page
    assert not Person.objects.exists()
    secretariat.post("/people/new/", {**SENT, "sex": "unknown", "sex_because": ""})
    assert Person.objects.get().sex == "unknown"


def test_a_person_is_registered_with_the_names_as_they_are_written(secretariat):
    page = text_of(secretariat.post("/people/new/", SENT, follow=True))
    assert "khamla is written down." in page
    assert '<span class="own-script" lang="lo">ຄຳລາ</span>' in page
    assert sorted(Person.objects.get().names.values_list("form", "language")) == [
        ("own", "lo"),
        ("romanised", "lo-Latn"),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reference": "mei"}, "There is already a person mei."),
        ({"own_language": "laotian"}, "“laotian” is no tag of a language."),
        ({"residence_country": "XQ"}, "is no country or region of ISO 3166-1."),
        ({"own_name": ""}, "This field is required."),
    ],
)
def test_a_form_that_is_wrong_says_where_and_loses_nothing(secretariat, changed, said):
    make_person("mei")
    answer = secretariat.post("/people/new/", SENT | changed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="Khamla"' in text_of(answer)


def test_two_records_of_one_human_being_are_merged_with_the_reason(secretariat):
    make_person("mei")
    make_person("mei-again")
    page = text_of(
        secretariat.post("/people/mei-again/merge/", {"into": "mei", "reason": "The same passport."}, follow=True)
    )
    assert "mei-again is merged into mei, which stays." in page
    assert "The same passport." in page
    gone = text_of(secretariat.get("/people/mei-again/"))
    assert "This record is history; another one stays." in gone
    assert "/people/mei-again/merge/" not in gone
    assert "/people/mei-again/" not in text_of(secretariat.get("/people/"))


def test_a_record_that_was_merged_takes_no_other(secretariat):
    mei, gone = make_person("mei"), make_person("mei-again")
    make_person("mei-third")
    secretariat.post(f"/people/{gone.reference}/merge/", {"into": mei.reference, "reason": "The same passport."})
    answer = secretariat.post("/people/mei-third/merge/", {"into": gone.reference, "reason": "The same passport."})
    assert answer.status_code == 409
    assert "mei-again was merged into another record before." in text_of(answer)


def test_the_record_with_an_account_is_the_one_that_stays(secretariat):
    make_colleague("mei")
    make_person("mei-again")
    answer = secretariat.post("/people/mei/merge/", {"into": "mei-again", "reason": "The same passport."})
    assert answer.status_code == 409
    assert "mei has an account; merge the other record into this one." in text_of(answer)


@pytest.mark.parametrize(
    ("into", "said"),
    [("nobody", "There is no person nobody."), ("mei", "mei cannot be merged into itself.")],
)
def test_a_record_is_merged_only_into_another_that_there_is(secretariat, into, said):
    make_person("mei")
    answer = secretariat.post("/people/mei/merge/", {"into": into, "reason": "The same passport."})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_learner_sees_the_own_record_and_its_cohorts_and_no_other():
    cohort = make_cohort()
    khamla, browser = make_colleague("khamla", own_name="ຄຳລາ", own_language="lo", romanised_name="Khamla")
    make_enrolment(cohort, person=khamla)
    make_person("mei")
    page = text_of(browser.get("/people/me/"))
    assert "Khamla" in page
    assert f"/cohorts/{cohort.reference}/" in page
    assert "/people/khamla/merge/" not in page
    assert browser.get("/people/khamla/").status_code == 200
    assert browser.get("/people/mei/").status_code == 404
    assert browser.get("/people/").status_code == 403


def test_the_own_menu_leads_there_for_who_may_go():
    assert 'href="/people/"' in text_of(browser_of("secretariat").get("/desk/"))
    assert 'href="/people/"' not in text_of(browser_of("council").get("/desk/"))
    assert 'href="/people/me/"' in text_of(make_colleague("khamla")[1].get("/desk/"))
