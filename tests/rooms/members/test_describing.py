"""Public numbers are checked and belong to one alone; parents never close a ring; what others typed waits for the secretariat."""

from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import (
    CampusDraft,
    IdentifierDraft,
    OrganisationDraft,
    ParentDraft,
    SectorCodeDraft,
    SectorDraft,
)
from corridor.rooms.members.identifiers import SCHEMES, address_of, clean_value
from corridor.rooms.members.models import OrganisationKind, SectorTitle
from corridor.rooms.members.refusals import AlreadyStanding, BelongsToItself, NumberTaken
from tests.factories.actors import VISITOR, make_actor
from tests.factories.members import make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


@pytest.mark.parametrize("code", [code for code, scheme in SCHEMES.items() if scheme.example])
def test_the_example_of_every_scheme_is_taken_as_it_stands(code):
    assert clean_value(code, SCHEMES[code].example) == SCHEMES[code].example


@pytest.mark.parametrize(
    ("scheme", "written", "clean"),
    [
        ("ror", " https://ror.org/02MHBDP94 ", "02mhbdp94"),
        ("uscc", "9135 0100-M000100Y43", "91350100M000100Y43"),
        ("wikidata", "http://www.wikidata.org/entity/q80", "Q80"),
        ("isni", "0000 0001 2103 2683", "0000000121032683"),
    ],
)
def test_a_number_is_kept_in_one_spelling(scheme, written, clean):
    assert clean_value(scheme, written) == clean


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        ("ror", "02mhbdp95"), ("ror", "12mhbdp94"), ("uscc", "91350100M000100Y44"), ("uscc", "91350100M000100I43"),
        ("lei", "5493001KJTIIGC8Y1R13"), ("isni", "0000000121032684"), ("wikidata", "80"), ("nobody", "1"),
    ],
)  # fmt: skip
def test_a_mistyped_number_is_refused(scheme, written):
    with pytest.raises(BadInput):
        clean_value(scheme, written)


def test_a_number_links_to_its_register():
    assert address_of("ror", "02mhbdp94") == "https://ror.org/02mhbdp94"
    assert address_of("uscc", "91350100M000100Y43") == ""


def test_a_register_gives_a_number_to_one_alone(secretariat):
    one, other = make_member("one"), make_member("other")
    actions.add_identifiers(identifiers=[IdentifierDraft(one, "duns", "15-048-3782")], by=secretariat)
    with pytest.raises(NumberTaken) as refused:
        actions.add_identifiers(identifiers=[IdentifierDraft(other, "duns", "150483782")], by=secretariat)
    assert refused.value.places["organisation"] == "one"
    with pytest.raises(BadInput):
        actions.add_identifiers(identifiers=[IdentifierDraft(other, "own", "7")], by=secretariat)
    own = [IdentifierDraft(one, "own", "7", "Ministry"), IdentifierDraft(other, "own", "7", "Chamber")]
    assert len(actions.add_identifiers(identifiers=own, by=secretariat)) == 2


def test_a_coordinator_numbers_their_own_member_and_no_other():
    vientiane, colombo = make_member("vientiane"), make_member("colombo")
    khamla = make_actor("coordinator", ("member", vientiane.pk))
    made = actions.add_identifiers(identifiers=[IdentifierDraft(vientiane, "wikidata", "Q80")], by=khamla)
    actions.drop_identifier(identifier=made[0], by=khamla)
    with pytest.raises(AccessDenied):
        actions.add_identifiers(identifiers=[IdentifierDraft(colombo, "wikidata", "Q80")], by=khamla)


def test_parents_never_close_a_ring_and_follow_one_another(secretariat):
    one, two, three = make_organisation("one"), make_organisation("two"), make_organisation("three")
    actions.set_parents(parents=[ParentDraft(one, two, date(2020, 1, 1)), ParentDraft(two, three)], by=secretariat)
    with pytest.raises(BelongsToItself):
        actions.set_parents(parents=[ParentDraft(three, one)], by=secretariat)
    with pytest.raises(BelongsToItself):
        actions.set_parents(parents=[ParentDraft(three, three)], by=secretariat)
    actions.set_parents(parents=[ParentDraft(one, three, date(2022, 1, 1))], by=secretariat)
    assert [(each.parent.reference, each.ends_before) for each in one.parents.order_by("starts_on")] == [
        ("two", date(2022, 1, 1)), ("three", None),
    ]  # fmt: skip
    with pytest.raises(BadInput):
        actions.set_parents(parents=[ParentDraft(one, two, date(2021, 1, 1), date(2021, 6, 1))], by=secretariat)


