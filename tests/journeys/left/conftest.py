"""Chongqing issues, endorses and leaves with its keys; its folder and the opened keys lie side by side."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import x25519

from corridor.foundations.access import NIGHTLY
from corridor.rooms.credentials import actions
from corridor.rooms.credentials.models import Credential
from tests.commands.run import run
from tests.factories.credentials import award, make_alliance_key, make_assessed_cohort, make_endorsement
from tests.factories.members import make_member

from .kits import AT, keys_of


@pytest.fixture
def credentials(settings) -> list[Credential]:
    settings.STATUS_LIST_DAYS = 14
    award(make_assessed_cohort(learners=3))
    make_alliance_key()
    actions.sign_issuers(on=AT.date(), at=AT, by=NIGHTLY)
    return list(Credential.objects.order_by("reference"))


@pytest.fixture
def endorsed(credentials):
    return make_endorsement(credentials[0].issuer, make_member("mekong-motors", kind="company"), at=AT)


@pytest.fixture
def kit(capsys, tmp_path: Path, credentials, endorsed) -> Path:
    """The folder of Chongqing; its keys are opened beside it."""
    made = x25519.X25519PrivateKey.generate()
    (tmp_path / "private.pem").write_bytes(
        made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (tmp_path / "public.pem").write_bytes(
        made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    folder = tmp_path / "kit"
    assert run(capsys, "leave", "chongqing", "--out", folder, "--keys-to", tmp_path / "public.pem").code == 0
    opened = run(
        capsys,
        "leave",
        "open",
        folder / "keys.sealed.json",
        "--with",
        tmp_path / "private.pem",
        "--out",
        keys_of(folder),
    )
    assert opened.code == 0 and credentials and endorsed
    return folder
