"""Cohorts, who is enrolled, the sessions held and who was there."""

from .arrivals import Arrival, ArrivalScreen
from .cohorts import Cohort, CohortChange, CohortLanguage, CohortQuerySet, CohortTrainer, SourcedId, TrainerRole
from .enrolments import Enrolment, EnrolmentChange, ExitReason, ParticipantKind, StudyMode
from .entries import EntryOrigin, Guest, RegisterEntry, RegisterOpening, RegisterRule, SaidMark, SigningWith
from .evidence import OwnEvidence
from .mark_words import IN_THE_ROOM, Mark
from .marks import Attendance
from .observed import AgreedAction, ObservedScore, ObservedSession, Rubric, RubricLine, RubricPart, RubricText
from .photos import SheetPhoto
from .placements import (
    LogbookEntry,
    MentorLink,
    Placement,
    PlacementTask,
    PlacementVisit,
    PlacementWeek,
)
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
from .staying_in_touch import ContactCheck, LanguageGoal, LanguageLevel, Moment, PlatformLink, Reached
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
from .waivers import HoursWaiver

__all__ = [
    "IN_THE_ROOM",
    "AgreedAction",
    "Arrival",
    "ArrivalScreen",
    "Attendance",
    "CaptureMode",
    "Cohort",
    "CohortChange",
    "CohortLanguage",
    "CohortQuerySet",
    "CohortTrainer",
    "ContactCheck",
    "Enrolment",
    "EnrolmentChange",
    "EntryOrigin",
    "EquipmentBooking",
    "ExitReason",
    "Guest",
    "HoursWaiver",
    "LanguageGoal",
    "LanguageLevel",
    "LanguageScale",
    "LanguageSource",
    "LogbookEntry",
    "Mark",
    "MentorLink",
    "Moment",
    "ObservedScore",
    "ObservedSession",
    "OwnEvidence",
    "ParticipantKind",
    "Placement",
    "PlacementTask",
    "PlacementVisit",
    "PlacementWeek",
    "PlatformLink",
    "Reached",
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
    "SheetPhoto",
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
