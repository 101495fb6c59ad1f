"""The words that forms about teaching offer, and how learners are called."""

from ..models import CaptureMode, Mark, ParticipantKind, SessionKind, StudyMode
from ..names import Name

__all__ = ["CaptureMode", "Mark", "Name", "ParticipantKind", "SessionKind", "StudyMode"]
