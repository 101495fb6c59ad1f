import hashlib
import json
from datetime import date

import pytest

from corridor.kernel.errors import AccessDenied, WrongMoment
from corridor.rooms.agreements.actions import NothingToSign, draft_agreement, propose_agreement
from corridor.rooms.agreements.canonical import canonical_form, hash_still_matches
from corridor.rooms.agreements.drafts import AgreementDraft, PartyDraft, TextDraft
from corridor.rooms.agreements.models import Agreement
from tests.factories.actors import make_actor
from tests.factories.agreements import find_or_make_member, make_draft_agreement
from tests.factories.conferences import make_announcement

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON = date(2023, 3, 2)


def test_proposing_fixes_the_canonical_form():
    agreement = make_draft_agreement(announcement=make_announcement())
    proposed = propose_agreement(agreement=agreement, on=ON, by=LI, reason="Agreed in May")
    form = canonical_form(proposed)
    assert proposed.status_on(ON) == "proposed"
    assert proposed.canonical_hash == hashlib.sha256(form).hexdigest()
    said = json.loads(form)
    assert list(said) == sorted(said)
    assert said["announcement"] == "ANN-2023-0001"
    assert sorted(said["parties"]) == ["chongqing", "vientiane"]
    assert sorted(said["texts"]) == ["en", "zh-Hans"]
    version = proposed.versions.get()
    assert (version.number, version.hash, version.canonical) == (1, proposed.canonical_hash, form.decode())
    assert (version.put_by, version.effective_on) == ("li-na", ON)
    assert "第一条" in form.decode()


def test_the_same_promise_has_the_same_hash_and_any_change_another():
    agreement = propose_agreement(agreement=make_draft_agreement(), on=ON, by=LI, reason="Agreed in May")
    again = Agreement.objects.get(pk=agreement.pk)
    assert hash_still_matches(again)
    again.texts.filter(language="en").update(body="Article 1. We teach apart.")
    assert not hash_still_matches(Agreement.objects.get(pk=agreement.pk))


def test_a_draft_has_nothing_to_match():
    assert not hash_still_matches(make_draft_agreement())


def test_one_party_or_no_text_is_nothing_to_sign():
    member = PartyDraft(find_or_make_member("chongqing"))
    other = PartyDraft(find_or_make_member("vientiane"))
    text = TextDraft("en", "Joint training", "Article 1.")
    for draft in (AgreementDraft(ON, texts=[text], parties=[member]), AgreementDraft(ON, parties=[member, other])):
        agreement = draft_agreement(agreement=draft, by=LI)
        with pytest.raises(NothingToSign):
            propose_agreement(agreement=agreement, on=ON, by=LI, reason="Agreed in May")
        agreement.refresh_from_db()
        assert (agreement.status, agreement.canonical_hash) == ("draft", "")


def test_nothing_is_proposed_twice():
    agreement = propose_agreement(agreement=make_draft_agreement(), on=ON, by=LI, reason="Agreed in May")
    with pytest.raises(WrongMoment):
        propose_agreement(agreement=agreement, on=ON, by=LI, reason="Agreed in May")


def test_a_coordinator_proposes_none():
    with pytest.raises(AccessDenied):
        propose_agreement(agreement=make_draft_agreement(), on=ON, by=make_actor("coordinator"), reason="Agreed in May")
