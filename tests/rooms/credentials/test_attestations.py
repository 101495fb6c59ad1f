"""What members sign outside of a cohort: endorsements in their own words, and who trains and assesses by the records of the day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.assessment.models import Licence
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import revoke_credential
from corridor.rooms.credentials.actions.attesting import (
    EndorsementDraft,
    attest_person,
    change_attestation,
    give_endorsement,
)
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.models import Attestation, AttestationKind, Entitlement
from corridor.rooms.credentials.personal_data import SignedTexts, forget, personal_data
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Word
from corridor.rooms.credentials.queries import attestations
from corridor.rooms.credentials.refusals import NameNotConfirmed, NoSigningKey, NotEntitled, NothingProved, NotInForce
from corridor.rooms.members.refusals import DayToCome
from corridor.rooms.training.models import Trainer, TrainerUnit
from tests.factories.actors import make_actor
from tests.factories.credentials import AWARDED_ON, SIGNED_AT, make_credential, make_key
from tests.factories.members import make_member
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
LATER = datetime(2024, 2, 2, tzinfo=UTC)
SAID = {"en": "We hire who holds it.", "lo": "ພວກເຮົາຮັບຜູ້ທີ່ມີໃບນີ້."}


@pytest.fixture
def credential():
    return make_credential()


@pytest.fixture
def company():
    member = make_member("mekong-motors", kind="company", country="LA")
    make_key(member)
    return member


def give(endorser, about, *, by=NIGHTLY, at=SIGNED_AT, **more):
    draft = EndorsementDraft(endorser=endorser, about=about, **{"claims": SAID, **more})
    return give_endorsement(draft=draft, on=AWARDED_ON, at=at, by=by)


def verdict(attestation, at=LATER):
    return queries.verify(raw=attestation.document, at=at, by=NIGHTLY)


def change(attestation, to, *, by=NIGHTLY):
    return change_attestation(
        attestation=attestation, to=to, on=AWARDED_ON + timedelta(days=1), at=SIGNED_AT + timedelta(days=1), by=by,
        why=Why.UNDER_REVIEW,
    )  # fmt: skip


def test_a_company_endorses_a_certificate_what_is_taught_and_a_member(credential, company):
    chongqing, version = credential.issuer, credential.cohort.curriculum_version
    made = [give(company, about) for about in (credential, version, chongqing)]
    said = [verdict(each).said for each in made]
    assert [verdict(each).word for each in made] == [Word.VALID] * 3
    assert said[0].endorses == queries.verify(raw=credential.document, at=LATER, by=NIGHTLY).said.id
    assert said[1].endorses.endswith("/curricula/vehicle-inspection/1.0#award")
    assert said[2].endorses.endswith(":members:chongqing") and said[2].texts["claim"]["lo"].startswith("ພວກ")
    assert [each.reference for each in attestations.endorsements_of(credential=credential, by=NIGHTLY)] == [
        made[0].reference
    ]
    places = {(each.status_list_id, each.status_index) for each in made}
    assert len(places) == 3


def test_the_endorsement_has_a_status_of_its_own(credential, company):
    made = give(company, credential)
    change(made, AttestationStatus.SUSPENDED)
    assert verdict(made).word == Word.SUSPENDED
    assert attestations.endorsements_of(credential=credential, by=NIGHTLY) == []
    change(made, AttestationStatus.ISSUED)
    change(made, AttestationStatus.REVOKED)
    found = verdict(made)
    assert found.word == Word.REVOKED and found.named(CheckName.STATUS).places["why"] == "under-review"
    assert queries.verify(raw=credential.document, at=LATER, by=NIGHTLY).word == Word.VALID


def test_it_ends_on_its_last_day(credential, company):
    made = give(company, credential, expires_before=date(2023, 8, 1))
    assert verdict(made, datetime(2023, 7, 31, 3, tzinfo=UTC)).word == Word.VALID
    assert verdict(made).word == Word.EXPIRED


def test_only_who_keeps_its_keys_speaks_for_a_member(credential, company):
    for actor in (make_actor("secretariat"), make_actor("key_holder", ("member", credential.issuer_id))):
        with pytest.raises(AccessDenied):
            give(company, credential, by=actor)
    made = give(company, credential, by=make_actor("key_holder", ("member", company.pk)))
    with pytest.raises(AccessDenied):
        change(made, AttestationStatus.REVOKED, by=make_actor("secretariat"))


@pytest.mark.parametrize(
    "claims", [{}, {"en": "  "}, {"no language": "Good"}, {"en": "x" * 2_001}], ids=["none", "empty", "tag", "long"]
)
def test_a_claim_that_cannot_be_said_is_refused(credential, company, claims):
    with pytest.raises(BadInput):
        give(company, credential, claims=claims)
    assert not Attestation.objects.exists()


def test_nobody_endorses_themselves_a_revoked_certificate_or_without_a_key(credential, company):
    with pytest.raises(BadInput):
        give(credential.issuer, credential)
    with pytest.raises(BadInput):
        give(company, company)
    with pytest.raises(NoSigningKey):
        give(make_member("no-key"), credential)
    revoke_credential(
        credential=credential, on=AWARDED_ON, at=SIGNED_AT, by=NIGHTLY, why=Why.AWARDED_IN_ERROR
    )  # fmt: skip
    with pytest.raises(NotInForce):
        give(company, credential)


def test_who_is_no_member_that_day_endorses_nothing(credential):
    stranger = (
        make_member("stranger", status="applied") if False else make_member("stranger", active_from=date(2024, 1, 1))
    )
    make_key(stranger)
    with pytest.raises(NotEntitled):
        give(stranger, credential)


@pytest.fixture
def nimali():
    person = make_person("nimali", own_name="Nimali Perera", own_language="en", romanised_name="")
    person.certificate_names.create(
        language="en", full_name="Nimali Perera", confirmed_on=AWARDED_ON, confirming="paper", attested_by="College office",
        written_by="secretariat",
    )  # fmt: skip
    return person


def attest(credential, kind, person, **more):
    given = {"right": Entitlement.objects.get(), "by": NIGHTLY, **more}
    return attest_person(
        kind=kind, person=person, version=credential.cohort.curriculum_version, on=AWARDED_ON, at=SIGNED_AT, **given
    )


def test_an_assessor_is_attested_by_licences_in_force(credential, nimali):
    first, second = credential.cohort.curriculum_version.units.order_by("position")
    with pytest.raises(NothingProved):
        attest(credential, AttestationKind.ASSESSOR, nimali)
    Licence.objects.create(person=nimali, unit=first, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    Licence.objects.create(
        person=nimali, unit=second, starts_on=date(2022, 1, 1), ends_before=date(2023, 1, 1), granted_by="Secretariat"
    )
    found = verdict(attest(credential, AttestationKind.ASSESSOR, nimali))
    assert (found.word, found.said.kind, found.said.learner_names) == (Word.VALID, "License", ("Nimali Perera",))
    assert [unit.name.split()[0] for unit in found.said.units] == [first.code]
    assert found.named(CheckName.SCOPE).result == Result.PASS


def test_a_day_that_has_not_begun_at_the_site_is_not_attested(credential, nimali):
    unit = credential.cohort.curriculum_version.units.order_by("position").first()
    Licence.objects.create(person=nimali, unit=unit, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    right, day = Entitlement.objects.select_related("issuer", "site", "programme").get(), AWARDED_ON + timedelta(days=1)
    right.site.zone = "Asia/Colombo"
    at = datetime.combine(day, time(1), ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    given = {
        "kind": AttestationKind.ASSESSOR, "person": nimali, "version": credential.cohort.curriculum_version, "right": right,
        "at": at, "by": NIGHTLY,
    }  # fmt: skip
    with pytest.raises(DayToCome):
        attest_person(on=day, **given)
    assert verdict(attest_person(on=AWARDED_ON, **given), at=at).word == Word.VALID


def test_a_trainer_is_attested_by_the_register(credential, nimali):
    unit = credential.cohort.curriculum_version.units.first()
    trainer = Trainer.objects.create(person=nimali, held_from=date(2023, 8, 1))
    TrainerUnit.objects.create(trainer=trainer, unit=unit, allowed_on=date(2023, 1, 1))
    with pytest.raises(NothingProved):
        attest(credential, AttestationKind.TRAINER, nimali)
    Trainer.objects.update(held_from=date(2023, 1, 1))
    found = verdict(attest(credential, AttestationKind.TRAINER, nimali))
    assert (found.word, found.said.kind) == (Word.VALID, "Certification")


def test_who_is_attested_has_confirmed_the_name_and_the_issuer_is_entitled(credential, nimali):
    unit = credential.cohort.curriculum_version.units.first()
    Licence.objects.create(person=nimali, unit=unit, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    with pytest.raises(AccessDenied):
        attest(credential, AttestationKind.ASSESSOR, nimali, by=make_actor("key_holder"))
    Entitlement.objects.update(ends_before=AWARDED_ON)
    with pytest.raises(NotEntitled):
        attest(credential, AttestationKind.ASSESSOR, nimali)
    Entitlement.objects.update(ends_before=None)
    nimali.certificate_names.all().delete()
    with pytest.raises(NameNotConfirmed):
        attest(credential, AttestationKind.ASSESSOR, nimali)


def test_a_person_s_attestation_is_theirs_told_to_them_and_goes_with_them(credential, nimali):
    unit = credential.cohort.curriculum_version.units.first()
    Licence.objects.create(person=nimali, unit=unit, starts_on=date(2023, 1, 1), granted_by="Secretariat")
    made = attest(credential, AttestationKind.ASSESSOR, nimali)
    with pytest.raises(NotFound):
        attestations.get_attestation(
            reference=made.reference, by=make_actor("trainer", ("cohort", credential.cohort_id))
        )
    holder = make_actor("learner", ("person", nimali.pk))
    assert attestations.get_attestation(reference=made.reference, by=holder) == made
    (part,) = [each for each in personal_data([nimali.pk]) if each.code == "attestations"]
    assert part.rows[0]["reference"] == made.reference
    assert forget([nimali.pk], wish=SignedTexts.FORGET, at=LATER, by=NIGHTLY) == 1
    made.refresh_from_db()
    assert (made.document, bool(made.document_sha256)) == ("", True)
    with pytest.raises(NotFound):
        attestations.get_attestation_by_token(token=made.token, by=NIGHTLY)
