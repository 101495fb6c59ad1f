"""The words that forms about certificates offer."""

from ..models import AttestationKind, CredentialKind, RecognitionKind

__all__ = ["AttestationKind", "CredentialKind", "RecognitionKind"]
