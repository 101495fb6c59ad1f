"""Write ``.env``: the settings of a trial on this machine, with secrets that no other checkout has. Never overwrites one."""

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = """\
# Settings of this checkout, made by ./start. They are explained in .env.example. Keep this file to yourself.
CORRIDOR_ENV=development
SECRET_KEY={secret_key}
KEY_ENCRYPTION_KEY={key_encryption_key}
PUBLIC_URL=https://ilstc.example
EXAMPLE_DAY=2024-02-02
HOME_ZONE=Asia/Shanghai
EXAMPLE_PASSWORD={example_password}
REQUIRE_SECOND_FACTOR=0
"""


def make_env(path: Path) -> None:
    """:raises FileExistsError: if the file is there; its secrets may already guard stored keys."""
    text = TEXT.format(
        secret_key=secrets.token_urlsafe(50),
        example_password=secrets.token_urlsafe(9),
        key_encryption_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    )
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    make_env(ROOT / ".env")
