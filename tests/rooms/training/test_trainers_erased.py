"""What is told of a trainer about themself, and what an erasure leaves."""

from datetime import UTC, date, datetime

import pytest

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied
from corridor.rooms.training import personal_data
from corridor.rooms.training.actions.observing import observe_sessions
from corridor.rooms.training.actions.registering import write_qualifications
from corridor.rooms.training.models import Stay, Trainer, TrainerLanguage, TrainerQualification
from corridor.rooms.training.trainer_drafts import ObservedDraft, QualificationDraft
from tests.factories.actors import NIGHTLY, make_actor
from tests.factories.people import make_person
from tests.factories.trainers import make_rubric, make_session_taught, make_stay, make_trainer, scores_of

pytestmark = pytest.mark.django_db
AT = datetime(2023, 5, 3, tzinfo=UTC)


@pytest.fixture
def khamla():
    khamla = make_person("khamla")
    trainer = make_trainer(khamla, languages=[("lo", "first", "")])
    paper = Upload("certificate.txt", b"Welding trainer", "Certificate")
    draft = QualificationDraft(trainer, "Welding trainer", "Ministry", date(2022, 5, 2), None, paper)
    write_qualifications(qualifications=[draft], at=AT, by=NIGHTLY)
    make_stay(khamla)
    session = make_session_taught("COH-1", trainer=khamla, on=date(2023, 5, 2))
    observed = ObservedDraft(
        trainer=trainer, session=session, observer=make_person("mei"), scores=scores_of(make_rubric(), 2, 3), remarks="Was ill that day.",
        agreed=(("Rest first", date(2023, 6, 1)),),
    )  # fmt: skip
    observe_sessions(observed=[observed], at=AT, by=NIGHTLY)
    return khamla


def test_a_trainer_is_told_all_that_is_held(khamla):
    told = {part.code: part.rows for part in personal_data.personal_data([khamla.pk])}
    assert told["qualifications"][0]["what"] == "Welding trainer"
    assert told["spoken_languages"][0]["language"] == "lo"
    assert told["stays"][0]["purpose"] == "To guide a practice week"
    assert (told["sessions_watched"][0]["was"], told["sessions_watched"][0]["remarks"]) == (
        "trainer",
        "Was ill that day.",
    )


def test_an_erasure_takes_words_and_papers_and_leaves_what_is_counted(khamla):
    personal_data.forget([khamla.pk], by=NIGHTLY)
    told = {part.code: part.rows for part in personal_data.personal_data([khamla.pk])}
    assert (told["qualifications"], told["spoken_languages"]) == ([], [])
    assert (told["stays"][0]["purpose"], told["sessions_watched"][0]["remarks"]) == ("", "")
    assert (Trainer.objects.count(), Stay.objects.count()) == (1, 1)
    assert not (TrainerQualification.objects.exists() or TrainerLanguage.objects.exists())
    assert not Document.objects.filter(title="Certificate").exists()


def test_only_who_erases_persons_lets_it_be_forgotten(khamla):
    with pytest.raises(AccessDenied):
        personal_data.forget([khamla.pk], by=make_actor("auditor"))
    assert TrainerQualification.objects.count() == 1
