"""Who may read which credential, and what a holder's token opens."""

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import NotFound
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import draft_credentials
from corridor.rooms.credentials.drafts import CredentialDraft
from corridor.rooms.credentials.models import Credential, CredentialKind
from corridor.rooms.members.models import Organisation
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import AWARDED_ON, award, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db


def test_each_sees_their_own_their_sites_or_all():
    credential = make_credential()
    site, person = credential.cohort.site_id, credential.enrolment.person_id
    for by in (
        make_actor("secretariat"), make_actor("auditor"), make_actor("site_manager", ("site", site)),
        make_actor("learner", ("person", person)),
    ):  # fmt: skip
        assert queries.get_credential(reference=credential.reference, by=by) == credential
    for by in (
        VISITOR,
        make_actor("coordinator", ("member", credential.issuer_id)),
        make_actor("learner", ("person", site)),
    ):
        with pytest.raises(NotFound):
            queries.get_credential(reference=credential.reference, by=by)
        assert queries.list_credentials(by=by) == []


def test_a_list_of_many_takes_as_many_statements_as_a_list_of_few(django_assert_num_queries):
    few, many = make_assessed_cohort("COH-2023-001", learners=2), make_assessed_cohort("COH-2023-002", learners=20)
    for cohort, learners in ((few, 2), (many, 20)):
        award(cohort)
        with django_assert_num_queries(2):
            rows = queries.list_credentials(by=NIGHTLY, cohort=cohort)
        assert len(rows) == learners and rows[0].name.own_name


def test_a_token_opens_an_issued_credential_and_nothing_else():
    credential = make_credential()
    assert queries.get_credential_by_token(token=credential.token, by=VISITOR) == credential
    for token in (credential.reference, credential.token[:-1], ""):
        with pytest.raises(NotFound):
            queries.get_credential_by_token(token=token, by=VISITOR)


def test_a_draft_is_shown_to_no_token():
    cohort = make_assessed_cohort(learners=1)
    drafts = [CredentialDraft(enrolment=cohort.enrolments.get(), kind=CredentialKind.AWARD, decisions=())]
    issuer = Organisation.objects.get(reference="chongqing")
    (draft,) = draft_credentials(cohort=cohort, issuer=issuer, drafts=drafts, on=AWARDED_ON, by=NIGHTLY)
    with pytest.raises(NotFound):
        queries.get_credential_by_token(token=draft.token, by=VISITOR)
    assert len(draft.token) == 22 and Credential.objects.get().document == ""


def test_what_nobody_publishes_is_not_found():
    credential = make_credential()
    assert queries.get_status_list(reference="chongqing", number=1, by=VISITOR).signed_list
    with pytest.raises(NotFound):
        queries.get_status_list(reference="chongqing", number=2, by=VISITOR)
    with pytest.raises(NotFound):
        queries.get_status_list(reference=credential.cohort.site.host.reference, number=1, by=VISITOR)


def test_the_bars_of_the_paper_are_found_by_the_credentials_own_id():
    credential = make_credential()
    found = queries.certificate_facts(credential=credential, by=VISITOR)
    assert queries.printed_bars(identifier=f"urn:uuid:{credential.pk}", by=VISITOR) == found.bars
    for other in (f"urn:uuid:{credential.issuer_id}", "https://elsewhere.example/c/1", ""):
        assert queries.printed_bars(identifier=other, by=VISITOR) is None


def test_keys_are_listed_without_their_private_halves():
    issuer = make_credential().issuer
    (key,) = queries.list_keys(organisation=issuer, by=VISITOR)
    assert key.get_deferred_fields() == {"sealed_private"}
    assert queries.get_key(organisation=issuer, fragment=key.fragment, by=VISITOR) == key
    with pytest.raises(NotFound):
        queries.get_key(organisation=issuer, fragment="key-1999", by=VISITOR)
