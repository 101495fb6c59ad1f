"""Private keys of members are kept as every private key of the house is."""

from corridor.foundations.private_keys import NoEncryptionKey, is_sealed_by_guard_of_today, seal, unseal

__all__ = ["NoEncryptionKey", "is_sealed_by_guard_of_today", "seal", "unseal"]
