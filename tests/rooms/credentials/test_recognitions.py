from datetime import date

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.models import Visibility
from corridor.foundations.documents.storing import store_document
from corridor.kernel.errors import AccessDenied
from corridor.rooms.credentials.actions import state_recognitions
from corridor.rooms.credentials.drafts import RecognitionDraft
from corridor.rooms.credentials.models import Credential, CredentialKind, RecognitionKind, RecognitionStatement
from corridor.rooms.credentials.proofs.json_reading import read_object
from corridor.rooms.credentials.queries import list_recognitions
from corridor.rooms.credentials.refusals import NotDecidedByDocument
from tests.factories.actors import VISITOR, make_actor
from tests.factories.credentials import SIGNED_AT, award, make_assessed_cohort

pytestmark = pytest.mark.django_db


def draft(programme, **changes):
    given = {
        "programme": programme, "credential_kind": CredentialKind.AWARD, "country": "LA",
        "recognition": RecognitionKind.INSTITUTION, "starts_on": date(2023, 1, 1),
    }  # fmt: skip
    return RecognitionDraft(**(given | changes))


def decree(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return store_document(
        reference="decree-14", title="Decree 14", file_name="decree.pdf", content=b"%PDF-1.7 decree", attested_by="Registry",
        attested_on=date(2023, 1, 1), visibility=Visibility.PUBLIC, at=SIGNED_AT, by=NIGHTLY,
    )  # fmt: skip


def test_an_institutions_certificate_says_so_on_what_is_issued():
    cohort = make_assessed_cohort(learners=1)
    over = draft(cohort.programme, country="CN", starts_on=date(2022, 1, 1), ends_before=date(2023, 7, 1))
    state_recognitions(statements=[draft(cohort.programme), over], by=make_actor("secretariat"))
    award(cohort)
    said = read_object(Credential.objects.get().document)["description"]
    assert said == "Laos: a certificate of an institution, not a national qualification."
    held = list_recognitions(by=VISITOR, programme=cohort.programme_id, on=date(2023, 7, 10))
    assert [each.country for each in held] == ["LA"]


def test_more_than_the_houses_word_needs_the_authority_and_its_document(settings, tmp_path):
    programme = make_assessed_cohort().programme
    for kind in (RecognitionKind.NATIONAL, RecognitionKind.REFERENCED, RecognitionKind.BILATERAL):
        with pytest.raises(NotDecidedByDocument):
            state_recognitions(
                statements=[draft(programme), draft(programme, country="LK", recognition=kind)], by=NIGHTLY
            )
    assert not RecognitionStatement.objects.exists()
    decided = draft(
        programme, recognition=RecognitionKind.NATIONAL, level="NVQ 4", authority="Ministry of Labour",
        document=decree(settings, tmp_path), decided_on=date(2022, 12, 20),
    )  # fmt: skip
    assert state_recognitions(statements=[decided], by=NIGHTLY)[0].authority == "Ministry of Labour"


def test_nobody_else_states_what_it_counts_as():
    cohort = make_assessed_cohort()
    with pytest.raises(AccessDenied):
        state_recognitions(statements=[draft(cohort.programme)], by=make_actor("coordinator"))
