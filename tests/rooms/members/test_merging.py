"""Two records of one organisation become one, and the merge can be taken back exactly."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.members import actions, queries
from corridor.rooms.members.drafts import CampusDraft, IdentifierDraft, MembershipStep, NameDraft, ParentDraft
from corridor.rooms.members.lifecycle import MembershipStatus, Standing
from corridor.rooms.members.models import (
    Campus,
    Membership,
    MembershipChange,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    OrganisationName,
    OrganisationPair,
    OrganisationParent,
    OrganisationSector,
    SectorCode,
)
from corridor.rooms.members.refusals import CannotBeUndone, MergedBefore, TwoMemberships
from tests.factories.actors import VISITOR, make_actor, make_user
from tests.factories.members import make_member, make_organisation, make_seat

pytestmark = pytest.mark.django_db
AT, DAY = datetime(2024, 1, 18, 9, tzinfo=UTC), date(2024, 1, 18)


@pytest.fixture
def secretariat():
    return make_actor("secretariat")


def merge(gone, stays, by, **more):
    return actions.merge_organisations(gone=gone, stays=stays, reason="One school", on=DAY, at=AT, by=by, **more)


def everything():
    """Every row that a merge may touch, but versions, which count up."""
    tables = (
        Membership, MembershipChange, OrganisationIdentifier, OrganisationName, OrganisationParent, OrganisationSector, Campus,
    )  # fmt: skip
    rows = {table.__name__: sorted(map(repr, table.objects.values_list())) for table in tables}
    fields = [field.attname for field in Organisation._meta.concrete_fields if field.name != "version"]
    return rows | {"Organisation": sorted(map(repr, Organisation.objects.values_list(*fields)))}


@pytest.fixture
def two(secretariat):
    stays = make_member("vientiane", country="LA", names={"en": "Vientiane College", "lo": "ວິທະຍາໄລ ວຽງຈັນ"})
    gone = make_member(
        "viengchan", country="LA", city="Viengchan", names={"en": "Viengchan College", "zh-Hans": "万象学院"}
    )
    above, below = make_organisation("ministry", country="LA"), make_organisation("branch", country="LA")
    actions.add_identifiers(identifiers=[IdentifierDraft(gone, "wikidata", "q80")], by=secretariat)
    actions.add_campuses(campuses=[CampusDraft(gone, "LA", "Pakse", {"en": "South"})], by=secretariat)
    actions.set_parents(parents=[ParentDraft(gone, above, date(2020, 1, 1)), ParentDraft(below, gone)], by=secretariat)
    code = SectorCode.objects.create(scheme="isic-4", code="8522")
    OrganisationSector.objects.create(organisation=gone, sector=code)
    return gone, stays


def test_names_numbers_sectors_and_places_are_united_and_fields_are_chosen(two, secretariat):
    gone, stays = two
    Organisation.objects.filter(pk=gone.pk).update(latitude=Decimal("15.12"), longitude=Decimal("105.8"))
    merge(gone, stays, secretariat, ends_membership=True, take=["city", "latitude", "longitude"])
    stays.refresh_from_db()
    assert (stays.city, stays.latitude) == ("Viengchan", Decimal("15.12"))
    kinds = {each.name: each.kind for each in stays.names.all()}
    assert kinds["万象学院"] == "official"
    assert kinds["Viengchan College"] == "alias"
    assert stays.identifiers.get().value == "Q80"
    assert (stays.campuses.count(), stays.sectors.count(), stays.branches.count(), stays.parents.count()) == (
        1,
        1,
        1,
        1,
    )


def test_a_merge_that_is_taken_back_leaves_everything_as_it_was(two, secretariat):
    gone, stays = two
    before = everything()
    made = merge(gone, stays, secretariat, ends_membership=True, take=["city"])
    assert everything() != before
    actions.unmerge_organisations(merge=made, reason="Two schools after all", at=AT, by=secretariat)
    assert everything() == before
    assert OrganisationMerge.objects.get().undone_by == "secretariat"


def test_the_old_reference_answers_the_record_that_stays(two, secretariat):
    gone, stays = two
    merge(gone, stays, secretariat, ends_membership=True)
    assert queries.get_organisation(reference="viengchan", by=VISITOR) == stays
    assert queries.get_member(reference="viengchan", by=VISITOR, on=DAY).organisation == stays
    found = queries.list_members(by=VISITOR, on=DAY, search="Viengchan")
    assert [row.organisation.reference for row in found.rows] == ["vientiane"]
    third = make_organisation("third", country="LA")
    merge(stays, third, secretariat)
    assert queries.get_organisation(reference="viengchan", by=secretariat) == third


def test_two_open_memberships_are_not_merged_unless_one_is_to_end(two, secretariat):
    gone, stays = two
    with pytest.raises(TwoMemberships):
        merge(gone, stays, secretariat)
    merge(gone, stays, secretariat, ends_membership=True)
    assert Membership.objects.get(organisation=gone).status == MembershipStatus.WITHDRAWN
    assert [each.reference for each in queries.members_on(day=DAY, by=secretariat)] == ["vientiane"]


def test_the_membership_of_the_record_that_goes_follows(secretariat):
    gone, stays = make_member("viengchan", country="LA"), make_organisation("vientiane", country="LA")
    made = merge(gone, stays, secretariat)
    assert queries.get_member(reference="vientiane", by=VISITOR, on=DAY).status == MembershipStatus.ACTIVE
    actions.move_memberships(steps=[MembershipStep(stays, MembershipStatus.SUSPENDED, DAY, "Late")], by=secretariat)
    with pytest.raises(CannotBeUndone):
        actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)


def test_a_membership_that_crosses_an_earlier_one_asks_for_the_other_way_round(secretariat):
    stays = make_member("vientiane", country="LA", later=[("withdrawn", date(2022, 1, 1))])
    gone = make_member("viengchan", country="LA")
    with pytest.raises(TwoMemberships):
        merge(gone, stays, secretariat)
    merge(stays, gone, secretariat)


def test_what_was_done_since_stands_in_the_way(two, secretariat):
    gone, stays = two
    made = merge(gone, stays, secretariat, ends_membership=True, take=["city"])
    stays.refresh_from_db()
    actions.edit_organisation(
        organisation=stays, version=stays.version, city="Vang Vieng", region="", latitude=None, longitude=None, by=secretariat
    )  # fmt: skip
    with pytest.raises(CannotBeUndone) as refused:
        actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)
    assert refused.value.places["field"] == "city"
    assert Organisation.objects.get(pk=gone.pk).merged_into_id == stays.pk


def test_a_number_or_a_sector_that_was_taken_away_since_stands_in_no_way_and_is_told(two, secretariat):
    gone, stays = two
    more = actions.add_identifiers(identifiers=[IdentifierDraft(gone, "wikidata", "Q79")], by=secretariat)
    made = merge(gone, stays, secretariat, ends_membership=True)
    assert queries.taken_away_since(merge=made, by=secretariat) == []
    actions.drop_identifier(identifier=more[0], by=secretariat)
    actions.clear_sectors(organisation=stays, by=secretariat)
    assert queries.taken_away_since(merge=made, by=secretariat) == ["wikidata:Q79"]
    actions.unmerge_organisations(merge=made, reason="Two schools", at=AT, by=secretariat)
    assert [each.value for each in gone.identifiers.all()] == ["Q80"]
    assert (gone.sectors.count(), stays.sectors.count(), stays.identifiers.count()) == (1, 0, 0)
    gone.refresh_from_db()
    assert gone.merged_into_id is None and gone.campuses.count() == 1


def test_a_copied_name_that_was_corrected_since_stands_in_the_way(two, secretariat):
    gone, stays = two
    made = merge(gone, stays, secretariat, ends_membership=True)
    actions.correct_name(
        name=stays.names.get(language="zh-Hans"), text="万象大学", valid_from=None, valid_before=None, reason="Typo", at=AT,
        by=secretariat,
    )  # fmt: skip
    with pytest.raises(CannotBeUndone):
        actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)


def test_nothing_is_merged_twice_into_itself_or_without_a_reason(two, secretariat):
    gone, stays = two
    with pytest.raises(BadInput):
        merge(gone, gone, secretariat)
    with pytest.raises(BadInput):
        actions.merge_organisations(gone=gone, stays=stays, reason=" ", on=DAY, at=AT, by=secretariat)
    with pytest.raises(BadInput):
        merge(gone, stays, secretariat, take=["reference"])
    made = merge(gone, stays, secretariat, ends_membership=True)
    with pytest.raises(MergedBefore):
        merge(gone, stays, secretariat)
    with pytest.raises(MergedBefore):
        merge(stays, gone, secretariat)
    actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)
    with pytest.raises(CannotBeUndone):
        actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)


def test_a_confirmed_record_does_not_go_into_an_unconfirmed_one(secretariat):
    confirmed, typed = make_organisation("vientiane"), make_organisation("typed", standing=Standing.UNCONFIRMED)
    with pytest.raises(WrongMoment):
        merge(confirmed, typed, secretariat)
    merge(typed, confirmed, secretariat)


def test_a_pair_is_settled_by_the_merge_and_open_again_after(two, secretariat):
    gone, stays = two
    one, other = sorted((gone.pk, stays.pk))
    pair = OrganisationPair.objects.create(one_id=one, other_id=other, score=90, found_at=AT)
    made = merge(gone, stays, secretariat, ends_membership=True)
    pair.refresh_from_db()
    assert pair.verdict == "merged"
    actions.unmerge_organisations(merge=made, reason="No", at=AT, by=secretariat)
    pair.refresh_from_db()
    assert pair.verdict == "open"


def test_who_spoke_for_either_speaks_for_both(two, secretariat):
    gone, stays = two
    khamla = make_user("khamla")
    make_seat(khamla, "coordinator", member=gone)
    merge(gone, stays, secretariat, ends_membership=True)
    scopes = {grant.scope[1] for grant in queries.grants_of(user=khamla, on=DAY)}
    assert scopes == {gone.pk, stays.pk}


def test_a_coordinator_merges_nothing(two):
    gone, stays = two
    with pytest.raises(AccessDenied):
        merge(gone, stays, make_actor("coordinator", ("member", gone.pk)))
    assert not OrganisationMerge.objects.exists()


def test_a_second_official_name_of_one_language_becomes_an_alias(two, secretariat):
    gone, stays = two
    actions.add_names(names=[NameDraft(gone, "lo", "ວິທະຍາໄລ ໃໝ່")], by=secretariat)
    merge(gone, stays, secretariat, ends_membership=True)
    assert stays.names.get(name="ວິທະຍາໄລ ໃໝ່").kind == "alias"


def test_of_two_merges_either_is_taken_back_first_and_what_both_brought_stays_with_the_other(secretariat):
    stays = make_organisation("college", names={"en": "College"})
    one = make_organisation("one", names={"en": "One", "lo": "ວິທະຍາໄລ"})
    other = make_organisation("other", names={"en": "Other", "lo": "ວິທະຍາໄລ"})
    code = SectorCode.objects.create(scheme="isic-4", code="8522")
    for each in (one, other):
        OrganisationSector.objects.create(organisation=each, sector=code)
    before = everything()
    first, second = merge(one, stays, secretariat), merge(other, stays, secretariat)
    actions.unmerge_organisations(merge=first, reason="Two schools", at=AT, by=secretariat)
    assert set(stays.names.values_list("name", flat=True)) == {"College", "Other", "ວິທະຍາໄລ"}
    assert stays.sectors.count() == 1
    actions.unmerge_organisations(merge=second, reason="Two schools", at=AT, by=secretariat)
    assert everything() == before


def test_a_chain_is_taken_back_from_its_end(secretariat):
    a, b, c = (make_organisation(name) for name in ("aa", "bb", "cc"))
    before = everything()
    first, second = merge(a, b, secretariat), merge(b, c, secretariat)
    with pytest.raises(CannotBeUndone, match="take that back first"):
        actions.unmerge_organisations(merge=first, reason="Two", at=AT, by=secretariat)
    for each in (second, first):
        actions.unmerge_organisations(merge=each, reason="Two", at=AT, by=secretariat)
    assert everything() == before


def test_a_name_that_was_mended_and_mended_back_does_not_stand_in_the_way(secretariat):
    stays = make_organisation("college", names={"en": "College"})
    gone = make_organisation("gone", names={"en": "Gone", "lo": "ວິທະຍາໄລ"})
    before = everything()
    made = merge(gone, stays, secretariat)
    name = stays.names.get(language="lo")
    for text in ("ວິທະຍາ", "ວິທະຍາໄລ"):
        actions.correct_name(
            name=name, text=text, valid_from=None, valid_before=None, reason="A slip", at=AT, by=secretariat
        )
    actions.unmerge_organisations(merge=made, reason="Two schools", at=AT, by=secretariat)
    assert everything() == before
