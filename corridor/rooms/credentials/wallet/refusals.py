"""How the doors for wallets say no: ``error`` is the word that the specification has for it."""

from typing import ClassVar

from corridor.kernel.errors import Refusal


class WalletRefused(Refusal):
    """What the wallet sent is not what is asked of it."""

    error: ClassVar[str] = "invalid_request"


class GrantRefused(WalletRefused):
    """The code or the transaction code is wrong, was used, or has ended."""

    error = "invalid_grant"


class OtherGrant(WalletRefused):
    """Another way to get in than a pre-authorised code."""

    error = "unsupported_grant_type"


class AccessRefused(WalletRefused):
    """The access token is wrong, was used, or has ended."""

    error = "invalid_token"


class ProofOfKeyRefused(WalletRefused):
    """The proof of the wallet's key does not hold."""

    error = "invalid_proof"


class NonceRefused(WalletRefused):
    """The nonce is not one of ours, or too old, or was used."""

    error = "invalid_nonce"


class RequestRefused(WalletRefused):
    """The request for a credential is not written as it must be."""

    error = "invalid_credential_request"


class OtherConfiguration(WalletRefused):
    """Another credential is asked for than was offered."""

    error = "unknown_credential_configuration"


class OtherIdentifier(WalletRefused):
    """A name of a credential that was never given."""

    error = "unknown_credential_identifier"


class EncryptionRefused(WalletRefused):
    """The answer is asked for in another wrapping than TLS."""

    error = "invalid_encryption_parameters"


class NotGiven(WalletRefused):
    """The certificate is no longer in force, or its issuer signs no more."""

    error = "credential_request_denied"
