"""The words that forms about teaching offer, and how learners are called."""

from ..agreeing import Value
from ..models import CaptureMode, ExitReason, Mark, ParticipantKind, SessionKind, SigningWith, StudyMode, TrainerRole
from ..names import Name

__all__ = [
    "CaptureMode",
    "ExitReason",
    "Mark",
    "Name",
    "ParticipantKind",
    "SessionKind",
    "SigningWith",
    "StudyMode",
    "TrainerRole",
    "Value",
]
