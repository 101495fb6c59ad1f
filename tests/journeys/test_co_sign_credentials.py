"""Several members sign one credential, each with its own key by its own key holder; before the last one nothing is given out."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.journeys.award_credentials import award_cohort
from corridor.journeys.co_sign_credentials import co_sign_credentials
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, Entitlement
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.queries.joint import signers_missing
from corridor.rooms.credentials.refusals import NoSigningKey, NotEntitled, NothingToSign, SeveralSign
from corridor.rooms.members.models import Organisation
from tests.factories.actors import make_actor
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_assessed_cohort, make_entitlement, make_key
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 2, 2, tzinfo=UTC)


@pytest.fixture
def cohort():
    cohort = make_assessed_cohort(learners=2)
    for each in signers():
        make_key(each)
        make_entitlement(cohort, issuer=each)
    return cohort


def signers():
    if not Organisation.objects.filter(reference="colombo").exists():
        make_member("colombo", country="LK")
    return list(Organisation.objects.filter(reference__in=["vientiane", "colombo"]).order_by("reference"))


def award(cohort, **more):
    issuer = Organisation.objects.get(reference="chongqing")
    given = {"signers": signers(), **more}
    return award_cohort(cohort=cohort, issuer=issuer, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, wait=True, **given)


def sign(member, *, by=NIGHTLY, at=SIGNED_AT + timedelta(hours=1), **more):
    return co_sign_credentials(organisation=member, at=at, by=by, **more)


def verdict(credential):
    return queries.verify(raw=credential.document, at=LATER, by=NIGHTLY)


def test_with_the_last_signature_it_is_issued_and_verified_signer_by_signer(cohort):
    colombo, vientiane = signers()
    assert award(cohort).awards == 2 and cohort.status == "assessed"
    waiting = Credential.objects.filter(status="draft", document="")
    assert waiting.count() == 2 and cohort.changes.filter(to_status="certified").count() == 0
    assert signers_missing(cohort=cohort, by=NIGHTLY) == [colombo, vientiane]
    assert [each.document for each in sign(vientiane)] == ["", ""]
    assert signers_missing(cohort=cohort, by=NIGHTLY) == [colombo]
    with pytest.raises(NotFound):
        queries.get_credential_by_token(token=waiting[0].token, by=NIGHTLY)
    assert all(each.document for each in sign(colombo))
    cohort.refresh_from_db()
    assert cohort.status == "certified" and not Credential.objects.exclude(prepared="").exists()
    found = verdict(Credential.objects.first())
    assert found.word == Word.VALID
    for name in (CheckName.SIGNATURE, CheckName.ISSUER, CheckName.SCOPE):
        assert [each.result for each in found.checks if each.name == name] == [Result.PASS] * 3
    assert [did.rpartition(":")[2] for did, _name in found.said.signers] == ["colombo", "vientiane"]


def test_each_signer_must_be_entitled_and_is_named_once(cohort):
    colombo, vientiane = signers()
    Entitlement.objects.filter(issuer=colombo).delete()
    with pytest.raises(NotEntitled, match="colombo"):
        award(cohort)
    with pytest.raises(BadInput):
        award(cohort, signers=[vientiane, vientiane])
    with pytest.raises(BadInput):
        award(cohort, signers=[Organisation.objects.get(reference="chongqing")])
    assert not Credential.objects.exists()


def test_only_who_keeps_a_member_s_keys_signs_for_it(cohort):
    colombo, vientiane = signers()
    award(cohort)
    with pytest.raises(AccessDenied):
        sign(vientiane, by=make_actor("key_holder", ("member", colombo.pk)))
    with pytest.raises(AccessDenied):
        sign(vientiane, by=make_actor("secretariat"))
    assert len(sign(vientiane, by=make_actor("key_holder", ("member", vientiane.pk)))) == 2
    assert len(sign(colombo, by=make_actor("key_holder", ("member", colombo.pk)))) == 2
    cohort.refresh_from_db()
    assert cohort.status == "certified"


def test_nobody_signs_twice_or_without_a_key(cohort):
    vientiane = signers()[1]
    award(cohort)
    with pytest.raises(NoSigningKey):
        sign(vientiane, at=SIGNED_AT - timedelta(days=400))
    first = Credential.objects.order_by("reference")[:1]
    assert len(sign(vientiane, credentials=first)) == 1 and len(sign(vientiane)) == 1
    with pytest.raises(NothingToSign):
        sign(vientiane)


def test_a_proof_taken_out_of_the_set_is_missed(cohort):
    award(cohort)
    for each in signers():
        sign(each)
    document = json.loads(Credential.objects.first().document)
    document["proof"].pop()
    assert queries.verify(raw=json.dumps(document), at=LATER, by=NIGHTLY).word == Word.TAMPERED


def test_it_takes_no_form_with_one_signature(cohort):
    award(cohort)
    for each in signers():
        sign(each)
    credential = Credential.objects.select_related("issuer").first()
    with pytest.raises(SeveralSign):
        queries.credential_token(credential=credential, at=LATER, by=NIGHTLY)


def test_what_replaces_it_waits_for_the_same_signers(cohort):
    award(cohort)
    for each in signers():
        sign(each)
    old = Credential.objects.order_by("reference").first()
    new = actions.replace_credential(
        credential=old, on=AWARDED_ON, at=SIGNED_AT + timedelta(hours=2), by=NIGHTLY, why=Why.NAME_CORRECTED
    )
    assert [each.organisation.reference for each in new.signers.all()] == ["colombo", "vientiane"]
    assert new.status == "draft"
    for each in signers():
        sign(each, at=SIGNED_AT + timedelta(hours=3))
    new.refresh_from_db()
    assert verdict(new).word == Word.VALID
