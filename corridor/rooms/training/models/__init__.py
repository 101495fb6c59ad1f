"""Cohorts, who is enrolled, the sessions held and who was there."""

from .cohorts import Cohort, CohortChange, CohortLanguage, CohortQuerySet, CohortTrainer, SourcedId, TrainerRole
from .enrolments import Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from .entries import EntryOrigin, Guest, RegisterEntry, RegisterOpening, RegisterRule, SaidMark, SigningWith
from .evidence import OwnEvidence
from .observed import AgreedAction, ObservedScore, ObservedSession, Rubric, RubricLine, RubricPart, RubricText
from .mark_words import IN_THE_ROOM, Mark
from .marks import Attendance
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
    "AgreedAction",
    "IN_THE_ROOM",
    "Attendance",
    "CaptureMode",
    "Cohort",
    "CohortChange",
    "CohortLanguage",
    "CohortQuerySet",
    "CohortTrainer",
    "Enrolment",
    "EnrolmentChange",
    "EntryOrigin",
    "EquipmentBooking",
    "ExitReason",
    "Guest",
    "LanguageScale",
    "LanguageSource",
    "Mark",
    "ObservedScore",
    "ObservedSession",
    "OwnEvidence",
    "ParticipantKind",
    "RegisterEntry",
    "RegisterOpening",
    "RegisterRule",
    "Rubric",
    "RubricLine",
    "RubricPart",
    "RubricText",
    "SaidMark",
    "SelectionCriterion",
    "SelectionScore",
    "Session",
    "SessionChange",
    "SessionKind",
    "SessionMove",
    "SessionTrainer",
    "SigningWith",
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
