"""Checkpoints as a page and as files for everybody; the proof of its day for whoever has a certificate's address."""

from datetime import date

import pytest
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from tests.factories.credentials import make_alliance_key, make_credential
from tests.factories.tokens import Machine
from tests.web.readers import text_of

pytestmark = pytest.mark.django_db


def test_before_the_first_one_pages_say_so(client: Client):
    credential = make_credential()
    assert "No checkpoint is signed yet" in text_of(client.get("/checkpoints/"))
    assert client.get("/checkpoints.json").status_code == 404
    assert client.get(f"/c/{credential.token}/proof.json").status_code == 409
    assert "Proof of its day" not in text_of(client.get(f"/c/{credential.token}/"))


def test_everybody_keeps_the_files_and_the_proof_names_nobody(client: Client):
    credential = make_credential()
    make_alliance_key()
    tree = actions.grow_tree(on=date(2024, 2, 2), at=clock.real_now(), by=NIGHTLY)
    assert "2 Feb 2024" in text_of(client.get("/checkpoints/"))
    assert (
        client.get("/checkpoints/1.json").content == tree.document.encode() == client.get("/checkpoints.json").content
    )
    assert client.get("/checkpoints/2.json").status_code == 404
    answer = client.get(f"/c/{credential.token}/proof.json")
    assert answer.json()["checkpoint"]["root"] == tree.root and answer["Cache-Control"] == "private, no-store"
    name = credential.enrolment.person.names.first().full_name
    assert name not in answer.content.decode()
    assert "Proof of its day" in text_of(client.get(f"/c/{credential.token}/"))
    rows = Machine().get("/checkpoints").json()["rows"]
    assert [(each["number"], each["size"]) for each in rows] == [(1, 1)]
    assert Machine().get("/checkpoints?after=1").json()["rows"] == []