def test_a_campus_has_a_name_and_a_place_and_closes_once(secretariat):
    vientiane = make_member("vientiane", country="LA")
    with pytest.raises(BadInput):
        actions.add_campuses(campuses=[CampusDraft(vientiane, "XQ", "", {})], by=secretariat)
    campus = actions.add_campuses(
        campuses=[CampusDraft(vientiane, "LA", "Pakse", {"en": "South Campus", "lo": "ວິທະຍາເຂດໃຕ້"})], by=secretariat
    )[0]
    assert campus.called("lo") == ("ວິທະຍາເຂດໃຕ້", "lo")
    actions.close_campus(campus=campus, ends_before=date(2024, 1, 1), by=secretariat)
    assert not is_open(vientiane, date(2024, 1, 1))


def is_open(member, day):
    return any(each.stands(on=day) for each in member.campuses.all())


def test_sectors_come_from_a_classification_that_was_read_in(secretariat):
    vientiane = make_member("vientiane")
    with pytest.raises(BadInput):
        actions.set_sectors(sectors=[SectorDraft(vientiane, "isic-4", "8522")], by=secretariat)
    codes = [
        SectorCodeDraft(
            "isic-4", "8522", {"en": "Technical and vocational secondary education", "zh-Hans": "职业中等教育"}
        ),
        SectorCodeDraft("isic-4", "8530", {"en": "Higher education"}),
    ]
    assert actions.read_sector_codes(codes=codes, by=secretariat) == 2
    assert actions.read_sector_codes(codes=[SectorCodeDraft("isic-4", "8530", {"en": "Higher"})], by=secretariat) == 1
    assert SectorTitle.objects.get(sector__code="8530").text == "Higher"
    both = [SectorDraft(vientiane, "isic-4", "8522", is_main=True), SectorDraft(vientiane, "isic-4", "8530")]
    actions.set_sectors(sectors=both, by=secretariat)
    assert [(each.sector.code, each.weight) for each in vientiane.sectors.all()] == [("8522", "main"), ("8530", "also")]
    with pytest.raises(BadInput):
        actions.set_sectors(sectors=[both[0], both[0]], by=secretariat)
    actions.clear_sectors(organisation=vientiane, by=secretariat)
    assert not vientiane.sectors.exists()


def proposal(**more):
    facts = {"kind": OrganisationKind.COMPANY, "country": "LA", "city": "Pakse", "names": {"en": "Mekong Motors"}}
    return OrganisationDraft(reference="", **{**facts, **more})


def test_what_a_coordinator_writes_down_waits_for_the_secretariat(secretariat):
    vientiane = make_member("vientiane")
    khamla = make_actor("coordinator", ("member", vientiane.pk), label="khamla")
    made = actions.propose_organisation(draft=proposal(), by=khamla)
    assert made.reference.startswith("mekong-motors-")
    assert (made.standing, made.proposed_by) == ("unconfirmed", "khamla")
    assert [each.reference for each in queries.unconfirmed(by=secretariat)] == [made.reference]
    actions.confirm_organisation(organisation=made, by=secretariat)
    assert list(queries.unconfirmed(by=secretariat)) == []
    with pytest.raises(AlreadyStanding):
        actions.refuse_organisation(organisation=made, reason="No", by=secretariat)


def test_a_refusal_says_why_and_visitors_propose_nothing(secretariat):
    made = actions.propose_organisation(draft=proposal(), by=secretariat)
    with pytest.raises(BadInput):
        actions.refuse_organisation(organisation=made, reason=" ", by=secretariat)
    actions.refuse_organisation(organisation=made, reason="No such firm", by=secretariat)
    with pytest.raises(AccessDenied):
        actions.propose_organisation(draft=proposal(), by=VISITOR)
    with pytest.raises(BadInput):
        actions.propose_organisation(draft=proposal(names={}, city="", country="ZX"), by=secretariat)
    with pytest.raises(AccessDenied):
        actions.confirm_organisation(organisation=made, by=make_actor("coordinator"))
