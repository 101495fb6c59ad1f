"""A person's transcript: on a page with its files, by a command, and only for who sees the certificates."""

import json

import pytest

from corridor.rooms.credentials.jwt.tokens import read_token
from tests.commands.run import run
from tests.factories.actors import make_user
from tests.factories.credentials import make_alliance_key, make_credential

from .test_staff import signed_in

pytestmark = pytest.mark.django_db


def test_a_graduate_opens_their_own_and_another_does_not():
    make_alliance_key()
    credential = make_credential()
    person = credential.enrolment.person
    person.user = make_user("khamla")
    person.save()
    khamla, address = signed_in(person.user), f"/credentials/of/{person.reference}/"
    page = khamla.get(address).text
    assert credential.reference in page and address in khamla.get(f"/credentials/{credential.reference}/").text
    assert khamla.get(f"{address}transcript.pdf").content.startswith(b"%PDF-")
    assert b"learningOpportunitySpecification" in khamla.get(f"{address}transcript.xml").content
    assert read_token(khamla.get(f"{address}transcript.jwt").text).claims["type"][1] == "ClrCredential"
    stranger = signed_in(make_user("nimali"))
    for file in ("", "transcript.pdf", "transcript.xml", "transcript.jwt"):
        assert stranger.get(f"{address}{file}").status_code == 404


def test_a_command_writes_each_form_once(capsys, tmp_path):
    make_alliance_key()
    credential = make_credential()
    person = credential.enrolment.person.reference
    for form, start in (("pdf", b"%PDF-"), ("elmo", b"<?xml"), ("clr", b"ey")):
        file = tmp_path / form
        dry = run(capsys, "credentials", "transcript", person, "--form", form, "--out", file, "--dry-run")
        assert dry.code == 0 and not file.exists()
        said = run(capsys, "credentials", "transcript", person, "--form", form, "--out", file, "--json")
        assert json.loads(said.out)["certificates"] == [credential.reference]
        assert file.read_bytes().startswith(start)
    again = run(capsys, "credentials", "transcript", person, "--out", tmp_path / "pdf")
    assert again.code == 1 and "nothing is written over" in again.err
    nobody = run(capsys, "credentials", "transcript", "P-9999", "--out", tmp_path / "x")
    assert nobody.code == 1 and "no certificate in force" in nobody.err
