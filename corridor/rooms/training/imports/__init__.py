"""The sheets of cohorts that can be imported and exported: learners, sessions and attendance."""

from .attendance import AttendanceImport
from .enrolments import EnrolmentsImport
from .sessions import SessionsImport

__all__ = ["AttendanceImport", "EnrolmentsImport", "SessionsImport"]
