"""Naming who signs for a party, saying how an agreement is signed, and sending links."""

from datetime import date
from uuid import uuid4

import pytest

from corridor.foundations.access import Actor
from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, NotFound, StaleForm, WrongMoment
from corridor.rooms.agreements import actions
from corridor.rooms.agreements.drafts import PaperSignature, SignerDraft
from corridor.rooms.agreements.models import Agreement, Signer
from corridor.rooms.agreements.queries import get_signing
from corridor.rooms.agreements.refusals import AlreadySigned, NotASigner, NotProposed
from tests.factories.actors import NIGHTLY, make_user
from tests.factories.agreements import make_agreement, make_draft_agreement, make_proposed_agreement, make_scan

from .signers import AT, LI, name, person, set_signing, side, sign_as
from .signing import SIGNING_ON, coordinator_of, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement() -> Agreement:
    return make_proposed_agreement(parties=["chongqing", "vientiane"], starts_on=date(2023, 6, 1))


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
