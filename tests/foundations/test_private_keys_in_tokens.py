"""Private keys guarded by a token over PKCS#11, tried with SoftHSM 2. Without it, and the extra hsm, these are skipped and say so."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from corridor.foundations.private_keys import NoEncryptionKey, is_sealed_by_guard_of_today, seal, unseal

MODULES = [Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")]
MODULE = next((str(each) for each in MODULES if each.exists()), "")
needs_token = pytest.mark.skipif(
    not MODULE or not shutil.which("softhsm2-util") or importlib.util.find_spec("pkcs11") is None,
    reason="No token to try: install softhsm2 (Debian) and python-pkcs11 (the extra hsm).",
)


@pytest.fixture
def token(tmp_path_factory: pytest.TempPathFactory, settings):
    """A token of its own for each test. The module reads where its tokens are when it is loaded first, so the folder stays."""
    if "SOFTHSM2_CONF" not in os.environ:
        folder = tmp_path_factory.mktemp("tokens")
        (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\n")
        os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    label = f"corridor-{uuid4().hex[:8]}"
    made = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", "1234", "--so-pin", "5678"]
    subprocess.run(made, check=True, capture_output=True)
    settings.KEY_GUARD, settings.PKCS11_MODULE, settings.PKCS11_TOKEN = "pkcs11", MODULE, label
    settings.PKCS11_PIN, settings.PKCS11_KEY = "1234", "corridor"
    return settings


@needs_token
def test_a_key_is_sealed_inside_the_token_and_bound_to_its_row(token):
    private, row = Ed25519PrivateKey.generate(), uuid4()
    sealed = seal(private, row=row)
    assert private.private_bytes_raw() not in sealed
    assert unseal(sealed, row=row).private_bytes_raw() == private.private_bytes_raw()
    assert is_sealed_by_guard_of_today(sealed, row=row)
    with pytest.raises(NoEncryptionKey):
        unseal(sealed, row=uuid4())
    token.PKCS11_PIN = "0000"
    with pytest.raises(NoEncryptionKey, match="does not answer"):
        unseal(sealed, row=row)


@needs_token
def test_what_the_environment_sealed_still_opens_after_the_token_took_over(token):
    private, row = Ed25519PrivateKey.generate(), uuid4()
    token.KEY_GUARD = "environment"
    sealed = seal(private, row=row)
    token.KEY_GUARD = "pkcs11"
    assert unseal(sealed, row=row).private_bytes_raw() == private.private_bytes_raw()
    assert not is_sealed_by_guard_of_today(sealed, row=row)


def test_without_a_token_nothing_is_sealed_and_the_refusal_says_what_to_set(settings):
    settings.KEY_GUARD, settings.PKCS11_MODULE = "pkcs11", ""
    with pytest.raises(NoEncryptionKey, match="PKCS11_MODULE"):
        seal(Ed25519PrivateKey.generate(), row=uuid4())
