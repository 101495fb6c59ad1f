"""Keys are made in Python, in the order of time, so that a device without a network can make them too."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562)."""
    return uuid7()
