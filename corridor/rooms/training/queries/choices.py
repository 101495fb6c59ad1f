"""The words that forms about teaching offer, and how learners are called."""

from ..agreeing import Value
from ..models import (
    CaptureMode,
    ExitReason,
    LanguageScale,
    LanguageSource,
    Mark,
    Moment,
    ParticipantKind,
    Reached,
    SessionKind,
    SigningWith,
    StudyMode,
    TrainerRole,
)
from ..names import Name

__all__ = [
    "CaptureMode",
    "ExitReason",
    "LanguageScale",
    "LanguageSource",
    "Mark",
    "Moment",
    "Name",
    "ParticipantKind",
    "Reached",
    "SessionKind",
    "SigningWith",
    "StudyMode",
    "TrainerRole",
    "Value",
]
