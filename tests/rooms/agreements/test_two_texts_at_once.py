"""Parties approve different texts in the same moment: what is in force is signed by all over one text, or it is not in force."""

import pytest

from corridor.kernel.errors import StaleForm
from corridor.rooms.agreements.models import Agreement
from corridor.rooms.agreements.refusals import NotProposed
from tests.factories.agreements import make_proposed_agreement

from .signing import coordinator_of, sign
from .test_counter_agreement import counter, other_text
from .test_two_last_signatures_at_once import at_once


@pytest.mark.django_db(transaction=True)
def test_one_signs_the_old_text_while_the_other_puts_a_new_one():
    agreement = make_proposed_agreement()
    sign(agreement, "vientiane")
    first, draft = agreement.canonical_hash, other_text(agreement)
    signer, answerer = coordinator_of(agreement, "chongqing"), coordinator_of(agreement, "vientiane")
    refused = at_once(
        lambda: sign(agreement, "chongqing", by=signer, over=first),
        lambda: counter(agreement, draft=draft, over=first, by=answerer),
    )
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert len(refused) == 1, "one of them came too late, and is told so"
    if agreement.status == "in_force":
        assert isinstance(refused[0], NotProposed)
        assert (agreement.canonical_hash, agreement.versions.count()) == (first, 1)
    else:
        assert isinstance(refused[0], StaleForm)
        assert (agreement.status, agreement.versions.count()) == ("proposed", 2)
        assert agreement.canonical_hash != first
    assert {party.signed_hash for party in agreement.parties.all()} <= {agreement.canonical_hash, ""}


@pytest.mark.django_db(transaction=True)
def test_two_answers_to_one_text_are_one_answer_and_one_refusal():
    agreement = make_proposed_agreement()
    first = agreement.canonical_hash
    answers = [
        (coordinator_of(agreement, member), other_text(agreement, f"Article 1. As {member} wants it."))
        for member in ("chongqing", "vientiane")
    ]
    refused = at_once(
        *[lambda by=by, draft=draft: counter(agreement, draft=draft, over=first, by=by) for by, draft in answers]
    )
    assert [type(refusal) for refusal in refused] == [StaleForm]
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert [version.number for version in agreement.versions.all()] == [1, 2]
    assert agreement.canonical_hash == agreement.versions.get(number=2).hash
