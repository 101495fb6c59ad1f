"""Photos and films that the journal of a phone carries where no network will: each one whole, and what its SHA-256 says that it is."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

MOST_CARRIED = 500


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """``key`` is the one under which an event of the device announced it."""

    device: UUID
    key: UUID
    sha256: str
    content: bytes


def read_carried(told: Mapping[str, Any]) -> CarriedFile:
    """:raises ValueError, TypeError, KeyError: for what is none. :raises BadInput: if it is not what its SHA-256 says."""
    content = b64decode(str(told["content"]), validate=True)
    made = CarriedFile(
        UUID(str(told["device"])), UUID(str(told["evidence"])), sha256(content).hexdigest(), content
    )  # fmt: skip
    if made.sha256 != str(told["sha256"]).lower():
        raise BadInput(
            [
                Problem(
                    N_("A photo or film in this file was changed on the way, or is there only in part. Nothing was taken."),
                    column="file",
                )
            ]
        )  # fmt: skip
    return made
