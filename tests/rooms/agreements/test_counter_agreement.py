"""An answer to a proposal: another text before the parties, over which everybody signs anew."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from corridor.kernel.errors import AccessDenied, BadInput, StaleForm
from corridor.rooms.agreements.actions import (
    counter_agreement,
    review_translation,
    revise_draft,
    take_back_counter,
)
from corridor.rooms.agreements.canonical import content_of, hash_still_matches
from corridor.rooms.agreements.drafts import PartyDraft, TextDraft
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.refusals import NothingChanged, NotProposed, NotTheProposer, NotTheSameParties
from corridor.rooms.agreements.translations import binding_mark, translation_of
from corridor.rooms.agreements.writing import draft_of
from tests.factories.actors import make_actor
from tests.factories.agreements import (
    find_or_make_member,
    make_agreement,
    make_draft_agreement,
    make_proposed_agreement,
)

from .signing import coordinator_of, sign

pytestmark = pytest.mark.django_db
LI = make_actor("secretariat", label="li-na")
ON, AT = date(2023, 4, 3), datetime(2023, 4, 3, 8, tzinfo=UTC)


def other_text(agreement, body="Article 1. We teach together.\n\nArticle 2. We tell the whole truth."):
    draft = draft_of(agreement, content_of(agreement))
    texts = [replace(text, body=body) if text.language == "en" else text for text in draft.texts]
    return replace(draft, texts=texts)


def counter(agreement, member="vientiane", draft=None, **more):
    given = {
        "over": agreement.canonical_hash,
        "on": ON,
        "at": AT,
        "reason": "The whole truth.",
        "by": coordinator_of(agreement, member),
    }
    return counter_agreement(agreement=agreement, draft=draft or other_text(agreement), **given | more)


def test_an_answer_is_a_new_version_and_earlier_signatures_count_no_more():
    agreement = make_proposed_agreement()
    sign(agreement, "chongqing", on=date(2023, 3, 20))
    first = agreement.canonical_hash
    answered = counter(agreement)
    assert answered.status == "proposed"
    assert answered.canonical_hash != first
    assert [(each.number, each.origin, each.hash == first) for each in answered.versions.all()] == [
        (1, "proposed", True), (2, "countered", False),
    ]  # fmt: skip
    last = answered.versions.get(number=2)
    assert (last.party.reference, last.reason, last.put_by, last.effective_on) == (
        "vientiane", "The whole truth.", "of-vientiane", ON,
    )  # fmt: skip
    party = answered.parties.get(organisation__reference="chongqing")
    assert (party.signed_on, party.signed_hash) == (None, "")
    assert party.signatures.get().canonical_hash == first
    assert hash_still_matches(Agreement.objects.get(pk=agreement.pk))


def test_over_the_new_text_all_sign_and_it_comes_into_force():
    answered = counter(make_proposed_agreement())
    sign(answered, "chongqing")
    assert sign(answered, "vientiane").status == "in_force"


def test_who_answers_another_text_than_the_one_there_is_told_both_hashes():
    agreement = make_proposed_agreement()
    first = agreement.canonical_hash
    counter(agreement)
    agreement.refresh_from_db()
    with pytest.raises(StaleForm) as refused:
        counter(agreement, "chongqing", over=first, draft=other_text(agreement, "Article 1. Another one."))
    assert (refused.value.theirs, refused.value.yours) == (agreement.canonical_hash, first)
    with pytest.raises(StaleForm):
        sign(agreement, "chongqing", over=first)


def test_an_answer_says_something_else_to_the_same_parties_and_says_why():
    agreement = make_proposed_agreement()
    same = draft_of(agreement, content_of(agreement))
    with pytest.raises(NothingChanged):
        counter(agreement, draft=same)
    fewer = replace(other_text(agreement), parties=[PartyDraft(find_or_make_member("colombo"))])
    with pytest.raises(NotTheSameParties):
        counter(agreement, draft=fewer)
    with pytest.raises(BadInput):
        counter(agreement, reason=" ")
    agreement.refresh_from_db()
    assert (agreement.versions.count(), agreement.canonical_hash) == (1, agreement.versions.get().hash)
    assert hash_still_matches(agreement)


def test_nobody_answers_for_another_member_nor_what_is_not_proposed():
    agreement = make_proposed_agreement()
    stranger = make_actor("coordinator", ("member", find_or_make_member("colombo").pk))
    with pytest.raises(AccessDenied):
        counter(agreement, by=stranger)
    signed = make_agreement("AGR-2023-0032")
    with pytest.raises(NotProposed):
        counter(signed)


def test_an_answer_is_taken_back_by_who_gave_it_until_another_signs():
    agreement = make_proposed_agreement()
    first = agreement.canonical_hash
    answered = counter(agreement)
    with pytest.raises(NotTheProposer):
        take_back_counter(agreement=answered, on=ON, at=AT, by=coordinator_of(answered, "chongqing"))
    back = take_back_counter(agreement=answered, on=ON, at=AT, by=coordinator_of(answered, "vientiane"))
    assert back.canonical_hash == first
    assert [each.number for each in back.versions.all()] == [1, 2, 3]
    again = counter(back)
    sign(again, "chongqing")
    with pytest.raises(NothingChanged):
        take_back_counter(agreement=again, on=ON, at=AT, by=coordinator_of(again, "vientiane"))


def test_the_secretariat_answers_for_no_member():
    answered = counter(make_proposed_agreement(), by=LI)
    assert answered.versions.get(number=2).party is None


def with_lao(draft, standing="convenience"):
    return replace(draft, texts=[*draft.texts, TextDraft("lo", "ຂໍ້ຕົກລົງ", "ມາດຕາ 1.\n\nມາດຕາ 2.", standing)])


def test_a_translation_is_reviewed_and_stale_once_the_binding_text_changes():
    agreement = make_draft_agreement()
    agreement = revise_draft(
        agreement=agreement, draft=with_lao(draft_of(agreement, content_of(agreement))), version=1, by=LI
    )

    def standing():
        texts = list(agreement.texts.all())
        return {text.language: translation_of(text, texts) for text in texts}

    assert standing() == {"en": "draft", "zh-Hans": "binding", "lo": "draft"}
    mark = binding_mark(agreement.texts.all())
    with pytest.raises(StaleForm):
        review_translation(agreement=agreement, language="lo", over="0" * 64, on=ON, by=LI)
    with pytest.raises(NothingChanged):
        review_translation(agreement=agreement, language="zh-Hans", over=mark, on=ON, by=LI)
    review_translation(agreement=agreement, language="lo", over=mark, on=ON, by=LI)
    assert standing()["lo"] == "reviewed"
    draft = draft_of(agreement, content_of(agreement))
    texts = [replace(text, body="第一条 另行约定。") if text.language == "zh-Hans" else text for text in draft.texts]
    agreement = revise_draft(agreement=agreement, draft=replace(draft, texts=texts), version=2, by=LI)
    assert standing() == {"en": "stale", "zh-Hans": "binding", "lo": "stale"}
