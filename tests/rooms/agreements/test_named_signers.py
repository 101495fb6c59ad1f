"""Who signs for a party is named: in an order, so many of them, each with an own account, by a link, or on paper."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from corridor.foundations.access import Actor
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, StaleForm, WrongMoment
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import PaperSignature, SignerDraft
from corridor.rooms.agreements.models import Agreement, AgreementParty, Signature, Signer
from corridor.rooms.agreements.queries import get_signing, places_to_sign, signatures_wanted
from corridor.rooms.agreements.refusals import AlreadySigned, NotASigner, NotProposed, NotTheirTurn, SignerHasLeft
from corridor.rooms.agreements.setting_aside import set_aside_signatures
from tests.factories.actors import NIGHTLY, make_actor, make_user
from tests.factories.agreements import make_agreement, make_draft_agreement, make_proposed_agreement, make_scan

from .signing import SIGNING_ON, coordinator_of, sign

pytestmark = pytest.mark.django_db
AT = datetime(2023, 5, 18, 6, tzinfo=UTC)
LI = make_actor("secretariat", label="li-na")


@pytest.fixture
def agreement() -> Agreement:
    return make_proposed_agreement(parties=["chongqing", "vientiane"], starts_on=date(2023, 6, 1))


def side(agreement: Agreement, member: str = "chongqing") -> AgreementParty:
    return agreement.parties.get(organisation__reference=member)


def name(agreement: Agreement, *offices: str, member: str = "chongqing", by: Actor = NIGHTLY, **known) -> list[Signer]:
    party = side(agreement, member)
    return [actions.name_signer(party=party, draft=SignerDraft(office, **known), at=AT, by=by) for office in offices]


def set_signing(agreement: Agreement, quorum: int, order: str = "parallel") -> None:
    actions.set_signing(agreement=agreement, quorum=quorum, order=order, read=(1, "parallel"), by=LI)


def person(agreement: Agreement, username: str, member: str = "chongqing") -> Actor:
    scope = ("member", side(agreement, member).organisation_id)
    return make_actor("coordinator", scope, user=make_user(username))


def sign_as(agreement: Agreement, signer: Signer | None, by: Actor, member: str = "chongqing") -> Agreement:
    return actions.sign_agreement(
        party=side(agreement, member), signer=signer, signed_hash=agreement.canonical_hash, on=SIGNING_ON, at=AT, by=by,
        signed_as="" if signer else "President",
    )  # fmt: skip


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


def test_who_names_signers_is_the_secretariat_and_whoever_speaks_for_that_party(agreement):
    mei, khamla = coordinator_of(agreement, "chongqing"), coordinator_of(agreement, "vientiane")
    name(agreement, "President", by=mei)
    name(agreement, "Dean", by=LI)
    with pytest.raises(AccessDenied):
        name(agreement, "Treasurer", by=khamla)
    assert Signer.objects.count() == 2
    assert list(Entry.objects.filter(event="agreements.signer_named").order_by("pk").values_list("by", flat=True)) == [
        "of-chongqing", "li-na",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "column"),
    [
        ({"office": " "}, "office"),
        ({"office": "President"}, "office"),
        ({"office": "Dean", "email": "nobody"}, "email"),
        ({"office": "Dean", "language": "tlh"}, "language"),
        ({"office": "Dean", "position": 0}, "position"),
        ({"office": "Dean", "person_name": "x" * 151}, "person_name"),
    ],
    ids=["empty", "twice", "no-address", "no-language", "no-place", "long-name"],
)
def test_a_signer_that_is_none_is_refused_where_it_is_wrong(agreement, known, column):
    name(agreement, "President")
    with pytest.raises(BadInput) as refused:
        actions.name_signer(party=side(agreement), draft=SignerDraft(**known), at=AT, by=LI)
    assert [problem.column for problem in refused.value.problems] == [column]


def test_an_account_needs_no_link_and_an_address_no_account(agreement):
    mei = make_user("mei")
    with pytest.raises(BadInput):
        name(agreement, "President", email="p@x.example", account=mei.pk)


def test_who_signs_stays_as_it_was_once_all_have_signed():
    agreement = make_agreement("AGR-2023-0077")
    with pytest.raises(NotProposed):
        name(agreement, "President")
    with pytest.raises(NotProposed):
        set_signing(agreement, 2)


def test_signers_are_named_in_a_draft_too():
    draft = make_draft_agreement("AGR-2023-0078")
    (president,) = name(draft, "President")
    actions.propose_agreement(agreement=draft, on=date(2023, 3, 2), by=NIGHTLY)
    proposed = Agreement.objects.get(pk=draft.pk)
    with pytest.raises(NotASigner):
        sign_as(proposed, Signer(pk=uuid4(), party=side(proposed)), person(proposed, "mei"))
    sign_as(proposed, president, person(proposed, "mei"))
    assert side(proposed).is_signed()


def test_how_it_is_signed_does_not_change_under_who_has_signed(agreement):
    sign(agreement, "chongqing")
    with pytest.raises(AlreadySigned):
        set_signing(agreement, 2)


def test_two_who_say_how_it_is_signed_do_not_undo_each_other(agreement):
    set_signing(agreement, 2)
    with pytest.raises(StaleForm):
        set_signing(agreement, 3)


@pytest.mark.parametrize(("quorum", "order"), [(0, "parallel"), (21, "parallel"), (1, "backwards")])
def test_how_it_is_signed_is_said_in_numbers_and_words_that_there_are(agreement, quorum, order):
    with pytest.raises(BadInput):
        set_signing(agreement, quorum, order)


def test_another_address_ends_the_link_to_the_first(agreement):
    (president,) = name(agreement, "President", email="p@chongqing.example")
    made = actions.make_link(signer=president, at=AT, by=LI)
    actions.change_signer(signer=president, draft=SignerDraft("President", email="q@chongqing.example"), at=AT, by=LI)
    made.link.refresh_from_db()
    assert made.link.ended_at == AT


def test_a_signer_who_has_signed_stays_as_it_is(agreement):
    (president,) = name(agreement, "President")
    sign_as(agreement, president, person(agreement, "mei"))
    with pytest.raises(AlreadySigned):
        actions.end_signer(signer=president, at=AT, by=LI)


def test_a_link_is_sent_where_there_is_an_address_and_something_to_sign(agreement):
    (president,) = name(agreement, "President")
    with pytest.raises(WrongMoment):
        actions.make_link(signer=president, at=AT, by=LI)
    draft = make_draft_agreement("AGR-2023-0079")
    (dean,) = name(draft, "Dean", email="d@x.example")
    with pytest.raises(NotProposed):
        actions.make_link(signer=dean, at=AT, by=LI)


def test_the_secret_of_a_link_is_kept_as_a_fingerprint(agreement):
    (president,) = name(agreement, "President", email="p@chongqing.example")
    made = actions.make_link(signer=president, at=AT, by=LI)
    assert made.secret not in str(made.link.__dict__)
    with pytest.raises(NotFound):
        actions.recognise_signer(secret=made.secret + "x", at=AT, by=NIGHTLY)
    link, by = actions.recognise_signer(secret=made.secret, at=AT, by=Actor(label="visitor"))
    assert link.pk == made.link.pk
    assert by.label == "signer of AGR-2023-0031 for chongqing"


def test_whoever_came_by_a_link_does_nothing_else(agreement):
    (president,) = name(agreement, "President", email="p@chongqing.example")
    made = actions.make_link(signer=president, at=AT, by=LI)
    _link, by = actions.recognise_signer(secret=made.secret, at=AT, by=Actor(label="visitor"))
    with pytest.raises(AccessDenied):
        sign_as(agreement, None, by, "vientiane")
    with pytest.raises(AccessDenied):
        name(agreement, "Another", by=by)
    other = make_proposed_agreement("AGR-2023-0080", parties=["chongqing", "colombo"])
    with pytest.raises(AccessDenied):
        get_signing(reference=other.reference, by=by, at=AT)


def test_addresses_go_when_it_is_signed_by_all(agreement):
    name(agreement, "President", "Dean", email="p@chongqing.example")
    scan = make_scan()
    first = Signer.objects.order_by("position").first()
    given = [
        PaperSignature(side(agreement), SIGNING_ON, "", scan, first),
        PaperSignature(side(agreement, "vientiane"), SIGNING_ON, "President", scan),
    ]
    actions.record_paper_signatures(signatures=given, at=AT, by=LI)
    assert set(Signer.objects.values_list("email", flat=True)) == {""}


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
