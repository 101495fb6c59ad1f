"""Every way a cohort, an enrolment, a session or a register can change."""

from .cohorts import CohortPlan, CohortStep, finish_cohort, move_cohorts, open_cohort, open_cohorts
from .enrolling import EnrolmentStep, Place, enrol_learners, move_enrolments
from .locking import Signature, lock_register, lock_registers
from .registers import MarkToRecord, record_attendance, take_register
from .sessions import SessionPlan, cancel_session, cancel_sessions, plan_sessions
from .trainers import appoint_trainers
from .transferring import Transfer, transfer_learner, transfer_learners

__all__ = [
    "CohortPlan",
    "CohortStep",
    "EnrolmentStep",
    "MarkToRecord",
    "Place",
    "SessionPlan",
    "Signature",
    "Transfer",
    "appoint_trainers",
    "cancel_session",
    "cancel_sessions",
    "enrol_learners",
    "finish_cohort",
    "lock_register",
    "lock_registers",
    "move_cohorts",
    "move_enrolments",
    "open_cohort",
    "open_cohorts",
    "plan_sessions",
    "record_attendance",
    "take_register",
    "transfer_learner",
    "transfer_learners",
]
