"""Verified with one signed file and nothing else, as the page in a browser does."""

import json
from datetime import date

import pytest

from corridor.foundations import clock
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Why
from tests.factories.actors import NIGHTLY
from tests.factories.credentials import make_alliance_key, make_credential

from .run import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """A certificate, the bundle, and the DID document by which it is known."""
    credential = make_credential()
    make_alliance_key()
    actions.sign_issuers(on=date(2023, 9, 1), at=clock.real_now(), by=NIGHTLY)
    for name, text in {
        "certificate.json": credential.document,
        "bundle.json": queries.verifier_bundle(at=clock.real_now(), by=NIGHTLY).text,
        "did.json": queries.alliance_document_text(by=NIGHTLY),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    actions.revoke_credential(
        credential=credential, on=date(2023, 9, 2), at=clock.real_now(), by=NIGHTLY, why=Why.MISCONDUCT
    )
    return tmp_path


def verify(capsys, files, *more, bundle="bundle.json"):
    return run(capsys, "verify", files / "certificate.json", "--bundle", files / bundle, *more)


def test_what_was_published_then_is_what_counts(files, capsys):
    ended = verify(capsys, files, "--alliance", files / "did.json", "--json")
    assert ended.code == 0 and json.loads(ended.out)["verdict"] == "valid"
    assert run(capsys, "verify", files / "certificate.json").code == 1  # revoked since, by our records


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda bundle: {**bundle, "statusLists": []}, "signature"),
        (lambda bundle: {**bundle, "proof": []}, "not signed by the alliance"),
        (lambda bundle: [], "is not a bundle"),
        (lambda bundle: {"type": "RegisterOfIssuers"}, "not signed by the alliance"),
    ],
    ids=["a list left out", "no proof", "a list", "something else"],
)
def test_a_file_that_is_not_the_alliance_s_is_refused(files, capsys, change, said):
    (files / "bundle.json").write_text(json.dumps(change(json.loads((files / "bundle.json").read_text()))))
    ended = verify(capsys, files, "--alliance", files / "did.json")
    assert ended.code != 0 and said in ended.err


def test_a_bundle_does_not_vouch_for_itself_and_must_be_there(files, capsys):
    assert "--alliance" in verify(capsys, files).err
    assert "no file" in verify(capsys, files, "--alliance", files / "did.json", bundle="other.json").err
