"""How the guarding of private keys says no."""

from typing import Self

from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_


class NoEncryptionKey(Refusal):
    """The setting that guards private keys at rest is missing or not the one they were sealed with."""

    @classmethod
    def by_another_guard(cls) -> Self:
        return cls(N_("This private key was sealed under another KEY_ENCRYPTION_KEY; nothing can be signed with it."))
