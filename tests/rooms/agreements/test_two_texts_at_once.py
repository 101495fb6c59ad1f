"""Parties approve different texts in the same moment: what is in force is signed by all over one text, or it is not in force."""

from datetime import date

import pytest

from corridor.kernel.errors import StaleForm, WrongMoment
from corridor.rooms.agreements.models import Agreement, AgreementMotion
from corridor.rooms.agreements.refusals import AmendmentConflicts, NotProposed
from tests.factories.agreements import make_agreement, make_proposed_agreement

from .signing import SIGNING_ON, coordinator_of, sign
from .test_amend_agreement import LATER, amend, propose
from .test_ask_step import ask, confirm
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


@pytest.mark.django_db(transaction=True)
def test_the_last_two_confirmations_at_once_end_it_exactly_once():
    agreement = make_agreement(parties=["chongqing", "vientiane", "colombo"])
    ask(agreement, AgreementMotion.Kind.TERMINATE)
    refused = at_once(lambda: confirm(agreement, "vientiane"), lambda: confirm(agreement, "colombo"))
    assert refused == []
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert (agreement.status, agreement.motions.get().status) == ("terminated", "confirmed")
    assert agreement.changes.filter(to_status="terminated").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rejection_and_the_last_signature_at_once_leave_one_of_them():
    agreement = make_proposed_agreement()
    sign(agreement, "vientiane")
    signer, rejecter = coordinator_of(agreement, "chongqing"), coordinator_of(agreement, "vientiane")
    refused = at_once(
        lambda: sign(agreement, "chongqing", by=signer),
        lambda: ask(agreement, AgreementMotion.Kind.REJECT, on=SIGNING_ON, by=rejecter),
    )
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert len(refused) == 1, "who came second is told so"
    assert (agreement.status, type(refused[0])) in {("in_force", WrongMoment), ("rejected", NotProposed)}


@pytest.mark.django_db(transaction=True)
def test_two_amendments_of_one_field_signed_at_once_are_one_amendment_and_one_refusal():
    agreement = make_agreement()
    amendments = [propose(amend(agreement, ends_before=last)) for last in (date(2027, 6, 1), date(2028, 6, 1))]
    for each in amendments:
        sign(each, "chongqing", on=LATER)
    signers = [coordinator_of(each, "vientiane") for each in amendments]
    refused = at_once(
        *[
            lambda each=each, by=by: sign(each, "vientiane", by=by, on=LATER)
            for each, by in zip(amendments, signers, strict=True)
        ]
    )
    assert [type(refusal) for refusal in refused] == [AmendmentConflicts]
    assert Agreement.objects.get(pk=agreement.pk).versions.count() == 2
    assert sorted(Agreement.objects.filter(amends=agreement).values_list("status", flat=True)) == [
        "in_force",
        "proposed",
    ]
