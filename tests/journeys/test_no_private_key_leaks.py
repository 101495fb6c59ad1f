"""The private half of a key stands in no dump, page, answer, export, kit, log or audit entry, in whatever form it is written."""

import base64
import io
import logging

import pytest
from django.core.management import call_command
from django.test import Client

from corridor.foundations import clock
from corridor.foundations.access import NIGHTLY
from corridor.foundations.audit.models import AuditKey, Entry, EntryDetail
from corridor.foundations.private_keys import unseal as unseal_any
from corridor.journeys.leave_alliance import leave_alliance
from corridor.rooms.credentials import actions, queries
from corridor.rooms.credentials.models import SigningKey
from corridor.rooms.credentials.proofs.multikey import base58
from tests.commands.run import run
from tests.factories.actors import make_user
from tests.factories.credentials import make_alliance_key, make_credential
from tests.factories.members import make_seat
from tests.factories.tokens import machine_of

pytestmark = pytest.mark.django_db
PAGES = [
    "/keys/", "/keys/chongqing/key-2023/", "/issuers/", "/issuers.json", "/checkpoints/", "/checkpoints.json", "/.well-known/did.json",
    "/members/chongqing/did.json", "/status/chongqing/1", "/status/chongqing/1/reasons", "/members/chongqing/", "/audit/", "/credentials/",
]  # fmt: skip
OPERATIONS = [
    "/members/chongqing/keys",
    "/members/chongqing/keys/key-2023",
    "/issuers",
    "/checkpoints",
    "/credentials",
    "/alliance",
]


def forms(secret: bytes) -> list[bytes]:
    """How 32 bytes may be written: raw, hexadecimal, base64 in both alphabets, base58, as Multikey and as a Python literal."""
    plain = base64.b64encode(secret).rstrip(b"=")
    return [
        secret, secret.hex().encode(), secret.hex().upper().encode(), plain, plain.translate(bytes.maketrans(b"+/", b"-_")),
        base58(secret).encode(), base58(b"\x80\x26" + secret).encode(), repr(secret).encode(),
    ]  # fmt: skip


def test_the_private_half_stands_nowhere(caplog, capsys):
    caplog.set_level(logging.DEBUG)
    credential = make_credential()
    make_alliance_key()
    old = SigningKey.objects.get()
    actions.rotate_key(key=old, at=clock.now(), by=NIGHTLY)
    actions.sign_issuers(on=clock.today(), at=clock.real_now(), by=NIGHTLY)
    actions.grow_tree(on=clock.today(), at=clock.real_now(), by=NIGHTLY)
    secrets = [
        unseal_any(bytes(each.sealed_private), row=each.pk).private_bytes_raw() for each in SigningKey.objects.all()
    ]
    secrets += [
        unseal_any(bytes(each.sealed_private), row=each.pk).private_bytes_raw() for each in AuditKey.objects.all()
    ]
    assert len(secrets) == 3

    user = make_user("holder")
    make_seat(user, "key_holder", member=credential.issuer)
    make_seat(user, "secretariat")
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    seen = [browser.get(path).content for path in PAGES]
    assert all(seen)
    machine = machine_of(user)
    seen += [machine.get(path).content for path in OPERATIONS]
    dump = io.StringIO()
    call_command("dumpdata", stdout=dump)
    seen.append(dump.getvalue().encode())
    seen += [text.encode() for text in queries.export_bundle(at=clock.real_now(), by=NIGHTLY).files.values()]
    kits: list[str] = []
    leave_alliance(
        member=credential.issuer,
        keep=lambda files: kits.extend(files.values()),
        on=clock.today(),
        at=clock.now(),
        by=NIGHTLY,
    )
    seen += [text.encode() for text in kits]
    seen += [run(capsys, "keys", "list", "--json").out.encode(), run(capsys, "check", "--json").out.encode()]
    seen += [repr(row).encode() for row in [*Entry.objects.values(), *EntryDetail.objects.values()]]
    seen += [record.getMessage().encode() for record in caplog.records]
    seen += [repr(each).encode() + str(each).encode() for each in SigningKey.objects.all()]
    everything = b"\n".join(seen)
    assert old.public_multibase.encode() in everything
    for secret in secrets:
        for form in forms(secret):
            assert form not in everything
