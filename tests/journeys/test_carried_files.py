"""Photos and films that a phone saved into its journal: kept whole, once, in the name of whoever took them, whoever carries the stick."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest

from corridor.foundations.documents.models import Document
from corridor.foundations.journal.models import Event
from corridor.journeys.take_journal_file import Taken, take_journal_file
from corridor.kernel.errors import BadInput
from corridor.rooms.assessment.actions import add_piece
from corridor.rooms.assessment.models import Evidence, EvidencePiece
from corridor.rooms.assessment.pieces import PIECE_BYTES
from corridor.rooms.assessment.queries import open_evidence
from tests.factories.actors import make_actor, make_user
from tests.factories.judging_phones import JUDGED_ON, THAT_DAY, Yard
from tests.factories.odd_films import make_film
from tests.factories.site_years import picture

pytestmark = pytest.mark.django_db
FILM = make_film(b"x" * PIECE_BYTES)


@pytest.fixture
def yard():
    return Yard()


def carried(told, content, yard, **changed):
    return {
        "device": str(yard.phone.device.pk), "evidence": told["payload"]["evidence"], "sha256": sha256(content).hexdigest(),
        "content": b64encode(content).decode(),
    } | changed  # fmt: skip


def take(yard, *files):
    device = {
        "id": str(yard.phone.device.pk),
        "public_key": yard.phone.device.public_key,
        "user": "somphone",
        "name": "Phone",
    }
    told = {"kind": "corridor-journal", "format": 1, "devices": [device], "events": yard.phone.kept, "files": files}
    mei = make_actor("secretariat", user=make_user("mei"))
    return take_journal_file(body=json.dumps(told).encode(), on=JUDGED_ON, at=THAT_DAY, by=mei)


def test_a_photo_and_a_film_come_with_the_file_once_and_are_the_assessors(yard):
    photo = picture()
    files = [
        carried(yard.tell_of_file(1, content=photo), photo, yard),
        carried(yard.tell_of_file(2, content=FILM, file_name="film.mp4"), FILM, yard),
    ]
    assert take(yard, *files) == Taken(2, 2, 0, files=2)
    assert take(yard, *files) == Taken(2, 0, 0)
    shown = Evidence.objects.order_by("enrolment__number")
    assert [(each.kind, each.added_by, each.sha256) for each in shown] == [
        ("photo", "somphone", sha256(photo).hexdigest()), ("video", "somphone", sha256(FILM).hexdigest()),
    ]  # fmt: skip
    assert all(open_evidence(key=each.pk, by=yard.by)[1] for each in shown)
    assert not EvidencePiece.objects.exists()


def test_what_of_a_film_the_network_had_brought_is_not_needed_again(yard):
    told = yard.tell_of_file(1, content=FILM, file_name="film.mp4")
    yard.phone.send(at=THAT_DAY)
    piece = FILM[PIECE_BYTES:]
    add_piece(
        evidence=Evidence.objects.get(), number=1, content=piece, fingerprint=sha256(piece).hexdigest(), at=THAT_DAY, by=yard.by
    )  # fmt: skip
    assert take(yard, carried(told, FILM, yard)) == Taken(1, 0, 0, files=1)
    assert Evidence.objects.get().document is not None


@pytest.mark.parametrize(
    "changed",
    [{"content": b64encode(b"another photo").decode()}, {"content": b64encode(picture()[:-20]).decode()}],
    ids=["changed", "in-part"],
)
def test_a_file_that_is_not_what_it_is_said_to_be_lets_nothing_in(yard, changed):
    photo = picture()
    with pytest.raises(BadInput, match="changed on the way, or is there only in part"):
        take(yard, carried(yard.tell_of_file(1, content=photo), photo, yard) | changed)
    assert not Event.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"content": "no base64!"}, {"device": "01900000-0000-7000-8000-000000000000"}, {"sha256": None}],
    ids=["unreadable", "nobodys", "no-digest"],
)
def test_a_file_without_its_head_is_no_journal(yard, changed):
    photo = picture()
    with pytest.raises(BadInput):
        take(yard, carried(yard.tell_of_file(1, content=photo), photo, yard) | changed)
    assert not Event.objects.exists()


def test_what_nobody_announced_or_is_none_that_is_kept_stays_on_its_phone(yard):
    told = yard.tell_of_file(1, content=b"no picture at all")
    other = picture()
    files = [
        carried(told, b"no picture at all", yard),
        carried(told, other, yard),
        carried(told, other, yard, evidence="01900000-0000-7000-8000-000000000000"),
    ]
    assert take(yard, *files) == Taken(1, 1, 0, files=0, left=3)
    assert Evidence.objects.get().document is None
    assert not Document.objects.exists()
