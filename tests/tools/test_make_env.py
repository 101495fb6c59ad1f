"""Secrets are made once per checkout, and nobody else on the machine reads them."""

import base64
from pathlib import Path

import pytest

from tools.make_env import make_env


def values(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def test_only_the_owner_reads_the_secrets(tmp_path: Path):
    make_env(tmp_path / ".env")
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_no_two_checkouts_share_a_secret(tmp_path: Path):
    make_env(tmp_path / "here")
    make_env(tmp_path / "there")
    here, there = values(tmp_path / "here"), values(tmp_path / "there")
    assert here["SECRET_KEY"] != there["SECRET_KEY"]
    assert here["KEY_ENCRYPTION_KEY"] != there["KEY_ENCRYPTION_KEY"]
    assert len(base64.urlsafe_b64decode(here["KEY_ENCRYPTION_KEY"])) == 32


def test_secrets_that_may_guard_stored_keys_are_never_overwritten(tmp_path: Path):
    (tmp_path / ".env").write_text("SECRET_KEY=ours\n", encoding="utf-8")
    with pytest.raises(FileExistsError):
        make_env(tmp_path / ".env")
    assert values(tmp_path / ".env") == {"SECRET_KEY": "ours"}


def test_every_setting_it_writes_is_explained(tmp_path: Path):
    make_env(tmp_path / ".env")
    explained = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    assert [name for name in values(tmp_path / ".env") if f"{name}=" not in explained] == []
