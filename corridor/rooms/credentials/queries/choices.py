"""The words that forms about certificates offer."""

from ..models import CredentialKind, RecognitionKind

__all__ = ["CredentialKind", "RecognitionKind"]
