"""Evidence arrives in pieces over a weak line: in any order, twice, by halves; and is kept when it is whole."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage

from corridor.foundations.documents.models import Document
from corridor.kernel.errors import AccessDenied, BadInput
from corridor.rooms.assessment import queries
from corridor.rooms.assessment.actions import (
    EvidenceDraft,
    add_evidence,
    add_piece,
    declare_evidence,
    discard_evidence,
    finalise_decisions,
)
from corridor.rooms.assessment.models import Evidence, EvidenceNeed, EvidencePiece, InstrumentKind
from corridor.rooms.assessment.pieces import PIECE_BYTES, missing_pieces
from corridor.rooms.assessment.refusals import DecisionIsFinal, EvidenceMissing, MediaPending, PieceDiffers
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft
from tests.factories.actors import make_actor
from tests.factories.assessment import DECIDED_ON, Room, all_met, make_scheme
from tests.factories.odd_films import make_film
from tests.factories.site_years import picture

pytestmark = pytest.mark.django_db
AT = datetime(2023, 6, 20, 3, tzinfo=UTC)
FILM = make_film(b"x" * (2 * PIECE_BYTES))


@pytest.fixture
def room():
    return Room()


def draft_for(room: Room, content: bytes = FILM, name: str = "brakes.mp4", **other) -> EvidenceDraft:
    usual = {
        "enrolment": room.seat(), "unit": room.unit, "file_name": name, "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }  # fmt: skip
    return EvidenceDraft(**usual | other)


def piece(content: bytes, number: int) -> bytes:
    return content[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]


def send(evidence: Evidence, number: int, by, *, content: bytes | None = None, fingerprint: str = "") -> Evidence:
    sent = piece(FILM, number) if content is None else content
    said = fingerprint or sha256(sent).hexdigest()
    return add_piece(evidence=evidence, number=number, content=sent, fingerprint=said, at=AT, by=by)


def test_pieces_come_in_any_order_and_the_whole_is_kept_bare(room, django_capture_on_commit_callbacks):
    evidence = declare_evidence(draft=draft_for(room), at=AT, by=room.by)
    assert missing_pieces(evidence) == [0, 1, 2]
    send(evidence, 2, room.by)
    send(evidence, 0, room.by)
    assert missing_pieces(evidence) == [1]
    names = list(EvidencePiece.objects.values_list("stored_as", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        whole = send(evidence, 1, room.by)
    assert (whole.document.media_type, whole.document.size) == ("video/mp4", len(FILM))
    _, kept = queries.open_evidence(key=whole.pk, by=room.by)
    assert b"Pixel" not in kept
    assert not EvidencePiece.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_the_same_piece_twice_and_the_same_file_twice_do_no_harm(room):
    evidence = declare_evidence(draft=draft_for(room), at=AT, by=room.by)
    send(evidence, 0, room.by)
    send(evidence, 0, room.by)
    assert declare_evidence(draft=draft_for(room), at=AT, by=room.by) == evidence
    assert (EvidencePiece.objects.count(), Evidence.objects.count()) == (1, 1)
    for number in (1, 2, 2):
        send(evidence, number, room.by)
    assert Document.objects.count() == 1


def test_half_a_piece_is_sent_again(room):
    evidence = declare_evidence(draft=draft_for(room), at=AT, by=room.by)
    full = sha256(piece(FILM, 0)).hexdigest()
    with pytest.raises(BadInput) as refused:
        send(evidence, 0, room.by, content=FILM[:1000], fingerprint=full)
    assert f"1000 of {PIECE_BYTES} bytes" in str(refused.value)
    with pytest.raises(BadInput):
        send(evidence, 0, room.by, content=b"y" * PIECE_BYTES, fingerprint=full)
    with pytest.raises(BadInput):
        send(evidence, 3, room.by, content=b"y")
    assert missing_pieces(evidence) == [0, 1, 2]


def test_another_content_under_the_same_number_is_refused(room):
    evidence = declare_evidence(draft=draft_for(room), at=AT, by=room.by)
    send(evidence, 0, room.by)
    with pytest.raises(PieceDiffers):
        send(evidence, 0, room.by, content=b"y" * PIECE_BYTES)


def test_a_whole_that_is_not_what_was_announced_is_not_kept(room):
    evidence = declare_evidence(draft=draft_for(room, sha256="0" * 64), at=AT, by=room.by)
    send(evidence, 0, room.by)
    send(evidence, 1, room.by)
    with pytest.raises(BadInput) as refused:
        send(evidence, 2, room.by)
    assert "not the file that was announced" in str(refused.value)
    assert not Document.objects.exists()


def test_a_film_of_700_megabytes_is_refused_before_it_is_sent_with_what_to_do(room):
    with pytest.raises(BadInput) as refused:
        declare_evidence(draft=draft_for(room, size=700 * 2**20), at=AT, by=room.by)
    assert "The film has 700 MB; at most 60 MB are kept. Film one step at a time" in str(refused.value)


@pytest.mark.parametrize(
    ("other", "column"),
    [
        ({"file_name": "brakes.exe"}, "file_name"),
        ({"file_name": "brakes.jpg", "size": 30 * 2**20}, "size"),
        ({"sha256": "z" * 64}, "sha256"),
        ({"size": 0}, "size"),
    ],
    ids=["kind", "photo-too-large", "no-fingerprint", "empty"],
)
def test_what_cannot_be_kept_is_refused_when_it_is_announced(room, other, column):
    with pytest.raises(BadInput) as refused:
        declare_evidence(draft=draft_for(room, **other), at=AT, by=room.by)
    assert column in [problem.column for problem in refused.value.problems]


def test_a_learner_adds_evidence_about_themself_alone(room):
    photo = picture()
    made = add_evidence(draft=draft_for(room, photo, "work.jpg"), content=photo, at=AT, by=room.learner(1))
    assert made.kind == "photo"
    with pytest.raises(AccessDenied):
        add_evidence(draft=draft_for(room, photo, "work.jpg"), content=photo, at=AT, by=room.learner(2))
    assert list(queries.list_evidence(by=room.learner(2))) == []
    assert list(queries.list_evidence(by=room.learner(1))) == [made]
    with pytest.raises(AccessDenied):
        declare_evidence(draft=draft_for(room), at=AT, by=make_actor("trainer", ("cohort", room.cohort.pk)))


def test_a_decision_stands_while_a_film_is_on_its_way_and_is_final_when_it_is_there(room):
    needs = CriterionDraft(texts={"en": "The pads are measured"}, evidence=EvidenceNeed.VIDEO)
    task = InstrumentDraft(kind=InstrumentKind.PRACTICAL_TASK, titles={"en": "Brakes"}, criteria=(needs,))
    scheme = make_scheme(room.unit, instruments=[task])
    decision = room.record(findings=all_met(scheme))
    with pytest.raises(EvidenceMissing):
        finalise_decisions(decisions=[(decision, DECIDED_ON)], by=room.by)
    criterion = all_met(scheme)[0].criterion
    evidence = declare_evidence(draft=draft_for(room, criteria=(criterion,)), at=AT, by=room.by)
    with pytest.raises(MediaPending):
        finalise_decisions(decisions=[(decision, DECIDED_ON)], by=room.by)
    for number in range(3):
        send(evidence, number, room.by)
    assert room.final(decision).status == "final"
    with pytest.raises(DecisionIsFinal):
        discard_evidence(evidence=evidence, by=room.by)
    with pytest.raises(DecisionIsFinal):
        declare_evidence(draft=draft_for(room, sha256="1" * 64), at=AT, by=room.by)


def test_what_never_came_or_shows_the_wrong_thing_is_taken_off_the_list(room, django_capture_on_commit_callbacks):
    waiting = declare_evidence(draft=draft_for(room), at=AT, by=room.by)
    send(waiting, 0, room.by)
    photo = picture()
    kept = add_evidence(draft=draft_for(room, photo, "work.jpg"), content=photo, at=AT, by=room.learner())
    with pytest.raises(AccessDenied):
        discard_evidence(evidence=waiting, by=room.learner())
    with django_capture_on_commit_callbacks(execute=True):
        discard_evidence(evidence=waiting, by=room.by)
        discard_evidence(evidence=kept, by=room.learner())
    assert (Evidence.objects.count(), EvidencePiece.objects.count(), Document.objects.count()) == (0, 0, 0)
