"""A member leaves with its kit, and what it issued is verified with our server off: from the folder, from any web server, in another house."""

import json
import threading
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.actions.attesting import change_attestation
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.lifecycle import AttestationStatus
from corridor.rooms.credentials.models import Credential, Entitlement, KeptIssuer, SigningKey, StatusList
from corridor.rooms.credentials.proofs.multikey import public_multikey, read_secret
from corridor.rooms.credentials.proofs.resolving import FolderResolver
from corridor.rooms.credentials.proofs.verdicts import CheckName, Result, Verdict, Word
from corridor.rooms.credentials.refusals import NoSigningKey
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Transfer
from tests.commands.run import run
from tests.factories.actors import VISITOR
from tests.factories.credentials import (
    award,
    make_alliance_key,
    make_assessed_cohort,
    make_assessors_licence,
    make_endorsement,
)
from tests.factories.members import make_member

from .left.elsewhere import HOUSE, Elsewhere

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
YEARS_LATER = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture
def own_key(tmp_path: Path) -> tuple[Path, Path]:
    """What the member made at home: a private key, and the public half that it sends us."""
    made = x25519.X25519PrivateKey.generate()
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(
        made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public.write_bytes(
        made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return private, public


@pytest.fixture
def credentials(settings) -> list[Credential]:
    """Three of them, the second one revoked; register and checkpoint signed; lists that would end in two weeks."""
    settings.STATUS_LIST_DAYS = 14
    award(make_assessed_cohort(learners=3))
    make_alliance_key()
    found = list(Credential.objects.order_by("reference"))
    actions.revoke_credential(credential=found[1], on=AT.date(), at=AT, by=NIGHTLY, why=Why.MISCONDUCT)
    actions.sign_issuers(on=AT.date(), at=AT, by=NIGHTLY)
    actions.grow_tree(on=AT.date(), at=AT, by=NIGHTLY)
    return found


def words(credentials: list[Credential], resolver) -> list[Word]:
    return [each.word for each in verdicts(credentials, resolver)]


def verdicts(credentials: list[Credential], resolver) -> list[Verdict]:
    return [
        queries.verdict_of(raw=each.document, resolver=resolver, at=YEARS_LATER, by=VISITOR) for each in credentials
    ]


def test_with_our_server_off_any_web_server_answers_at_the_old_addresses(capsys, tmp_path, credentials, own_key):
    kit = tmp_path / "kit"
    ended = run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1], "--to", "LA")
    assert ended.code == 0 and "signs elsewhere from now on" in ended.out
    assert Transfer.objects.filter(about="Leaving kit of chongqing").exists() or not Transfer.objects.exists()
    handler = partial(SimpleHTTPRequestHandler, directory=str(kit / "site"))
    handler.log_message = lambda *_words: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        resolver = Elsewhere(f"http://127.0.0.1:{server.server_address[1]}")
        assert words(credentials, resolver) == [Word.VALID, Word.REVOKED, Word.VALID]
        page = urllib.request.urlopen(f"http://127.0.0.1:{server.server_address[1]}/c/{credentials[1].token}/")
        assert b"it is: Revoked" in page.read()
        assert resolver.read(f"{HOUSE}/checkpoints/1.json")["size"] == 4
    finally:
        server.shutdown()
        server.server_close()


