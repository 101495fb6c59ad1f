"""Private keys of members are kept as every private key of the house is."""

from corridor.foundations.private_keys import NoEncryptionKey, seal, unseal

__all__ = ["NoEncryptionKey", "seal", "unseal"]
