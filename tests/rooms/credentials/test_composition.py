"""What is signed beside names and units: level, languages, the site that day, evidence by consent, what it counts as."""

import json
from datetime import UTC, date, datetime

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import store_document
from corridor.rooms.assessment.models import Decision, Evidence
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.actions import state_recognitions
from corridor.rooms.credentials.certificates.gathering import gather_facts
from corridor.rooms.credentials.drafts import RecognitionDraft
from corridor.rooms.credentials.models import Credential, CredentialKind, RecognitionKind
from corridor.rooms.credentials.proofs.composing import HOURS_OF_UNITS
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.proofs.verdicts import Word
from corridor.rooms.credentials.refusals import NotDecidedByDocument
from corridor.rooms.credentials.standing_behind import hash_address
from corridor.rooms.curricula.actions import claim_mapping
from corridor.rooms.curricula.drafts import ForeignUnitDraft, MappingDraft
from corridor.rooms.curricula.models import Relation
from corridor.rooms.curricula.written import TextState
from corridor.rooms.members.models import Organisation
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


def test_reviewed_titles_are_signed_in_their_languages_and_drafts_are_not(cohort):
    version, unit = cohort.curriculum_version, cohort.curriculum_version.units.order_by("position").first()
    version.titles.exclude(language="en").delete()
    unit.titles.exclude(language="en").delete()
    version.titles.create(language="lo", text="ກວດກາລົດ", text_state=TextState.REVIEWED)
    version.titles.create(language="zh-Hans", text="车辆检测", text_state=TextState.DRAFT)
    version.titles.create(language="ur", text="گاڑی", text_state=TextState.STALE)
    unit.titles.create(language="zh-Hans", text="刹车", text_state=TextState.REVIEWED)
    achievement = issued(cohort)["credentialSubject"]["achievement"]
    (edition,) = achievement["related"]
    assert (edition["inLanguage"], edition["name"]) == ("lo", "ກວດກາລົດ")
    assert achievement["resultDescription"][0]["narrative"] == [{"@value": f"{unit.code} 刹车", "@language": "zh-hans"}]
    (paper,) = gather_facts(list(Credential.objects.all()))
    assert set(paper.title) == set(paper.units[0].titles) == {"en"}, (
        "a paper is in languages that have all of its titles"
    )


def achievement_of(credential):
    return json.loads(credential.document)["credentialSubject"]["achievement"]


def test_the_hours_of_the_units_are_signed(cohort):
    hours = sum(row.hours for unit in cohort.curriculum_version.units.all() for row in unit.hours.all())
    award(cohort)
    (credential,) = Credential.objects.all()
    said = queries.verify(raw=credential.document, at=datetime(2024, 2, 2, tzinfo=UTC), by=NIGHTLY).said
    assert hours and said.measured == ((HOURS_OF_UNITS, str(hours)),)
    taken = {unit.code: sum(row.hours for row in unit.hours.all()) for unit in cohort.curriculum_version.units.all()}
    assert {unit.name.split()[0]: unit.hours for unit in said.units} == {
        code: str(each) for code, each in taken.items()
    }
    written = {each["id"].partition("#")[2]: each for each in achievement_of(credential)["resultDescription"]}
    code = next(iter(taken))
    assert written[f"{code}-hours"]["name"] == f"{code}: hours" and written[f"{code}-hours"]["resultType"] == "Result"
    (paper,) = gather_facts([credential])
    assert paper.hours == hours


def test_criteria_are_told_in_a_language_only_where_all_of_them_are(cohort):
    first, second = cohort.curriculum_version.units.order_by("position")[:2]
    for unit in (first, second):
        element = unit.elements.create(position=90)
        criterion = element.criteria.create(position=1)
        for language in ("en", "zh-Hans", "lo"):
            if (unit, language) != (second, "lo"):
                criterion.texts.create(language=language, text=f"{language} {unit.code}", text_state=TextState.REVIEWED)
    for language in ("zh-Hans", "lo"):
        cohort.curriculum_version.titles.update_or_create(
            language=language, defaults={"text": language, "text_state": TextState.REVIEWED}
        )
    editions = {each["inLanguage"]: each for each in issued(cohort)["credentialSubject"]["achievement"]["related"]}
    assert "narrative" not in editions["lo"]
    lines = [f"{each.code}: zh-Hans {each.code}." for each in (first, second)]
    assert editions["zh-Hans"]["narrative"].splitlines()[1:] == lines


def test_units_answer_to_skills_of_esco_and_items_of_case(cohort, decree):
    unit = cohort.curriculum_version.units.order_by("position").first()
    for country, body, edition, address in (
        ("EU", "ESCO", "v1.2", "http://data.europa.eu/esco/skill/8b2f1f2e-7c1a-4c3e-9f53-5a3f0f0a9d11"),
        ("US", "State Skills", "2021", "https://standards.example/uri/6e8f2a3c-1111-4222-8333-944445555666"),
        ("PH", "TESDA", "Automotive NC II", "https://tesda.example/ALT723"),
    ):
        foreign = ForeignUnitDraft(country, body, f"C-{country}", f"Inspect, as {body} says", edition, address)
        draft = MappingDraft(
            unit=unit, relation=Relation.OVERLAPPING, claimant=Organisation.objects.first(), claimed_on=date(2023, 1, 1),
            foreign_unit=foreign, evidence=decree, reviewed_by="Registry", reviewed_on=date(2023, 1, 2),
        )  # fmt: skip
        claim_mapping(draft=draft, by=NIGHTLY)
    found = issued(cohort)["credentialSubject"]["achievement"]["resultDescription"][0]["alignment"]
    told = {each["targetCode"]: (each["targetFramework"], each.get("targetType")) for each in found}
    assert told == {
        "C-EU": ("ESCO v1.2", "ext:ESCO"), "C-US": ("State Skills 2021", "CFItem"), "C-PH": ("TESDA", None),
    }  # fmt: skip


def test_a_member_is_called_as_it_was_called_that_day(cohort):
    issuer = Organisation.objects.get(reference="chongqing")
    issuer.names.all().delete()
    for name, begins, ends in (
        ("Chongqing Motor School", None, date(2024, 1, 1)), ("Chongqing Motor University", date(2024, 1, 1), None)
    ):  # fmt: skip
        issuer.names.create(language="en", name=name, kind="official", valid_from=begins, valid_before=ends)
    assert issued(cohort)["issuer"]["name"] == "Chongqing Motor School"
    (facts,) = gather_facts(list(Credential.objects.all()))
    assert facts.issuer["en"] == "Chongqing Motor School"


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
