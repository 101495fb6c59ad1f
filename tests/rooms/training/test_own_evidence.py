"""Files that learners add to their own place: what is taken, what is not, and who sees them."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied, BadInput, NotFound
from corridor.rooms.training.actions import own_evidence
from corridor.rooms.training.actions.own_evidence import add_own_evidence, drop_own_evidence
from corridor.rooms.training.queries import path as paths
from tests.factories.actors import make_actor
from tests.factories.curricula import make_version
from tests.factories.people import make_person
from tests.factories.training import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db
AT = datetime(2023, 4, 3, 9, tzinfo=UTC)
TAKEN_AT = 0x9003


def photo(size=(40, 30)) -> bytes:
    picture, out = Image.new("RGB", size, "grey"), BytesIO()
    exif = picture.getexif()
    exif[TAKEN_AT] = "2023:04:02 10:11:12"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def place():
    return make_enrolment(make_cohort(), person=make_person("khamla"), number=1)


def own(place):
    return make_actor("learner", ("person", place.person_id))


def add(place, *, by=None, name="brake.jpg", content=None, words="The brake that I mended", unit=None):
    upload = Upload(name, photo() if content is None else content, words or "file")
    return add_own_evidence(enrolment=place, unit=unit, upload=upload, words=words, at=AT, by=by or own(place))


def test_a_learner_adds_a_photo_that_tells_nothing_in_passing(place):
    unit = place.cohort.curriculum_version.units.first()
    made = add(place, unit=unit)
    _document, content = paths.open_evidence(key=made.pk, by=own(place))
    with Image.open(BytesIO(content)) as kept:
        assert dict(kept.getexif()) == {}
    assert paths.evidence_of_places(enrolments=[place], by=own(place))[place.pk] == [made]


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"name": "marks.csv", "content": b"a,b"}, "file"),
        ({"content": b"x" * (own_evidence.MOST_BYTES + 1)}, "file"),
        ({"content": b""}, ""),
        ({"content": b"no picture at all"}, ""),
        ({"words": " "}, "words"),
    ],
    ids=["another-kind", "too-large", "empty", "not-what-its-name-says", "no-words"],
)
def test_what_cannot_be_taken_is_refused_with_the_way_out(place, more, column):
    with pytest.raises(BadInput) as refused:
        add(place, **more)
    assert refused.value.problems[0].column == column
    assert not Document.objects.exists()


def test_a_unit_of_another_curriculum_is_refused(place):
    other = make_version(curriculum="welding").units.first()
    with pytest.raises(BadInput):
        add(place, unit=other)


def test_there_is_an_end_to_files(place, monkeypatch):
    monkeypatch.setattr(own_evidence, "MOST_FILES", 1)
    add(place)
    with pytest.raises(BadInput):
        add(place, name="second.jpg")


def test_nobody_adds_to_anothers_place_or_takes_from_it(place):
    made = add(place)
    nimali = make_enrolment(place.cohort, person=make_person("nimali"), number=2)
    for by in (own(nimali), make_actor("secretariat"), make_actor("trainer", ("cohort", place.cohort_id))):
        with pytest.raises(AccessDenied):
            add(place, by=by)
        with pytest.raises(AccessDenied):
            drop_own_evidence(evidence=made, by=by)
    with pytest.raises(NotFound):
        paths.get_evidence(key=made.pk, by=own(nimali))
    with pytest.raises(NotFound):
        paths.own_place(cohort=place.cohort.reference, number=1, by=own(nimali))


def test_who_assesses_sees_the_files_and_who_teaches_does_not(place):
    made = add(place)
    assessor = make_actor("assessor", ("cohort", place.cohort_id))
    assert [each for each, _name in paths.evidence_in_cohort(cohort=place.cohort, by=assessor)] == [made]
    trainer = make_actor("trainer", ("cohort", place.cohort_id))
    with pytest.raises(AccessDenied):
        paths.evidence_in_cohort(cohort=place.cohort, by=trainer)
    with pytest.raises(NotFound):
        paths.get_evidence(key=made.pk, by=trainer)
    elsewhere = make_actor("assessor", ("cohort", make_cohort("COH-OTHER").pk))
    with pytest.raises(NotFound):
        paths.get_evidence(key=made.pk, by=elsewhere)


def test_a_file_that_is_taken_away_is_gone(place):
    drop_own_evidence(evidence=add(place), by=own(place))
    assert not Document.objects.exists()


def test_hours_of_a_unit_are_those_of_signed_sessions_in_the_room(place):
    version = make_version(curriculum="welding", units=[{"code": "W-1", "hours": {"practice": 30, "theory": 10}}])
    cohort = make_cohort("COH-W", version=version)
    khamla = make_enrolment(cohort, person=place.person, number=1)
    (unit,) = version.units.all()
    for number, (status, mark) in enumerate(
        [("locked", "present"), ("locked", "absent"), ("held", "present")], start=1
    ):
        session = make_session(
            cohort, number=number, on=date(2023, 4, number), status=status, marks={1: mark}, minutes=90
        )
        type(session).objects.filter(pk=session.pk).update(unit=unit)
    found = paths.hours_on_path(enrolments=[khamla], by=own(place))[khamla.pk, unit.pk]
    assert (found.minutes, found.hours_wanted, found.is_short) == (90, 40, False)
    cohort.required_share = 80
    khamla.cohort = cohort
    assert paths.hours_on_path(enrolments=[khamla], by=own(place))[khamla.pk, unit.pk].is_short
    assert paths.hours_on_path(enrolments=[khamla], by=make_actor("council")) == {}
