"""What is signed beside names and units: level, languages, the site that day, evidence by consent, what it counts as."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import store_document
from corridor.rooms.assessment.models import Decision, Evidence
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import state_recognitions
from corridor.rooms.credentials.drafts import RecognitionDraft
from corridor.rooms.credentials.models import Credential, CredentialKind, RecognitionKind
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotDecidedByDocument
from corridor.rooms.credentials.standing_behind import hash_address
from corridor.rooms.people.models import Purpose
from corridor.rooms.people.purposes import CERTIFICATE_EVIDENCE
from tests.factories.credentials import SIGNED_AT, award, make_assessed_cohort
from tests.factories.curricula import make_level

pytestmark = pytest.mark.django_db
SHA = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069"


@pytest.fixture
def cohort():
    return make_assessed_cohort(learners=1)


def issued(cohort):
    award(cohort)
    credential = Credential.objects.get()
    assert queries.verify(raw=credential.document, at=datetime(2024, 2, 2, tzinfo=UTC), by=NIGHTLY).word == Word.VALID
    return read_object(credential.document)


def evidence_of(document, genre):
    return [each for each in document["evidence"] if each["genre"] == genre]


def test_the_level_is_named_with_its_framework_and_edition(cohort):
    version = cohort.curriculum_version
    version.level = make_level(framework="CN-SKILL", edition="2018", code="4")
    version.save(update_fields=["level"])
    (alignment,) = issued(cohort)["credentialSubject"]["achievement"]["alignment"]
    assert (alignment["targetFramework"], alignment["targetCode"]) == ("CN-SKILL 2018", "4")
    assert "CN-SKILL, 2018: level 4" in alignment["targetName"]


def test_the_languages_of_instruction_are_said_in_their_order(cohort):
    cohort.languages.all().delete()
    for position, language in enumerate(("lo", "zh-Hans"), start=1):
        cohort.languages.create(position=position, language=language)
    said = issued(cohort)["credentialSubject"]["achievement"]["description"]
    assert said.endswith(("Taught in Lao, Simplified Chinese.", "Taught in Lao, Chinese (Simplified)."))


def evidence(cohort, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    decision = Decision.objects.filter(enrolment__cohort=cohort).order_by("unit__position").first()
    document = store_document(
        reference="video-1",
        title="A video",
        file_name="video.pdf",
        content=b"%PDF-1.7 moving",
        attested_by="",
        attested_on=None,
        visibility=Visibility.RESTRICTED,
        at=SIGNED_AT,
        by=NIGHTLY,
    )
    for number, sha in enumerate((SHA, "0" * 64)):
        Evidence.objects.create(
            enrolment=decision.enrolment, unit=decision.unit, attempt=decision.attempt, kind="video", file_name="video.mp4",
            size=6, sha256=sha, caption="Khamla at the bench", added_at=SIGNED_AT, added_by="assessor",
            document=None if number else document,
        )  # fmt: skip


def test_evidence_is_named_by_its_hash_and_only_where_the_learner_agrees(cohort, settings, tmp_path):
    evidence(cohort, settings, tmp_path)
    Purpose.objects.create(code=CERTIFICATE_EVIDENCE, legal_basis="contract", need="required")
    document = issued(cohort)
    (shown,) = evidence_of(document, "shown")
    assert shown == {"id": hash_address(SHA), "type": ["Evidence"], "name": "VI-1: video", "genre": "shown"}
    assert shown["id"] == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    assert "Khamla at the bench" not in str(document)


def test_without_consent_no_evidence_is_named(cohort, settings, tmp_path):
    evidence(cohort, settings, tmp_path)
    Purpose.objects.create(code=CERTIFICATE_EVIDENCE, legal_basis="consent", need="optional")
    assert evidence_of(issued(cohort), "shown") == []


def test_that_a_site_was_capable_is_said_only_where_the_records_show_it(cohort):
    assert "description" not in evidence_of(issued(cohort), "site")[0]


def draft(cohort, **changes):
    given = {
        "programme": cohort.programme, "credential_kind": CredentialKind.AWARD, "country": "LA",
        "recognition": RecognitionKind.REFERENCED, "starts_on": date(2023, 1, 1), "authority": "Ministry of Education",
        "decided_on": date(2022, 12, 1),
    }  # fmt: skip
    return RecognitionDraft(**(given | changes))


@pytest.fixture
def decree(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return store_document(
        reference="decree-14",
        title="Decree 14",
        file_name="decree.pdf",
        content=b"%PDF-1.7 decree",
        attested_by="Registry",
        attested_on=date(2023, 1, 1),
        visibility=Visibility.PUBLIC,
        at=SIGNED_AT,
        by=NIGHTLY,
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"document": None}, "needs the authority and its document"),
        ({"decided_on": None}, "Say that day"),
        ({"decided_on": date(2023, 1, 2)}, "Say that day"),
        ({}, "names a level in a framework of LA"),
        ({"credential_kind": CredentialKind.ATTENDANCE, "recognition": RecognitionKind.NATIONAL}, "as nothing more"),
    ],
    ids=["no document", "no day", "decided later", "no level", "attendance"],
)
def test_a_recognition_that_no_record_proves_is_refused(cohort, decree, changes, said):
    with pytest.raises(NotDecidedByDocument, match=said):
        state_recognitions(statements=[draft(cohort, **({"document": decree} | changes))], by=NIGHTLY)


def test_what_is_proven_is_signed_with_its_document_and_day(cohort, decree):
    version = cohort.curriculum_version
    version.level = make_level(framework="LA-NQF", edition="2020")
    version.save(update_fields=["level"])
    state_recognitions(statements=[draft(cohort, document=decree)], by=NIGHTLY)
    said = issued(cohort)["description"]
    assert said == (
        "Laos: referenced to the national framework, which is not recognition (Ministry of Education; Decree 14; decided on 2022-12-01)."
    )
