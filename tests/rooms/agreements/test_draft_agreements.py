from datetime import UTC, date, datetime

import pytest

from corridor.foundations.audit.models import Entry
from corridor.kernel.errors import AccessDenied, BadInput, StaleForm
from corridor.rooms.agreements.actions import (
    NotProposed,
    ReferenceTaken,
    draft_agreement,
    draft_agreements,
    name_parties,
    name_signers,
    revise_draft,
    write_texts,
)
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, SignerDraft, TextDraft
from corridor.rooms.agreements.models import Agreement, Signer
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_draft_agreement, make_proposed_agreement

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
FIRST, END = date(2023, 6, 1), date(2026, 6, 1)
ENGLISH = TextDraft("en", "Joint training", "Article 1.\r\n\r\nArticle 2.")


def draft(reference="", **more):
    members = [find_or_make_member(name) for name in ("chongqing", "vientiane", "colombo")]
    given = {"texts": [ENGLISH], "parties": [PartyDraft(member) for member in members]} | more
    return AgreementDraft(FIRST, END, reference, **given)


def test_any_number_of_parties_stand_in_the_order_given():
    made = draft_agreement(agreement=draft(), by=LI)
    assert (made.reference, made.status, made.canonical_hash) == ("AGR-2023-0001", "draft", "")
    parties = made.parties.order_by("position").values_list("position", "organisation__reference")
    assert list(parties) == [(1, "chongqing"), (2, "vientiane"), (3, "colombo")]
    assert made.texts.get().body == "Article 1.\n\nArticle 2."
    assert Entry.objects.filter(event="agreements.drafted", by="li-na").count() == 1


def test_many_at_once_and_a_reference_once():
    made = draft_agreements(agreements=[draft("AGR-2023-0031"), draft("AGR-2022-0007")], by=LI)
    assert [a.reference for a in made] == ["AGR-2023-0031", "AGR-2022-0007"]
    assert draft_agreement(agreement=draft(), by=LI).reference == "AGR-2023-0032"
    with pytest.raises(ReferenceTaken):
        draft_agreement(agreement=draft("AGR-2023-0031"), by=LI)


def test_a_coordinator_drafts_none():
    with pytest.raises(AccessDenied):
        draft_agreement(agreement=draft(), by=make_actor("coordinator"))
    assert not Agreement.objects.exists()


def test_what_cannot_be_meant_is_refused_with_every_reason():
    chongqing = find_or_make_member("chongqing")
    wrong = AgreementDraft(END, FIRST, texts=[ENGLISH, ENGLISH], parties=[PartyDraft(chongqing), PartyDraft(chongqing)])
    with pytest.raises(BadInput) as refused:
        draft_agreement(agreement=wrong, by=LI)
    assert {problem.column for problem in refused.value.problems} == {"ends_before", "language", "organisation"}


def test_texts_and_parties_may_follow_until_it_is_proposed():
    agreement = draft_agreement(agreement=AgreementDraft(FIRST), by=LI)
    member = find_or_make_member("chongqing")
    assert write_texts(texts=[(agreement, ENGLISH)], by=LI) == 1
    assert name_parties(parties=[(agreement, PartyDraft(member, "leads"))], by=LI) == 1
    with pytest.raises(BadInput):
        write_texts(texts=[(agreement, ENGLISH)], by=LI)
    with pytest.raises(BadInput):
        name_parties(parties=[(agreement, PartyDraft(member))], by=LI)
    proposed = make_proposed_agreement("AGR-2023-0099")
    with pytest.raises(NotProposed):
        write_texts(texts=[(proposed, TextDraft("lo", "ສັນຍາ", "ມາດຕາ 1"))], by=LI)


def test_a_draft_is_put_anew_and_an_older_form_is_stale():
    agreement = make_draft_agreement()
    revised = revise_draft(agreement=agreement, draft=draft(), version=1, by=LI)
    assert (revised.version, revised.parties.count(), revised.texts.count()) == (2, 3, 1)
    with pytest.raises(StaleForm) as stale:
        revise_draft(agreement=agreement, draft=draft(), version=1, by=LI)
    assert (stale.value.theirs, stale.value.yours) == ("2", "1")


def test_a_proposed_text_is_not_revised():
    with pytest.raises(NotProposed):
        revise_draft(agreement=make_proposed_agreement(), draft=draft(), version=1, by=LI)


def test_a_party_that_stays_keeps_who_signs_for_it_and_one_that_goes_does_not():
    agreement = draft_agreement(agreement=draft(), by=LI)
    parties = agreement.parties.filter(organisation__reference__in=["chongqing", "colombo"])
    signers = [(party, SignerDraft("President")) for party in parties]
    name_signers(signers=signers, at=datetime(2023, 2, 1, tzinfo=UTC), by=LI)
    two = [PartyDraft(find_or_make_member(name), "leads") for name in ("vientiane", "chongqing")]
    revise_draft(agreement=agreement, draft=draft(parties=two), version=1, by=LI)
    named = Signer.objects.values_list("party__organisation__reference", "party__role", "party__position")
    assert list(named) == [("chongqing", "leads", 2)]
