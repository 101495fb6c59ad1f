"""What was issued before papers had signed words gets them later, once; whose issuer signs no more stays without."""

from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.models import Credential, SigningKey
from corridor.rooms.credentials.personal_data import SignedTexts, forget
from tests.factories.actors import VISITOR
from tests.factories.credentials import SIGNED_AT, award, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db
LATER = datetime(2023, 9, 1, tzinfo=UTC)


def without_words(learners=3):
    award(make_assessed_cohort(learners=learners))
    Credential.objects.update(signed_words="")


def test_what_has_no_words_is_signed_some_at_a_time_and_only_once():
    without_words()
    assert queries.count_without_words(by=NIGHTLY) == 3
    first, after = actions.sign_papers(at=LATER, by=NIGHTLY, limit=2)
    second, last = actions.sign_papers(at=LATER, by=NIGHTLY, after=after, limit=2)
    assert (first, second) == (2, 1) and queries.count_without_words(by=NIGHTLY) == 0
    assert actions.sign_papers(at=LATER, by=NIGHTLY, after=last) == (0, "")
    for credential in Credential.objects.all():
        verdict = queries.verify(raw=f"P1.{credential.signed_words}", at=LATER, by=VISITOR)
        assert verdict.word == "valid" and verdict.paper.signed_at == LATER


def test_before_that_the_paper_has_the_address_alone_and_the_words_of_the_records():
    without_words(learners=1)
    facts = queries.certificate_facts(credential=Credential.objects.get(), by=VISITOR)
    assert facts.codes == () and facts.learner_names


def test_an_issuer_whose_key_has_ended_signs_no_paper():
    without_words(learners=1)
    SigningKey.objects.update(valid_before=SIGNED_AT + timedelta(days=1))
    signed, after = actions.sign_papers(at=LATER, by=NIGHTLY)
    assert signed == 0 and after and queries.count_without_words(by=NIGHTLY) == 1


def test_nobody_else_has_papers_signed():
    with pytest.raises(AccessDenied):
        actions.sign_papers(at=LATER, by=VISITOR)
    with pytest.raises(AccessDenied):
        queries.count_without_words(by=VISITOR)


def test_an_erasure_takes_the_words_of_the_paper_down_too():
    credential = make_credential()
    assert credential.signed_words
    forget([credential.enrolment.person_id], wish=SignedTexts.FORGET, at=LATER, by=NIGHTLY)
    credential.refresh_from_db()
    assert credential.signed_words == "" == credential.document


def test_a_certificate_that_ends_and_one_of_another_site_say_so_on_paper():
    make_credential(expires_before=(SIGNED_AT + timedelta(days=400)).date())
    credential = Credential.objects.get()
    verdict = queries.verify(raw=f"P1.{credential.signed_words}", at=LATER, by=VISITOR)
    assert verdict.paper.last_day == credential.expires_before - timedelta(days=1)
    assert verdict.paper.issued_on == credential.issued_on
    late = queries.verify(raw=f"P1.{credential.signed_words}", at=LATER + timedelta(days=600), by=VISITOR)
    assert late.word == "expired"
