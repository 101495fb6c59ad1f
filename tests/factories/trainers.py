"""Trainers, those whom they trained, sessions watched and stays abroad: made as rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from corridor.foundations.access import NIGHTLY
from corridor.foundations.documents.receiving import Upload, receive
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import (
    Cohort,
    Enrolment,
    ObservedSession,
    OwnEvidence,
    Rubric,
    RubricLine,
    Session,
    Stay,
    Trainer,
    TrainerQualification,
)

from .members import make_member
from .training import make_cohort, make_enrolment, make_session

FROM = date(2022, 9, 1)
CRITERIA = ("Says what the session is for", "Lets learners do the work")
LEVELS = ("Not seen", "Partly", "Well")


def make_trainer(
    person: Person,
    *,
    employer: Organisation | None = None,
    held_from: date = FROM,
    held_before: date | None = None,
    languages: Sequence[tuple[str, str, str]] = (),
) -> Trainer:
    """In the register. A language is (tag, scale, level)."""
    trainer = Trainer.objects.create(person=person, employer=employer, held_from=held_from, held_before=held_before)
    for language, scale, level in languages:
        trainer.languages.create(language=language, scale=scale, level=level, source="own_word", claimed_on=held_from)
    return trainer


def make_qualification(trainer: Trainer, *, what: str = "Trainer of welders") -> TrainerQualification:
    """With a paper."""
    paper = Upload("certificate.txt", b"Trainer of welders", what)
    kept = receive(paper, at=datetime(2023, 1, 2, tzinfo=UTC), by=NIGHTLY)
    said = {"what": what, "awarded_by": "Ministry of Education", "awarded_on": date(2022, 5, 2)}
    return trainer.qualifications.create(**said, document=kept)


def make_observed(
    trainer: Trainer, *, session: Session, observer: Person, rubric: Rubric | None = None
) -> ObservedSession:
    """Watched, with levels and one thing agreed."""
    used = rubric or Rubric.objects.first() or make_rubric()
    watched = ObservedSession.objects.create(
        trainer=trainer, session=session, observer=observer, rubric=used, remarks="Calm and clear.", written_at=session.begins_at
    )  # fmt: skip
    for criterion, level in scores_of(used, 2, 3).items():
        watched.scores.create(criterion=criterion, level=level)
    watched.agreed.create(what="Let two learners explain each step", due_on=session.held_on + timedelta(days=30))
    return watched


def make_teachers_trained(
    reference: str,
    *,
    trainers: Sequence[Person],
    teachers: Sequence[Person],
    starts_on: date,
    completed_on: date,
    sending_organisation: Organisation | None = None,
    **ground: str,
) -> Cohort:
    """A cohort of teachers with one signed session, in which all were present, and which all completed on that day."""
    cohort = make_cohort(
        reference, status="finished", trainers=trainers, starts_on=starts_on, ends_before=completed_on + timedelta(days=1), **ground
    )  # fmt: skip
    for number, person in enumerate(teachers, start=1):
        steps = [
            ("enrolled", starts_on - timedelta(days=7)),
            ("attending", starts_on),
            ("completed", completed_on),
        ]
        make_enrolment(
            cohort, person=person, number=number, kind="teacher", steps=steps, sending_organisation=sending_organisation
        )
    make_session(cohort, on=starts_on, status="locked")
    return cohort


def make_session_taught(
    reference: str, *, trainer: Person, on: date, learners: int = 1, minutes: int = 180, **ground: str
) -> Session:
    """One signed session that the person taught, in a cohort of their own."""
    starts_on = on - timedelta(days=3)
    cohort = make_cohort(
        reference, trainers=[trainer], learners=learners, starts_on=starts_on, ends_before=on + timedelta(days=30), **ground
    )  # fmt: skip
    return make_session(cohort, on=on, status="locked", minutes=minutes)


def make_rubric(
    code: str = "teaching",
    version: int = 1,
    *,
    starts_on: date = date(2022, 1, 1),
    texts: Mapping[str, str] | None = None,
) -> Rubric:
    """Two criteria and three levels, in English; ``texts`` replaces words."""
    rubric = Rubric.objects.create(code=code, version=version, starts_on=starts_on)
    for part, said in (("criterion", CRITERIA), ("level", LEVELS)):
        for position, words in enumerate(said, start=1):
            line = rubric.lines.create(part=part, position=position)
            line.texts.create(language="en", text=(texts or {}).get(words, words))
    return rubric


def scores_of(rubric: Rubric, *levels: int) -> dict[RubricLine, RubricLine]:
    """The level, by number from 1, of each criterion in order."""
    scale = {line.position: line for line in rubric.lines.filter(part="level")}
    return {line: scale[level] for line, level in zip(rubric.lines.filter(part="criterion"), levels, strict=True)}


def make_stay(
    person: Person,
    *,
    kind: str = "trip",
    sent_by: Organisation | None = None,
    site: Site | None = None,
    country: str = "LA",
    starts_on: date = date(2023, 3, 6),
    ends_before: date | None = date(2023, 3, 11),
    purpose: str = "To guide a practice week",
    cost_units: int | None = None,
    currency: str = "",
) -> Stay:
    sender = sent_by or Organisation.objects.filter(reference="chongqing").first() or make_member("chongqing")
    return Stay.objects.create(
        person=person, kind=kind, sent_by=sender, site=site, country=site.country if site else country,
        city=site.city if site else "Vientiane", starts_on=starts_on, ends_before=ends_before, purpose=purpose,
        cost_units=cost_units, currency=currency,
    )  # fmt: skip


def make_own_evidence(place: Enrolment, *, words: str = "The brake that I mended") -> OwnEvidence:
    """A file that the learner added, for the whole."""
    at = datetime(2023, 4, 3, 9, tzinfo=UTC)
    kept = receive(Upload("brake.txt", b"A brake", words), at=at, by=NIGHTLY)
    return OwnEvidence.objects.create(enrolment=place, document=kept, words=words, added_at=at)
