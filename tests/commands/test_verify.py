"""Exported, and checked by us, by our folder reader and by software that nobody here wrote."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, Entitlement
from tests.factories.actors import NIGHTLY
from tests.factories.credentials import SIGNED_AT, award, make_assessed_cohort, make_credential

from .run import run

pytestmark = pytest.mark.django_db
OUTSIDE = Path(__file__).parents[1] / "outside" / "verify.mjs"
NODE = shutil.which("node")


@pytest.fixture
def alliance():
    """Two cohorts: five that stand, one revoked, one suspended, one replaced by another, and two that have ended."""
    award(make_assessed_cohort("COH-2023-001", learners=7))
    award(make_assessed_cohort("COH-2023-002", learners=2), expires_before=date(2023, 12, 1))
    first, second, third = Credential.objects.order_by("reference")[:3]
    on = date(2023, 11, 1)
    actions.revoke_credential(credential=first, on=on, at=SIGNED_AT, by=NIGHTLY, why=Why.MISCONDUCT)
    actions.suspend_credential(credential=second, on=on, at=SIGNED_AT, by=NIGHTLY)
    actions.replace_credential(credential=third, on=on, at=SIGNED_AT, by=NIGHTLY)


@pytest.fixture
def exported(alliance, capsys, tmp_path):
    folder = tmp_path / "export"
    ended = run(capsys, "credentials", "export", "--out", folder)
    assert ended.code == 0 and "10 credentials" in ended.out
    return folder


def words(capsys, *more):
    ended = run(capsys, "verify", *more, "--json")
    return ended.code, {each["file"]: each["verdict"] for each in json.loads(ended.out)}


def test_an_export_is_one_json_object_a_file_and_says_what_to_expect(exported):
    assert sorted(path.name for path in exported.iterdir()) == [
        "companions",
        "credentials",
        "dids",
        "expect.json",
        "status",
    ]
    for path in exported.rglob("*.json"):
        assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    expected = json.loads((exported / "expect.json").read_text())
    assert sorted(expected) == sorted(path.name for path in (exported / "credentials").iterdir())
    assert sorted(expected.values()) == ["expired"] * 2 + ["revoked"] * 3 + ["valid"] * 5


def test_an_export_never_writes_over_anything(exported, capsys):
    ended = run(capsys, "credentials", "export", "--out", exported)
    assert ended.code == 1 and "not an empty folder" in ended.err
    assert run(capsys, "credentials", "export", "--out", exported / "expect.json").code == 1
    empty = exported.parent / "empty"
    assert run(capsys, "credentials", "export", "--out", empty, "--dry-run").code == 0 and not empty.exists()


def test_our_verifier_tells_more_apart_than_the_export_must(exported, capsys):
    code, told = words(capsys, exported)
    assert code == 1
    assert sorted(told.values()) == ["expired"] * 2 + ["replaced", "revoked", "suspended"] + ["valid"] * 5
    assert (code, told) == words(capsys, exported, "--offline")
    out = run(capsys, "verify", exported).out
    assert "5 of 10 valid." in out and "(misconduct)" in out and "replaced by urn:uuid:" in out


@pytest.mark.skipif(NODE is None, reason="there is no node here to run the outside verifier")
def test_software_that_nobody_here_wrote_reads_the_export_as_it_says(exported):
    answer = subprocess.run([NODE, OUTSIDE, exported], capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "10 of 10 credentials read as expected." in answer.stdout


def test_an_export_is_checked_without_a_database(exported, capsys, django_db_blocker):
    with django_db_blocker.block():
        assert run(capsys, "verify", exported).code == 1
        valid = next(name for name, word in words(capsys, exported)[1].items() if word == "valid")
        assert run(capsys, "verify", exported / "credentials" / valid, "--offline").code == 0


def test_a_file_is_checked_against_our_records_check_by_check(capsys, tmp_path):
    credential = make_credential()
    file, paper = tmp_path / "c.json", tmp_path / "c.pdf"
    file.write_text(credential.document, encoding="utf-8")
    paper.write_bytes(queries.certificate_pdf(credential=credential, by=NIGHTLY))
    for each in (file, paper):
        ended = run(capsys, "verify", each, "--json")
        said = json.loads(ended.out)
        assert (ended.code, said["file"], said["verdict"]) == (0, each.name, "valid")
        assert [check["name"] for check in said["checks"]] == [
            "signature",
            "issuer",
            "scope",
            "dates",
            "status",
            "shape",
        ]
        assert {check["result"] for check in said["checks"]} == {"pass"} and all(
            check["reason"] for check in said["checks"]
        )
    Entitlement.objects.update(ends_before=date(2023, 2, 1))
    ended = run(capsys, "verify", file)
    assert ended.code == 1 and "c.json: out_of_scope" in ended.out and "was not entitled" in ended.out
    assert json.loads(run(capsys, "verify", file, "--offline", "--json").out)["verdict"] == "unknown_issuer"


def test_tampered_and_broken_files_are_named_and_end_with_1(exported, capsys):
    valid = [name for name, word in words(capsys, exported)[1].items() if word == "valid"]
    forged, broken = (exported / "credentials" / name for name in valid[:2])
    forged.write_text(forged.read_text("utf-8").replace("VI-1 Unit", "VI-9 Unit"), encoding="utf-8")
    broken.write_bytes(b"\xff{")
    told = words(capsys, exported)[1]
    assert (told[forged.name], told[broken.name]) == ("tampered", "malformed")


def test_where_there_is_nothing_to_check_it_says_so(capsys, tmp_path):
    ended = run(capsys, "verify", tmp_path)
    assert ended.code == 1 and "There is no credential at" in ended.err
    assert run(capsys, "verify", tmp_path / "nowhere.json").code == 1
    assert run(capsys, "verify").code == 2
