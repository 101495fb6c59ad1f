"""A claim how a unit compares counts when it is in time, has evidence, and was reviewed by somebody else."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import VISITOR, Actor, Grant, Role
from corridor.foundations.documents.models import Document
from corridor.kernel.errors import AccessDenied, BadInput, WrongMoment
from corridor.rooms.curricula import actions
from corridor.rooms.curricula.drafts import ForeignUnitDraft, MappingDraft
from corridor.rooms.curricula.models import ForeignUnit, MappingClaim, Relation
from corridor.rooms.curricula.published_frameworks import CASE, ESCO, framework_of
from corridor.rooms.curricula.queries import claims_to_review, get_claim, mapping_claims_on
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.curricula import make_version
from tests.factories.members import make_member

CLAIMED, REVIEWED, ENDS = date(2023, 1, 10), date(2023, 2, 1), date(2024, 1, 10)
FOREIGN = ForeignUnitDraft("PK", "NAVTTC", "0716-A-1", "Inspect vehicle", "Auto Mechanic")

pytestmark = pytest.mark.django_db


@pytest.fixture
def chongqing():
    return make_member("chongqing")


@pytest.fixture
def units(chongqing):
    return list(make_version(units=["VI-1", "VI-2"], developer=chongqing).units.all())


@pytest.fixture
def evidence():
    return Document.objects.create(
        reference="standard", title="Standard", file_name="standard.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, stored_as="0", stored_at=datetime(2023, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def council():
    return make_actor("council")


def draft(unit, claimant, **more):
    given = {"relation": Relation.OVERLAPPING, "foreign_unit": FOREIGN, "expires_before": ENDS, **more}
    return MappingDraft(unit=unit, claimant=claimant, claimed_on=CLAIMED, **given)


def claim(*drafts):
    return actions.claim_mappings(drafts=list(drafts), by=make_actor("secretariat"))


def holding(day):
    return mapping_claims_on(day=day, by=VISITOR).count()


SKILL = "http://data.europa.eu/esco/skill/8b2f1f2e-7c1a-4c3e-9f53-5a3f0f0a9d11"
ITEM = "https://standards.example/ims/case/v1p0/CFItems/6e8f2a3c-1111-4222-8333-944445555666"


@pytest.mark.parametrize(
    ("address", "framework"),
    [(SKILL, ESCO), (ITEM, CASE), (ITEM.replace("CFItems", "uri"), CASE), ("https://navttc.example/0716-A-1", ""),
     ("http://data.europa.eu.example/esco/skill/1", ""), (f"{SKILL} x", ""), ("", "")],
    ids=["ESCO", "CASE", "CASE by uri", "a national one", "another host", "more than an address", "none"],
)  # fmt: skip
def test_an_address_says_of_which_framework_it_is(address, framework):
    assert framework_of(address) == framework


def test_a_unit_is_compared_with_a_skill_of_esco(units, chongqing):
    skill = ForeignUnitDraft("EU", "ESCO", "S2.1", "inspect vehicles", "v1.2", SKILL)
    (made,) = claim(draft(units[0], chongqing, foreign_unit=skill))
    assert made.foreign_unit.source_url == SKILL


@pytest.mark.parametrize(
    "foreign",
    [("EU", "CEN", "1", "Inspect", "", SKILL), ("EU", "ESCO", "1", "Inspect", "", ""), ("PK", "ESCO", "1", "Inspect", "", SKILL),
     ("PK", "NAVTTC", "1", "Inspect", "", SKILL)],
    ids=["another body", "no address", "a country", "a national body"],
)  # fmt: skip
def test_nothing_else_stands_under_the_letters_of_the_union(units, chongqing, foreign):
    with pytest.raises(BadInput, match="A skill of ESCO is named by the letters EU"):
        claim(draft(units[0], chongqing, foreign_unit=ForeignUnitDraft(*foreign)))


def test_a_claim_holds_once_reviewed_with_evidence_until_it_expires(units, chongqing, evidence, council):
    (made,) = claim(draft(units[0], chongqing, evidence=evidence))
    assert holding(REVIEWED) == 0
    assert list(claims_to_review(by=council)) == [made]
    actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=council)
    assert [holding(day) for day in (date(2023, 1, 31), REVIEWED, date(2024, 1, 9), ENDS)] == [0, 1, 1, 0]
    made.refresh_from_db()
    assert made.holds_on(REVIEWED) is True
    assert made.holds_on(ENDS) is False
    assert get_claim(key=str(made.pk), by=VISITOR) == made


def test_without_evidence_a_reviewed_claim_does_not_hold(units, chongqing, council):
    (made,) = claim(draft(units[0], chongqing))
    actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=council)
    assert holding(REVIEWED) == 0


def test_one_unit_compares_with_many_and_foreign_units_are_written_once(units, chongqing):
    other = ForeignUnitDraft("PK", "NAVTTC", "0716-A-2", "Keep records", "Auto Mechanic")
    claim(draft(units[0], chongqing), draft(units[0], chongqing, foreign_unit=other), draft(units[1], chongqing))
    assert (MappingClaim.objects.count(), ForeignUnit.objects.count()) == (3, 2)


def test_no_equivalent_names_the_country_that_was_searched(units, chongqing):
    none = {"relation": Relation.NONE, "foreign_unit": None}
    (made,) = claim(draft(units[0], chongqing, **none, searched_country="AU"))
    assert made.foreign_unit is None
    for wrong in (
        draft(units[0], chongqing, **none),
        draft(units[0], chongqing, searched_country="AU"),
        draft(units[0], chongqing, relation=Relation.NONE),
        draft(units[0], chongqing, **none, searched_country="ZX"),
        draft(units[0], chongqing, expires_before=CLAIMED),
        draft(units[0], chongqing, reviewed_by="Council"),
        draft(units[0], chongqing, reviewed_by="Council", reviewed_on=date(2022, 1, 1)),
    ):
        with pytest.raises(BadInput):
            actions.claim_mappings(drafts=[wrong], by=NIGHTLY)
    assert MappingClaim.objects.count() == 1


def test_a_pair_is_compared_once(units, chongqing):
    claim(draft(units[0], chongqing))
    with pytest.raises(BadInput):
        claim(draft(units[0], chongqing))
    with pytest.raises(BadInput):
        claim(draft(units[1], chongqing), draft(units[1], chongqing))


def test_nobody_reviews_their_own_claim_nor_twice_nor_before_it_was_made(units, chongqing, council):
    (made,) = claim(draft(units[0], chongqing))
    own = Actor(label="mei", grants=frozenset({Grant(Role.COUNCIL), Grant(Role.COORDINATOR, ("member", chongqing.pk))}))
    with pytest.raises(actions.OwnClaim):
        actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=own)
    with pytest.raises(WrongMoment):
        actions.review_mapping(claim=made, office="Council", on=date(2023, 1, 9), by=council)
    with pytest.raises(BadInput):
        actions.review_mapping(claim=made, office=" ", on=REVIEWED, by=council)
    actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=council)
    with pytest.raises(actions.ReviewedAlready):
        actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=council)


def test_the_account_that_wrote_a_claim_down_does_not_review_it(units, chongqing):
    both = make_actor("system", label="li-na")
    (made,) = actions.claim_mappings(drafts=[draft(units[0], chongqing)], by=both)
    with pytest.raises(actions.OwnClaim):
        actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=both)
    assert actions.review_mapping(claim=made, office="Council", on=REVIEWED, by=make_actor("system", label="council"))


def test_who_may_claim_does_not_review_and_the_other_way_round(units, chongqing, council):
    (made,) = claim(draft(units[0], chongqing))
    with pytest.raises(AccessDenied):
        actions.review_mapping(claim=made, office="Secretariat", on=REVIEWED, by=make_actor("secretariat"))
    with pytest.raises(AccessDenied):
        actions.claim_mappings(drafts=[draft(units[1], chongqing)], by=council)
    with pytest.raises(AccessDenied):
        claim(draft(units[1], chongqing, reviewed_by="Council", reviewed_on=REVIEWED))
