"""Forms of a name: rules of romanisation, parts inside the whole, former names; and the name for certificates."""

from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.people.actions import (
    change_own_name,
    confirm_certificate_name,
    strike_name,
    take_back_certificate_name,
    write_name,
)
from corridor.rooms.people.drafts import NameOfPerson
from corridor.rooms.people.models import NameForm, Romanisation
from corridor.rooms.people.queries import list_certificate_names, list_persons
from corridor.rooms.people.refusals import OwnNameStays
from tests.factories.actors import make_actor, make_user
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ON = date(2024, 2, 2)
AT = datetime(2024, 2, 2, 3, tzinfo=UTC)


@pytest.fixture
def secretariat():
    return make_actor("secretariat", user=make_user("secretariat"))


@pytest.fixture
def mei():
    return make_person("mei", own_name="吕美", romanised_name="Lü Mei")


def own(person):
    return make_actor("learner", ("person", person.pk), person=person)


def found(search, by):
    return [each.reference for each in list_persons(by=by, search=search).rows]


def romanised(name, rule):
    return NameOfPerson(NameForm.ROMANISED, "zh-Latn", name, romanisation=rule)


@pytest.mark.parametrize("search", ["吕美", "吕", "美", "lu mei", "Lv Mei", "lyumei", "LÜ", "mei lu", "mei", "MEI"])
def test_any_form_finds_the_person(secretariat, mei, search):
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla")
    assert found(search, secretariat) == ["mei"]


@pytest.mark.parametrize("search", ["ຄຳ", "khamla", "Khám-la", "KHA"])
def test_accents_hyphens_and_case_do_not_hide_a_name(secretariat, search):
    make_person("khamla", own_name="ຄຳຫຼ້າ", own_language="lo", romanised_name="Khamla")
    assert found(search, secretariat) == ["khamla"]
    assert found("hamla", secretariat) == []


def test_a_passport_name_goes_before_others(secretariat, mei):
    write_name(person=mei, name=romanised("LYU MEI", Romanisation.PASSPORT), by=secretariat)
    write_name(person=mei, name=romanised("Liu Mei", Romanisation.UNKNOWN), by=secretariat)
    assert mei.called("en").name == "LYU MEI"
    with pytest.raises(BadInput, match="romanised by these rules already"):
        write_name(person=mei, name=romanised("Lu Mei", Romanisation.PASSPORT), by=secretariat)


def test_parts_stand_inside_the_whole_or_are_refused(secretariat, mei):
    whole = NameOfPerson(NameForm.OTHER, "en", "May Lu", family_part="Lu", given_part="May")
    assert write_name(person=mei, name=whole, by=secretariat).family_part == "Lu"
    with pytest.raises(BadInput, match="does not stand in the whole name"):
        write_name(person=mei, name=NameOfPerson(NameForm.OTHER, "en", "May L.", family_part="Lu"), by=secretariat)


def test_a_changed_name_stays_findable_but_is_no_longer_what_one_is_called(secretariat, mei):
    change_own_name(person=mei, name=NameOfPerson(NameForm.OWN, "zh-Hans", "王美"), on=ON, by=secretariat)
    assert mei.called("zh-hans").name == "王美"
    assert found("吕", secretariat) == found("王", secretariat) == ["mei"]
    former = mei.names.get(form="former")
    assert (former.full_name, former.valid_before) == ("吕美", ON)


def test_a_wrong_form_is_struck_but_never_the_own_one(secretariat, mei):
    strike_name(person=mei, name=mei.names.get(form="romanised").pk, by=secretariat)
    assert mei.names.count() == 1
    with pytest.raises(OwnNameStays):
        strike_name(person=mei, name=mei.names.get().pk, by=secretariat)


def test_the_person_does_not_write_the_own_name_but_confirms_it_for_certificates(mei):
    with pytest.raises(AccessDenied):
        write_name(person=mei, name=romanised("X", Romanisation.OWN), by=own(mei))
    confirm_certificate_name(person=mei, language="en", full_name=" Mei  LYU ", on=ON, at=AT, by=own(mei))
    [name] = list_certificate_names(person=mei, by=own(mei))
    assert (name.full_name, name.confirming, name.confirmed_on) == ("Mei LYU", "self", ON)


def test_another_confirmation_takes_the_place_of_the_first(mei, secretariat):
    confirm_certificate_name(person=mei, language="en", full_name="Mei Lyu", on=ON, at=AT, by=own(mei))
    with pytest.raises(BadInput, match="which office"):
        confirm_certificate_name(person=mei, language="en", full_name="Mei Lu", on=ON, at=AT, by=secretariat)
    confirm_certificate_name(
        person=mei, language="en", full_name="Mei Lu", on=ON, at=AT, attested_by="Office of studies", by=secretariat
    )
    [name] = list_certificate_names(person=mei, by=secretariat)
    assert (name.full_name, name.confirming) == ("Mei Lu", "paper")
    assert mei.certificate_names.count() == 2
    take_back_certificate_name(person=mei, language="en", at=AT, by=own(mei))
    with pytest.raises(NotFound):
        take_back_certificate_name(person=mei, language="en", at=AT, by=own(mei))


def test_nobody_else_confirms_or_sees_it(mei):
    for by in (own(make_person("khamla")), make_actor("auditor"), make_actor("trainer", ("cohort", mei.pk))):
        with pytest.raises(AccessDenied):
            confirm_certificate_name(person=mei, language="en", full_name="M", on=ON, at=AT, attested_by="x", by=by)
        assert not list_certificate_names(person=mei, by=by)
