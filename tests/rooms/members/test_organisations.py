"""Organisations are registered once, named in many languages, and corrected by who speaks for them."""

from datetime import date
from decimal import Decimal

import pytest

from corridor.foundations.access import Role
from corridor.kernel.errors import AccessDenied, BadInput, StaleForm, WrongMoment
from corridor.rooms.members import actions
from corridor.rooms.members.drafts import NameDraft, OrganisationDraft, SeatDraft
from corridor.rooms.members.models import NameKind, Organisation, OrganisationKind, Seat
from tests.factories.actors import make_actor, make_user
from tests.factories.members import make_member, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def draft(reference="vientiane", country="LA", **more):
    return OrganisationDraft(
        reference=reference, kind=OrganisationKind.SCHOOL, country=country, city="Vientiane", **more
    )


def test_organisations_are_registered_with_their_names(secretariat):
    made = actions.register_organisations(
        drafts=[draft(names={"lo": "ວິທະຍາໄລ", "en": "Vientiane College"}), draft("luang")], by=secretariat
    )
    assert made[0].display_name("lo") == "ວິທະຍາໄລ"
    assert made[0].called("zh-hans").language == "en"
    assert made[1].display_name("lo") == "luang"


def test_a_taken_reference_and_an_unknown_country_are_named_and_nothing_is_written(secretariat):
    make_member("vientiane", country="LA")
    with pytest.raises(BadInput) as refused:
        actions.register_organisations(drafts=[draft(), draft("b", "ZX"), draft("c"), draft("c")], by=secretariat)
    assert [problem.column for problem in refused.value.problems] == ["reference", "country", "reference"]
    assert Organisation.objects.count() == 1


def test_a_coordinator_registers_nobody():
    with pytest.raises(AccessDenied):
        actions.register_organisation(draft=draft(), by=make_actor("coordinator"))


def test_an_official_name_is_given_once_a_language_and_aliases_as_often_as_needed(secretariat):
    chongqing = make_member("chongqing")
    names = [
        NameDraft(chongqing, "zh-Hans", "重庆学院"),
        NameDraft(chongqing, "en", "CQC", NameKind.ALIAS),
        NameDraft(chongqing, "en", "CQ College", NameKind.ALIAS),
    ]
    assert actions.add_names(names=names, by=secretariat) == 3
    with pytest.raises(BadInput):
        actions.add_names(names=[NameDraft(chongqing, "zh-Hans", "重庆大学")], by=secretariat)
    with pytest.raises(BadInput):
        actions.add_names(names=[NameDraft(chongqing, "en", "CQC", NameKind.ALIAS)], by=secretariat)


def edit(organisation, by, version=1, city="Vientiane", latitude=None, longitude=None):
    return actions.edit_organisation(
        organisation=organisation,
        version=version,
        city=city,
        region="LA-VT",
        latitude=latitude,
        longitude=longitude,
        by=by,
    )


def test_a_coordinator_corrects_their_own_member_and_no_other():
    vientiane, colombo = make_member("vientiane", country="LA"), make_member("colombo", country="LK")
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    changed = edit(vientiane, khamla, latitude=Decimal("17.96"), longitude=Decimal("102.6"))
    assert (changed.city, changed.region, changed.version) == ("Vientiane", "LA-VT", 2)
    with pytest.raises(AccessDenied):
        edit(colombo, khamla)


def test_a_stale_form_shows_both_values(secretariat):
    vientiane = make_member("vientiane", country="LA")
    edit(vientiane, secretariat)
    with pytest.raises(StaleForm) as refused:
        edit(vientiane, secretariat, city="Luang Prabang")
    assert refused.value.theirs == "Vientiane, LA-VT"
    assert refused.value.yours == "Luang Prabang, LA-VT"


def test_a_place_has_a_city_and_both_degrees(secretariat):
    with pytest.raises(BadInput) as refused:
        edit(make_member("vientiane", country="LA"), secretariat, city=" ", latitude=Decimal(91))
    assert [problem.column for problem in refused.value.problems] == ["city", "latitude", "latitude"]


def test_seats_are_given_to_accounts(secretariat):
    mei, chongqing = make_user("mei"), make_member("chongqing")
    first = date(2023, 1, 1)
    actions.give_seats(
        seats=[SeatDraft(mei, Role.COORDINATOR, first, chongqing), SeatDraft(mei, Role.COUNCIL, first)], by=secretariat
    )
    assert Seat.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "of_a_member"),
    [(Role.TRAINER, False), (Role.COORDINATOR, False), (Role.SECRETARIAT, True), (Role.VISITOR, False)],
)
def test_a_role_that_is_no_such_seat_is_refused(secretariat, role, of_a_member):
    member = make_member("chongqing") if of_a_member else None
    with pytest.raises(BadInput):
        actions.give_seat(seat=SeatDraft(make_user("mei"), role, date(2023, 1, 1), member), by=secretariat)


def test_a_seat_ends_once_and_nobody_seats_themselves(secretariat):
    mei = make_user("mei")
    seat = make_seat(mei, "council", held_from=date(2023, 1, 1))
    assert actions.end_seat(seat=seat, on=date(2023, 6, 1), by=secretariat).held_before == date(2023, 6, 1)
    with pytest.raises(WrongMoment):
        actions.end_seat(seat=seat, on=date(2023, 7, 1), by=secretariat)
    with pytest.raises(AccessDenied):
        actions.give_seat(seat=SeatDraft(mei, Role.SECRETARIAT, date(2023, 1, 1)), by=make_actor("council", user=mei))


@pytest.mark.parametrize(
    ("change", "column"),
    [({"reference": "doubles"}, "reference"), ({"region": "CN-50"}, "region"), ({"region": "Vientiane"}, "region")],
    ids=["another-page", "another-country", "no-code"],
)
def test_a_reference_is_no_word_of_another_page_and_a_region_is_of_the_country(change, column):
    with pytest.raises(BadInput) as refused:
        actions.register_organisation(draft=draft(**change), by=make_actor("secretariat"))
    assert [each.column for each in refused.value.problems] == [column]
    assert not Organisation.objects.exists()
