"""Cohorts, who is enrolled, the sessions held and who was there."""

from .cohorts import Cohort, CohortChange, CohortQuerySet, CohortTrainer, SourcedId
from .enrolments import Enrolment, EnrolmentChange, ParticipantKind, StudyMode
from .marks import Attendance, Mark
from .sessions import CaptureMode, Session, SessionChange, SessionKind

__all__ = [
    "Attendance",
    "CaptureMode",
    "Cohort",
    "CohortChange",
    "CohortQuerySet",
    "CohortTrainer",
    "Enrolment",
    "EnrolmentChange",
    "Mark",
    "ParticipantKind",
    "Session",
    "SessionChange",
    "SessionKind",
    "SourcedId",
    "StudyMode",
]
