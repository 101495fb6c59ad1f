"""What members sign outside of cohorts lasts as certificates do: in the trees of the days, when a key is stolen, and after records were put back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from jsonschema import Draft4Validator

from corridor.foundations.access import NIGHTLY
from corridor.journeys.guard_keys import distrust_key
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions.attesting import change_attestation
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.drafts import Compromise, Why
from corridor.rooms.credentials.jwt.tokens import read_token
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.models import Attestation, AttestationChange, SigningKey, StatusList, TreeLeaf
from corridor.rooms.credentials.personal_data import SignedTexts, forget
from corridor.rooms.credentials.proofs.trees import check_inclusion
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotYetInATree
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import (
    SIGNED_AT,
    make_alliance_key,
    make_assessors_licence,
    make_credential,
    make_endorsement,
    make_key,
)
from tests.factories.members import make_member
from tests.rooms.credentials.proofs.vectors import vectors

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)


@pytest.fixture
def credential():
    return make_credential()


@pytest.fixture
def company():
    member = make_member("mekong-motors", kind="company", country="LA")
    make_key(member)
    return member


def revoke(attestation: Attestation, at: datetime = AT, to: AttestationStatus = AttestationStatus.REVOKED) -> None:
    change_attestation(attestation=attestation, to=to, on=at.date(), at=at, by=NIGHTLY, why=Why.UNDER_REVIEW)


def word(attestation: Attestation, at: datetime = AT) -> Word:
    return queries.verify(raw=attestation.document, at=at, by=VISITOR).word


def grow(day: int):
    at = AT.replace(day=day)
    return actions.grow_tree(on=at.date(), at=at, by=NIGHTLY)


def test_attestations_stand_in_the_tree_of_their_day_with_what_becomes_of_them(credential, company):
    make_alliance_key()
    endorsed, licence = make_endorsement(company, credential), make_assessors_licence(credential)
    with pytest.raises(NotYetInATree):
        queries.proof_of(credential=endorsed, by=VISITOR)
    first = grow(2)
    revoke(endorsed)
    second = grow(3)
    assert (first.size, second.size) == (3, 1)
    for signed, tree, status in ((licence, first, "issued"), (endorsed, second, "revoked")):
        proof = queries.proof_of(credential=signed, by=VISITOR)
        found = check_inclusion(
            signed.document.encode(), proof, checkpoint=json.loads(tree.document), alliance=alliance_document()
        )
        assert (found.status, found.number) == (status, tree.number)


def test_a_member_that_only_endorses_makes_a_tree_due_too(company):
    make_alliance_key()
    assert not actions.tree_is_due(on=AT.date(), by=NIGHTLY)
    make_endorsement(company, make_member("colombo"))
    assert actions.tree_is_due(on=AT.date(), by=NIGHTLY)


def test_of_somebody_who_was_erased_the_fingerprint_stands_in_the_tree(credential):
    make_alliance_key()
    licence = make_assessors_licence(credential)
    text = licence.document.encode()
    forget([licence.person_id], wish=SignedTexts.FORGET, at=AT, by=NIGHTLY)
    tree = grow(2)
    proof = queries.proof_of(credential=licence, by=VISITOR)
    assert check_inclusion(text, proof, checkpoint=json.loads(tree.document)).status == "issued"
    assert TreeLeaf.objects.filter(attestation_change__isnull=False).count() == 1


def test_what_a_stolen_key_attested_is_listed_and_given_again(credential, company):
    before = make_endorsement(company, credential.issuer)
    stolen = datetime(2023, 8, 1, tzinfo=UTC)
    after = make_endorsement(company, credential, at=stolen + timedelta(days=1))
    ended = make_endorsement(company, credential.cohort.curriculum_version, at=stolen + timedelta(days=1))
    revoke(ended)
    key = SigningKey.objects.get(organisation=company)
    compromise = Compromise(key=key, since=stolen)
    dry = distrust_key(compromise=compromise, on=AT.date(), at=AT, by=NIGHTLY, reissue=True, dry_run=True)
    assert len(dry.given_again) == 1 and Attestation.objects.count() == 3
    found = distrust_key(compromise=compromise, on=AT.date(), at=AT, by=NIGHTLY)
    assert list(found.attestations) == [after] and not found.given_again
    assert (word(before), word(after)) == (Word.VALID, Word.KEY_COMPROMISED)
    holder = make_actor("key_holder", ("member", company.pk))
    key.refresh_from_db()
    assert queries.affected_attestations(key=key, by=holder) == [after]
    with pytest.raises(AccessDenied):
        queries.affected_attestations(key=key, by=make_actor("key_holder", ("member", credential.issuer_id)))
    (again,) = actions.give_again(
        attestations=[after], on=AT.date(), at=AT, by=holder, why=Why.KEY_COMPROMISED
    )  # fmt: skip
    assert word(again) == Word.VALID and again.credential == credential
    assert dict(again.texts.values_list("language", "text")) == {"en": "We hire who holds it."}
    after.refresh_from_db()
    assert after.status == "revoked" and queries.affected_attestations(key=key, by=NIGHTLY) == []


def test_who_assesses_is_attested_again_by_the_licences_of_today(credential):
    licence = make_assessors_licence(credential)
    key = SigningKey.objects.get()
    compromise = Compromise(key=key, since=SIGNED_AT)
    found = distrust_key(compromise=compromise, on=AT.date(), at=AT, by=NIGHTLY, reissue=True)
    assert [each.person_id for each in found.given_again] == [licence.person_id]
    assert word(found.given_again[0]) == Word.VALID and len(found.reissued) == 1


def test_what_nothing_proves_any_more_is_left_on_the_list(credential):
    licence = make_assessors_licence(credential)
    person = licence.person
    person.certificate_names.update(ended_at=AT)
    key = SigningKey.objects.get()
    found = distrust_key(compromise=Compromise(key=key, since=SIGNED_AT), on=AT.date(), at=AT, by=NIGHTLY)
    again = actions.give_again(
        attestations=found.attestations, on=AT.date(), at=AT, by=NIGHTLY, why=Why.KEY_COMPROMISED
    )  # fmt: skip
    key.refresh_from_db()
    assert again == [] and queries.affected_attestations(key=key, by=NIGHTLY) == [licence]


def test_a_revoked_endorsement_does_not_come_to_life_when_an_older_copy_is_put_back(
    credential, company, django_capture_on_commit_callbacks
):
    made = make_endorsement(company, credential)
    listed = StatusList.objects.get(organisation=company)
    with django_capture_on_commit_callbacks(execute=True):
        revoke(made)
    listed.save()
    AttestationChange.objects.filter(attestation=made, to_status="revoked").delete()
    Attestation.objects.filter(pk=made.pk).update(status="issued")
    (done,) = actions.catch_up(on=AT.date(), at=AT, by=NIGHTLY)
    made.refresh_from_db()
    assert (done.credentials, done.strays, made.status, word(made)) == ((made.reference,), 0, "revoked", Word.REVOKED)


def test_lists_that_are_signed_again_keep_what_they_say_of_attestations(credential, company, settings):
    settings.STATUS_LIST_DAYS = 14
    first, second = make_endorsement(company, credential), make_endorsement(company, credential.issuer)
    revoke(first)
    later = AT + timedelta(days=9)
    assert actions.renew_lists(at=later, by=NIGHTLY) == 2
    actions.rotate_key(key=SigningKey.objects.get(organisation=company), at=later, by=NIGHTLY)
    assert (word(first, later), word(second, later)) == (Word.REVOKED, Word.VALID)


def test_the_learner_record_holds_what_its_holder_was_attested_as_and_what_members_say(credential, company):
    make_alliance_key()
    licence, endorsed = make_assessors_licence(credential), make_endorsement(company, credential)
    revoke(make_endorsement(company, credential))
    make_endorsement(company, credential, expires_before=date(2023, 9, 1))
    reference = credential.enrolment.person.reference
    claims = read_token(queries.transcript_clr(person=reference, at=AT, by=NIGHTLY)).claims
    inside = claims["credentialSubject"]["verifiableCredential"]
    assert [each["id"] for each in inside] == [f"urn:uuid:{each.pk}" for each in (credential, licence)]
    assert [each["id"] for each in claims["endorsement"]] == [f"urn:uuid:{endorsed.pk}"]
    for each in (*inside, *claims["endorsement"]):
        assert queries.verify(raw=json.dumps(each), at=AT, by=VISITOR).word == Word.VALID
    schema = json.loads((vectors("ob3-schema") / "clr_v2p0_clrcredential_schema_draft4.json").read_text())
    # As in transcripts/test_transcripts.py: the schema at hand is of data model 1.1.
    for each in (*inside, *claims["endorsement"]):
        each["issuanceDate"] = each["validFrom"]
        each["credentialStatus"] = {name: each["credentialStatus"][name] for name in ("id", "type")}
    claims["issuanceDate"] = claims["validFrom"]
    # And there an endorsement had no name yet, and nothing but the older word for its day.
    claims["endorsement"] = [
        {name: value for name, value in each.items() if name not in ("name", "validFrom")}
        for each in claims["endorsement"]
    ]
    assert [error.message[:90] for error in Draft4Validator(schema).iter_errors(claims)] == []
