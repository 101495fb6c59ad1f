"""Cohorts, who is enrolled, the sessions held and who was there."""

from .cohorts import Cohort, CohortChange, CohortLanguage, CohortQuerySet, CohortTrainer, SourcedId, TrainerRole
from .enrolments import Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from .evidence import OwnEvidence
from .lessons import LessonAction, LessonScore, ObservedLesson, Rubric, RubricLine, RubricPart, RubricText
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
from .stays import Stay, StayKind, StayQuerySet
from .trainers import (
    LanguageScale,
    LanguageSource,
    Trainer,
    TrainerLanguage,
    TrainerQualification,
    TrainerQuerySet,
    TrainerUnit,
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
    "LanguageScale",
    "LanguageSource",
    "LessonAction",
    "LessonScore",
    "Mark",
    "ObservedLesson",
    "OwnEvidence",
    "ParticipantKind",
    "Rubric",
    "RubricLine",
    "RubricPart",
    "RubricText",
    "SelectionCriterion",
    "SelectionScore",
    "Session",
    "SessionChange",
    "SessionKind",
    "SessionMove",
    "SessionTrainer",
    "SourcedId",
    "Stay",
    "StayKind",
    "StayQuerySet",
    "StudyMode",
    "TimetableAddress",
    "Trainer",
    "TrainerLanguage",
    "TrainerQualification",
    "TrainerQuerySet",
    "TrainerRole",
    "TrainerUnit",
]
