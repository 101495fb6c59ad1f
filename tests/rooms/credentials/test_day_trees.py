"""That a credential existed on a day, shown by a file that somebody kept, without our server or records."""

import json
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.alliance import alliance_document
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.models import Credential, DayTree, StatusList, TreeLeaf
from corridor.rooms.credentials.proofs.refusals import ProofRefused
from corridor.rooms.credentials.proofs.trees import check_inclusion
from corridor.rooms.credentials.refusals import NotYetInATree, TreeHasGrown
from tests.commands.run import run
from tests.factories.actors import VISITOR
from tests.factories.credentials import award, make_alliance_key, make_assessed_cohort, make_credential

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)


def grow(day: int) -> DayTree:
    at = AT.replace(day=day)
    return actions.grow_tree(on=at.date(), at=at, by=NIGHTLY)


def test_each_days_changes_stand_in_a_tree_that_is_chained_to_the_one_before():
    award(make_assessed_cohort(learners=3))
    make_alliance_key()
    assert actions.tree_is_due(on=date(2024, 2, 2), by=NIGHTLY)
    first = grow(2)
    one = Credential.objects.order_by("reference").first()
    actions.revoke_credential(credential=one, on=date(2024, 2, 3), at=AT.replace(day=3), by=NIGHTLY, why=Why.MISCONDUCT)
    second, third = grow(3), grow(4)
    assert [first.size, second.size, third.size] == [3, 1, 0]
    texts = [json.loads(each.document) for each in (first, second, third)]
    assert [each["previous"] for each in texts[1:]] == [
        sha256(each.document.encode()).hexdigest() for each in (first, second)
    ]  # fmt: skip
    assert texts[1]["statusLists"] == [{"id": "https://alliance.example/status/chongqing/1", "sequence": 2}]
    with pytest.raises(TreeHasGrown, match="2024-02-04"):
        grow(4)
    with pytest.raises(TreeHasGrown):
        grow(3)
    assert TreeLeaf.objects.count() == 4 and not actions.tree_is_due(on=date(2024, 2, 4), by=NIGHTLY)


def test_a_kept_checkpoint_shows_that_it_existed_and_no_other_text_does():
    award(make_assessed_cohort(learners=5))
    make_alliance_key()
    checkpoint = json.loads(grow(2).document)
    for credential in Credential.objects.all():
        proof = queries.proof_of(credential=credential, by=VISITOR)
        text = credential.document.encode()
        found = check_inclusion(text, proof, checkpoint=checkpoint, alliance=alliance_document())
        assert (found.status, found.since, found.day, found.is_signed) == (
            "issued",
            date(2023, 7, 10),
            date(2024, 2, 2),
            True,
        )
        with pytest.raises(ProofRefused, match="another text"):
            check_inclusion(text + b" ", proof, checkpoint=checkpoint)
        moved = proof | {"index": (proof["index"] + 1) % 5}
        with pytest.raises(ProofRefused):
            check_inclusion(text, moved, checkpoint=checkpoint)
    altered = checkpoint | {"day": "2020-01-01"}
    with pytest.raises(ProofRefused, match="changed after signing"):
        check_inclusion(text, proof, checkpoint=altered, alliance=alliance_document())


def test_until_its_day_is_over_there_is_no_proof():
    credential = make_credential()
    with pytest.raises(NotYetInATree, match=credential.reference):
        queries.proof_of(credential=credential, by=VISITOR)


def test_the_command_asks_neither_our_records_nor_a_network(capsys, tmp_path, django_assert_num_queries):
    credential = make_credential()
    make_alliance_key()
    files = {
        "checkpoint.json": grow(2).document, "credential.json": credential.document, "alliance.json": json.dumps(alliance_document()),
        "proof.json": json.dumps(queries.proof_of(credential=credential, by=VISITOR)),
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "paper.pdf").write_bytes(queries.certificate_pdf(credential=credential, by=NIGHTLY))
    kept = ("--proof", tmp_path / "proof.json", "--checkpoint", tmp_path / "checkpoint.json")
    with django_assert_num_queries(0):
        for file in ("credential.json", "paper.pdf"):
            ended = run(capsys, "verify", tmp_path / file, *kept, "--alliance", tmp_path / "alliance.json")
            assert (
                ended.code == 0 and "It existed on 2024-02-02: issued since 2023-07-10, by checkpoint 1." in ended.out
            )
        assert "was not looked at" in run(capsys, "verify", tmp_path / "credential.json", *kept).out
        (tmp_path / "credential.json").write_text(credential.document.replace("VI-2", "VI-3"), "utf-8")
        ended = run(capsys, "verify", tmp_path / "credential.json", *kept)
        assert ended.code == 1 and "another text" in ended.err
        assert run(capsys, "verify", tmp_path / "credential.json", "--checkpoint", tmp_path / "none.json").code == 1


def test_a_checkpoint_that_a_member_kept_shows_that_the_records_are_older(capsys, tmp_path):
    credential = make_credential()
    make_alliance_key()
    kept = StatusList.objects.get()
    actions.suspend_credential(credential=credential, on=date(2024, 2, 2), at=AT, by=NIGHTLY)
    (tmp_path / "kept.json").write_text(grow(2).document, "utf-8")
    said = json.loads(run(capsys, "check", "--json", "--held", tmp_path / "kept.json").out)["wrong"]
    assert said["held"] == [] and said["published"] == []
    kept.save()
    said = json.loads(run(capsys, "check", "--json", "--held", tmp_path / "kept.json").out)["wrong"]
    assert "had been signed 2 times by then, and the records here know 1" in said["held"][0]
    assert (
        "no checkpoint" in json.loads(run(capsys, "check", "--json", "--held", tmp_path / "x").out)["wrong"]["held"][0]
    )


def test_the_chain_goes_on_from_what_left_last_where_an_older_copy_was_put_back(django_capture_on_commit_callbacks):
    make_credential()
    make_alliance_key()
    with django_capture_on_commit_callbacks(execute=True):
        lost = grow(2)
    TreeLeaf.objects.all().delete()
    DayTree.objects.all().delete()
    after = grow(3)
    assert after.number == 2
    assert json.loads(after.document)["previous"] == sha256(lost.document.encode()).hexdigest()
