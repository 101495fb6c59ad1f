"""The words that forms about teaching offer."""

from ..models import CaptureMode, Mark, ParticipantKind, SessionKind, StudyMode

__all__ = ["CaptureMode", "Mark", "ParticipantKind", "SessionKind", "StudyMode"]
