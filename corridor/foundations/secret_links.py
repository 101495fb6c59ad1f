"""What a link that opens something is made of: a secret for its address, what is kept of it, and the code that a letter brings."""

from hashlib import sha256
from secrets import randbelow, token_urlsafe


def new_secret() -> tuple[str, str]:
    """256 random bits for an address, and the fingerprint that is kept of them."""
    secret = token_urlsafe(32)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    # No salt, no slow hash: 256 random bits cannot be guessed, and the row is found by this value.
    return sha256(secret.encode()).hexdigest()


def new_code() -> str:
    """Six digits: short enough to type on a phone, and few attempts are let through."""
    return f"{randbelow(1_000_000):06}"
