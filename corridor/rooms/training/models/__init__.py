"""Cohorts, who is enrolled, the sessions held and who was there."""

from .cohorts import Cohort, CohortChange, CohortLanguage, CohortQuerySet, CohortTrainer, SourcedId, TrainerRole
from .enrolments import Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from .marks import Attendance, Mark
from .selection import SelectionCriterion, SelectionScore
from .sessions import (
    CaptureMode,
    EquipmentBooking,
    Session,
    SessionChange,
    SessionKind,
    SessionMove,
    SessionTrainer,
    TimetableAddress,
)

__all__ = [
    "Attendance",
    "CaptureMode",
    "Cohort",
    "CohortChange",
    "CohortLanguage",
    "CohortQuerySet",
    "CohortTrainer",
    "Enrolment",
    "EnrolmentChange",
    "EquipmentBooking",
    "ExitReason",
    "Mark",
    "ParticipantKind",
    "SelectionCriterion",
    "SelectionScore",
    "Session",
    "SessionChange",
    "SessionKind",
    "SessionMove",
    "SessionTrainer",
    "SourcedId",
    "StudyMode",
    "TimetableAddress",
    "TrainerRole",
]
