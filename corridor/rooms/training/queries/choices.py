"""The words that forms about teaching offer, and how learners are called."""

from ..models import CaptureMode, ExitReason, Mark, ParticipantKind, SessionKind, StudyMode, TrainerRole
from ..names import Name

__all__ = [
    "CaptureMode",
    "ExitReason",
    "Mark",
    "Name",
    "ParticipantKind",
    "SessionKind",
    "StudyMode",
    "TrainerRole",
]
