"""Who signs for a party is named: in an order, so many of them, each with an own account, by a link, or on paper."""

from datetime import date
from uuid import uuid4

import pytest

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import PaperSignature
from corridor.rooms.agreements.models import Agreement, Signature
from corridor.rooms.agreements.queries import get_signing, places_to_sign, signatures_wanted
from corridor.rooms.agreements.refusals import AlreadySigned, NotASigner, NotTheirTurn, SignerHasLeft
from corridor.rooms.agreements.setting_aside import set_aside_signatures
from tests.factories.actors import NIGHTLY
from tests.factories.agreements import make_proposed_agreement, make_scan

from .signers import AT, LI, name, person, set_signing, side, sign_as
from .signing import SIGNING_ON, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Agreement:
    return make_proposed_agreement(parties=["chongqing", "vientiane"], starts_on=date(2023, 6, 1))


def test_a_party_is_signed_when_as_many_have_signed_as_the_agreement_asks_for(agreement):
    set_signing(agreement, 2)
    president, finance, _third = name(agreement, "President", "Finance", "Third")
    sign_as(agreement, president, person(agreement, "mei"))
    assert side(agreement).signed_on is None
    sign_as(agreement, finance, person(agreement, "li"))
    party = side(agreement)
    assert (party.signed_on, party.signature) == (SIGNING_ON, "electronic")
    assert party.signatures.count() == 2
    with pytest.raises(AlreadySigned):
        sign_as(agreement, _third, person(agreement, "wang"))


def test_without_named_signers_as_many_accounts_sign(agreement):
    set_signing(agreement, 2)
    mei = person(agreement, "mei")
    sign_as(agreement, None, mei)
    with pytest.raises(AlreadySigned):
        sign_as(agreement, None, mei)
    assert side(agreement).signed_on is None
    sign_as(agreement, None, person(agreement, "li"))
    assert side(agreement).signed_on == SIGNING_ON


def test_one_account_signs_in_one_office_of_a_party_alone(agreement):
    set_signing(agreement, 2)
    president, finance = name(agreement, "President", "Finance")
    mei = person(agreement, "mei")
    sign_as(agreement, president, mei)
    with pytest.raises(AlreadySigned):
        sign_as(agreement, finance, mei)


def test_who_is_named_with_an_account_signs_and_nobody_else(agreement):
    mei, li = person(agreement, "mei"), person(agreement, "li")
    (president,) = name(agreement, "President", account=mei.user_id)
    for signer in (president, None):
        with pytest.raises(NotASigner):
            sign_as(agreement, signer, li)
    assert sign_as(agreement, None, mei).parties.get(pk=side(agreement).pk).signed_as == "President"


def test_who_signs_by_a_link_is_signed_for_by_nobody_here(agreement):
    (president,) = name(agreement, "President", email="p@chongqing.example")
    with pytest.raises(NotASigner):
        sign_as(agreement, president, person(agreement, "mei"))


def test_a_signer_of_another_party_is_none_of_this_one(agreement):
    (stranger,) = name(agreement, "President", member="vientiane")
    name(agreement, "President")
    with pytest.raises(NotASigner):
        sign_as(agreement, stranger, person(agreement, "mei"))


def test_whose_seat_has_ended_is_told_so(agreement):
    mei = person(agreement, "mei")
    (president,) = name(agreement, "President", account=mei.user_id)
    left = Actor(label="mei", user_id=mei.user_id)
    with pytest.raises(SignerHasLeft):
        sign_as(agreement, president, left)
    with pytest.raises(AccessDenied):
        sign_as(agreement, president, Actor(label="other", user_id=uuid4()))


def test_an_office_that_signs_no_more_does_not_sign(agreement):
    president, _finance = name(agreement, "President", "Finance")
    actions.end_signer(signer=president, at=AT, by=NIGHTLY)
    with pytest.raises(SignerHasLeft):
        sign_as(agreement, president, person(agreement, "mei"))
    with pytest.raises(SignerHasLeft):
        actions.end_signer(signer=president, at=AT, by=NIGHTLY)


def test_when_the_last_named_one_has_left_whoever_speaks_for_the_party_signs(agreement):
    (president,) = name(agreement, "President")
    actions.end_signer(signer=president, at=AT, by=NIGHTLY)
    sign_as(agreement, None, person(agreement, "mei"))
    assert side(agreement).is_signed()


def test_one_after_another_in_the_order_of_parties_and_signers():
    agreement = make_proposed_agreement(parties=["chongqing", "vientiane"])
    set_signing(agreement, 2, "in_order")
    first, second = name(agreement, "Dean", "President")
    mei, li, khamla = person(agreement, "mei"), person(agreement, "li"), person(agreement, "khamla", "vientiane")
    with pytest.raises(NotTheirTurn) as early:
        sign_as(agreement, None, khamla, "vientiane")
    assert early.value.places["who"] == "chongqing"
    with pytest.raises(NotTheirTurn) as early:
        sign_as(agreement, second, mei)
    assert early.value.places["who"] == "Dean"
    sign_as(agreement, first, mei)
    sign_as(agreement, second, li)
    sign_as(agreement, None, khamla, "vientiane")
    assert side(agreement, "vientiane").signatures.count() == 1


def test_ink_that_comes_together_is_taken_in_order():
    agreement = make_proposed_agreement(parties=["chongqing", "vientiane"])
    set_signing(agreement, 1, "in_order")
    (president,) = name(agreement, "President", member="vientiane")
    scan = make_scan()
    given = [
        PaperSignature(side(agreement, "vientiane"), SIGNING_ON, "", scan, president),
        PaperSignature(side(agreement), SIGNING_ON, "Rector", scan),
    ]
    with pytest.raises(NotTheirTurn):
        actions.record_paper_signatures(signatures=given[:1], at=AT, by=LI)
    (signed,) = actions.record_paper_signatures(signatures=given, at=AT, by=LI)
    assert signed.status == "in_force"
    assert side(agreement, "vientiane").signed_as == "President"


def test_what_was_signed_over_an_earlier_text_stays_to_be_read_and_counts_no_more(agreement):
    (president,) = name(agreement, "President", email="p@chongqing.example", member="vientiane")
    made = actions.make_link(signer=president, at=AT, by=LI)
    sign(agreement, "chongqing")
    assert set_aside_signatures(agreements=[agreement], at=AT, by=LI) == 1
    assert side(agreement).signed_on is None
    made.link.refresh_from_db()
    assert made.link.ended_at == AT
    signing = get_signing(reference=agreement.reference, by=LI, at=AT)
    assert [len(each.set_aside) for each in signing.sides] == [1, 0]
    assert [each.wanted for each in signing.sides] == [1, 1]
    sign(agreement, "chongqing")
    assert Signature.objects.filter(superseded_at__isnull=True).count() == 1


def test_what_waits_stands_by_party_and_by_signer(agreement):
    mei, li = person(agreement, "mei"), person(agreement, "li")
    assert [(str(place.party), place.signer, place.is_mine) for place in signatures_wanted(by=mei)] == [
        ("AGR-2023-0031 / chongqing", None, True)
    ]
    name(agreement, "President", account=mei.user_id)
    name(agreement, "Dean", email="d@x.example")
    assert [(place.signer.office, place.is_mine) for place in signatures_wanted(by=mei)] == [
        ("President", True),
        ("Dean", False),
    ]
    assert not any(place.is_mine for place in signatures_wanted(by=li))
    assert [place.signer.office for place in places_to_sign(agreement=agreement, by=mei)] == ["President"]