def test_attestations_go_along_and_only_what_names_nobody_is_served(
    capsys, tmp_path, credentials, own_key, another_house
):
    member = Organisation.objects.get(reference="chongqing")
    endorsed = make_endorsement(member, make_member("mekong-motors", kind="company"), at=AT)
    taken_back = make_endorsement(member, Organisation.objects.get(reference="mekong-motors"), at=AT)
    licence = make_assessors_licence(credentials[0], at=AT)
    change_attestation(
        attestation=taken_back, to=AttestationStatus.REVOKED, on=AT.date(), at=AT, by=NIGHTLY, why=Why.UNDER_REVIEW
    )  # fmt: skip
    actions.grow_tree(on=AT.date() + timedelta(days=1), at=AT + timedelta(days=1), by=NIGHTLY)
    kit = tmp_path / "kit"
    ended = run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1])
    assert "3 certificates and 3 attestations" in ended.out
    all_three = [endorsed, taken_back, licence]
    expected = [Word.VALID, Word.REVOKED, Word.VALID]
    assert words(all_three, FolderResolver(kit)) == expected
    assert "4 of 6 valid." in run(capsys, "verify", kit).out
    for each in all_three:
        held = kit / f"site/attestations/held/{each.token}.json"
        assert held.exists() == (each.person_id is None)
        assert (kit / f"site/attestations/held/{each.token}/proof.json").exists()
        assert each.token not in (kit / "site/index.html").read_text("utf-8")
    proved = run(
        capsys, "verify", kit / f"attestations/{licence.reference}.json", "--proof", kit / f"proofs/{licence.reference}.json",
        "--checkpoint", kit / "checkpoints/00002.json", "--alliance", kit / "dids/the.alliance.json",
    )  # fmt: skip
    assert "It existed on 2024-02-03: issued" in proved.out
    assert licence.reference in (kit / "data/attestations.csv").read_text("utf-8")
    another_house()
    assert run(capsys, "leave", "import", kit).code == 0
    assert [queries.verify(raw=each.document, at=YEARS_LATER, by=VISITOR).word for each in all_three] == expected


def test_the_folder_alone_verifies_everything_years_later(capsys, tmp_path, credentials, own_key):
    kit = tmp_path / "kit"
    assert run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1]).code == 0
    found = verdicts(credentials, FolderResolver(kit))
    assert [each.word for each in found] == [Word.VALID, Word.REVOKED, Word.VALID]
    assert {check.result for check in found[0].checks} == {Result.PASS}
    ended = run(capsys, "verify", kit)
    assert "2 of 3 valid." in ended.out
    one = credentials[0].reference
    proved = run(
        capsys, "verify", kit / f"credentials/{one}.json", "--proof", kit / f"proofs/{one}.json",
        "--checkpoint", kit / "checkpoints/00001.json", "--alliance", kit / "dids/the.alliance.json",
    )  # fmt: skip
    assert "It existed on 2024-02-02" in proved.out
    rows = (kit / "data/credentials.csv").read_text("utf-8").splitlines()
    assert len(rows) == 4 and one in rows[1]


def test_handed_over_keys_open_for_the_member_alone_and_sign_nothing_here(capsys, tmp_path, credentials, own_key):
    kit, out = tmp_path / "kit", tmp_path / "keys.json"
    public = SigningKey.objects.get().public_multibase
    assert run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1]).code == 0
    key = SigningKey.objects.get()
    assert bytes(key.sealed_private) == b"" and key.handed_over_at is not None
    ended = run(capsys, "leave", "open", kit / "keys.sealed.json", "--with", own_key[0], "--out", out)
    assert ended.code == 0 and out.stat().st_mode & 0o777 == 0o600
    (told,) = json.loads(out.read_text("utf-8"))["keys"]
    assert public_multikey(read_secret(told["secretKeyMultibase"])) == told["publicKeyMultibase"] == public
    assert told["secretKeyMultibase"] not in "".join(
        each.read_text("utf-8") for each in kit.rglob("*") if each.is_file()
    )
    with pytest.raises(NoSigningKey):
        actions.suspend_credential(credential=credentials[0], on=AT.date(), at=AT, by=NIGHTLY)
    assert actions.renew_lists(at=YEARS_LATER, by=NIGHTLY) == 0
    assert words(credentials, FolderResolver(kit)) == [Word.VALID, Word.REVOKED, Word.VALID]
    again = run(capsys, "leave", "chongqing", "--out", tmp_path / "again", "--keys-to", own_key[1])
    assert again.code == 1 and "nothing to hand over" in again.err


