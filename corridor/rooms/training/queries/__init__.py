"""Every way cohorts, learners and registers can be read. Nothing here changes anything."""

from .cohorts import get_cohort, list_cohorts, list_sessions
from .grants import grants_of
from .learners import LearnerRow, PathStep, get_enrolment, learner_path, list_learners
from .registers import Register, RegisterRow, get_register, get_session, registers_due, sessions_of_day

__all__ = [
    "LearnerRow",
    "PathStep",
    "Register",
    "RegisterRow",
    "get_cohort",
    "get_enrolment",
    "get_register",
    "get_session",
    "grants_of",
    "learner_path",
    "list_cohorts",
    "list_learners",
    "list_sessions",
    "registers_due",
    "sessions_of_day",
]
