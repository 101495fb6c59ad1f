"""The sheets that can be imported and exported: learners, sessions and attendance of cohorts; trainers, postings and trips."""

from .attendance import AttendanceImport
from .enrolments import EnrolmentsImport
from .placements import PlacementsImport
from .sessions import SessionsImport
from .stays import StaysImport
from .trainers import TrainersImport

__all__ = [
    "AttendanceImport",
    "EnrolmentsImport",
    "PlacementsImport",
    "SessionsImport",
    "StaysImport",
    "TrainersImport",
]