def test_a_disk_that_fails_leaves_the_keys_where_they_are(capsys, tmp_path, credentials, own_key, monkeypatch):
    def full(*_words: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        run(capsys, "leave", "chongqing", "--out", tmp_path / "kit", "--keys-to", own_key[1])
    key = SigningKey.objects.get()
    assert key.handed_over_at is None and bytes(key.sealed_private) and credentials


def test_without_a_key_of_the_member_no_private_key_leaves_and_lists_end_as_published(capsys, tmp_path, credentials):
    kit = tmp_path / "kit"
    dry = run(capsys, "leave", "chongqing", "--out", kit, "--dry-run")
    assert "would be written" in dry.out and not kit.exists()
    assert run(capsys, "leave", "chongqing", "--out", kit).code == 0
    assert not (kit / "keys.sealed.json").exists() and SigningKey.objects.get().handed_over_at is None
    assert words(credentials, FolderResolver(kit)) == [Word.EXPIRED, Word.REVOKED, Word.EXPIRED]
    assert run(capsys, "leave", "chongqing", "--out", kit).code == 1


@pytest.fixture
def another_house(settings, credentials):
    """From here on this is another Corridor: another address, and nothing of ours in its records."""

    def move() -> None:
        StatusList.objects.update(signed_list="", signed_companion="")
        Entitlement.objects.update(ends_before=date(2023, 1, 2))
        settings.PUBLIC_URL = "https://other.example"

    assert credentials
    return move


def test_another_house_takes_the_kit_over_and_verifies_what_was_issued(
    capsys, tmp_path, credentials, own_key, another_house
):
    kit = tmp_path / "kit"
    assert run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1]).code == 0
    refused = run(capsys, "leave", "import", kit)
    assert refused.code == 1 and "issues in this house" in refused.err
    another_house()
    assert queries.verify(raw=credentials[0].document, at=AT, by=VISITOR).word == Word.UNKNOWN_ISSUER
    assert "would be taken over" in run(capsys, "leave", "import", kit, "--dry-run").out
    assert not KeptIssuer.objects.exists()
    assert run(capsys, "leave", "import", kit).code == 0
    found = [queries.verify(raw=each.document, at=YEARS_LATER, by=VISITOR) for each in credentials]
    assert [each.word for each in found] == [Word.VALID, Word.REVOKED, Word.VALID]
    assert found[0].named(CheckName.SCOPE).result == Result.PASS
    assert "the register of the house that it left" in str(found[0].named(CheckName.ISSUER))
    forged = credentials[0].document.replace("VI-2 Unit", "VI-3 Unit")
    assert queries.verify(raw=forged, at=AT, by=VISITOR).word == Word.TAMPERED
    assert run(capsys, "leave", "import", kit).code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("status/chongqing-1.json", "was altered on the way"),
        ("kit.json", "no leaving kit"),
        ("register.json", "missing"),
    ],
    ids=["altered", "no_kit", "missing"],
)
def test_a_damaged_kit_is_refused_by_the_name_of_the_file(
    capsys, tmp_path, credentials, own_key, another_house, name, said
):
    kit = tmp_path / "kit"
    run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1])
    another_house()
    file = kit / name
    if said == "missing":
        file.unlink()
    else:
        file.write_text(file.read_text("utf-8").replace("a", "b") if "status" in name else "{}", "utf-8")
    ended = run(capsys, "leave", "import", kit)
    assert ended.code == 1 and said in ended.err and not KeptIssuer.objects.exists()
    assert credentials


def test_a_kit_whose_lists_are_not_the_issuers_own_is_refused(capsys, tmp_path, credentials, own_key, another_house):
    """Whoever alters a list and its fingerprint too still cannot sign it."""
    kit = tmp_path / "kit"
    run(capsys, "leave", "chongqing", "--out", kit, "--keys-to", own_key[1])
    another_house()
    listed, manifest = kit / "status/chongqing-1.json", json.loads((kit / "kit.json").read_text("utf-8"))
    document = json.loads(listed.read_text("utf-8"))
    document["validFrom"] = "2024-02-03T00:00:00Z"
    listed.write_text(json.dumps(document), "utf-8")
    del manifest["files"]["status/chongqing-1.json"]
    (kit / "kit.json").write_text(json.dumps(manifest), "utf-8")
    ended = run(capsys, "leave", "import", kit)
    assert ended.code == 1 and "signature on status/chongqing-1.json does not hold" in ended.err
    assert credentials
