"""A member that left signs its status lists anew, with the keys that were handed over, from its folder alone."""

import json
import shutil
from pathlib import Path

import pytest

from corridor.rooms.credentials import queries
from corridor.rooms.credentials.models import KeptIssuer, StatusList
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.verdicts import CheckName, Word
from tests.commands.run import run
from tests.factories.actors import VISITOR

from .kits import YEARS_LATER, keys_of, sign, words

pytestmark = pytest.mark.django_db


def test_the_member_revokes_suspends_and_restores_by_itself(capsys, credentials, kit):
    first, second, _third = (each.reference for each in credentials)
    assert words(credentials, kit) == [Word.VALID, Word.VALID, Word.VALID]
    ended = sign(capsys, kit, "--revoke", first, "--suspend", second, "--why", "misconduct")
    assert ended.out == "1 lists are signed anew.\n"
    assert words(credentials, kit) == [Word.REVOKED, Word.SUSPENDED, Word.VALID]
    found = queries.verdict_of(raw=credentials[0].document, resolver=FolderResolver(kit), at=YEARS_LATER, by=VISITOR)
    assert found.named(CheckName.STATUS).places["why"] == "misconduct"
    # At their old addresses too.
    for place, folder in (("", "status"), ("/reasons", "companions")):
        at_the_site = next(kit.glob(f"site/**/status/chongqing/1{place or '/index.html'}"))
        assert at_the_site.read_bytes() == (kit / folder / "chongqing-1.json").read_bytes()
    assert sign(capsys, kit, "--restore", second).code == 0
    assert words(credentials, kit) == [Word.REVOKED, Word.VALID, Word.VALID]
    assert json.loads((kit / "companions/chongqing-1.json").read_text("utf-8"))["sequence"] == 4


def test_the_member_takes_an_endorsement_back_by_itself(capsys, credentials, endorsed, kit):
    assert words([endorsed], kit) == [Word.VALID]
    assert sign(capsys, kit, "--revoke", endorsed.reference).code == 0
    assert words([endorsed, *credentials], kit) == [Word.REVOKED, *[Word.VALID] * 3]


def test_lists_that_end_are_signed_again_before(capsys, credentials, kit):
    assert sign(capsys, kit, "--days", "14").code == 0
    assert words(credentials, kit) == [Word.EXPIRED] * 3
    assert sign(capsys, kit).code == 0
    assert words(credentials, kit) == [Word.VALID] * 3


def test_what_was_revoked_stays_so_and_a_trial_changes_nothing(capsys, credentials, kit):
    first = credentials[0].reference
    before = (kit / "status/chongqing-1.json").read_bytes()
    assert "would be" in sign(capsys, kit, "--revoke", first, "--dry-run").out
    assert (kit / "status/chongqing-1.json").read_bytes() == before and not (kit / "renewed.json").exists()
    assert sign(capsys, kit, "--revoke", first).code == 0
    for word in ("--restore", "--suspend", "--revoke"):
        ended = sign(capsys, kit, word, first)
        assert ended.code == 1 and f"Nothing changes for {first}" in ended.err
    assert words(credentials, kit) == [Word.REVOKED, Word.VALID, Word.VALID]


def test_keys_of_somebody_else_a_stranger_and_an_altered_list_are_refused(capsys, credentials, kit):
    assert "no certificate CRD-1999-0001" in sign(capsys, kit, "--revoke", "CRD-1999-0001").err
    told = json.loads(keys_of(kit).read_text("utf-8"))
    told["keys"][0]["id"] = told["keys"][0]["id"].replace("chongqing", "vientiane")
    other = kit.parent / "other.json"
    other.write_text(json.dumps(told), "utf-8")
    refused = run(capsys, "leave", "sign", kit, "--with", other)
    assert refused.code == 1 and "None of these keys signs for did:web:" in refused.err
    assert "no keys as" in run(capsys, "leave", "sign", kit, "--with", kit / "kit.json").err
    listed = kit / "status/chongqing-1.json"
    listed.write_text(listed.read_text("utf-8").replace('"validFrom":"20', '"validFrom":"19', 1), "utf-8")
    refused = sign(capsys, kit)
    assert refused.code == 1 and "signature on the list" in refused.err
    assert credentials


@pytest.fixture
def another_house(settings, kit) -> Path:
    """From here on this is another Corridor."""
    StatusList.objects.update(signed_list="", signed_companion="")
    settings.PUBLIC_URL = "https://other.example"
    return kit


def test_another_house_takes_the_renewed_lists_over_and_no_older_ones_after(capsys, credentials, another_house):
    kit = another_house
    older = shutil.copytree(kit, kit.parent / "older")
    assert sign(capsys, kit, "--revoke", credentials[0].reference).code == 0
    assert run(capsys, "leave", "import", kit).code == 0
    found = [queries.verify(raw=each.document, at=YEARS_LATER, by=VISITOR).word for each in credentials]
    assert found == [Word.REVOKED, Word.VALID, Word.VALID]
    refused = run(capsys, "leave", "import", older)
    assert refused.code == 1 and "older than the one that is kept" in refused.err


@pytest.mark.parametrize("change", ["kit", "issuer", "files"])
def test_a_word_of_renewal_that_the_member_did_not_sign_for_this_kit_counts_nothing(
    capsys, credentials, another_house, change
):
    kit = another_house
    assert sign(capsys, kit).code == 0
    said = json.loads((kit / "renewed.json").read_text("utf-8"))
    said[change] = {**said["files"], "register.json": "0" * 64} if change == "files" else "another"
    (kit / "renewed.json").write_text(json.dumps(said), "utf-8")
    refused = run(capsys, "leave", "import", kit)
    assert refused.code == 1 and "was altered on the way" in refused.err and credentials


def test_nothing_is_signed_here_as_an_issuer_of_another_house(capsys, credentials, another_house):
    refused = run(capsys, "leave", "import", another_house, "--with", keys_of(another_house))
    assert refused.code == 1 and "Nothing is signed here as did:web:alliance.example:members:chongqing" in refused.err
    assert "issue as did:web:other.example:members:chongqing" in refused.err
    assert not KeptIssuer.objects.exists() and credentials
