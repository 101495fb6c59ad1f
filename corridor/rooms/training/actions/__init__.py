"""Every way a cohort, an enrolment, a session or a register can change."""

from ..booking import Needs
from ..descriptions import Description
from ..placement_plans import PlacementPlan
from .addresses import MadeTimetable, end_timetable_address, make_timetable_address
from .applying import Application, apply_to_cohort, withdraw_application
from .arriving import arrive, confirm_arrivals, end_screen, show_screen
from .cohorts import CohortPlan, CohortStep, finish_cohort, move_cohorts, open_cohort, open_cohorts, recruit
from .contracting import file_contract
from .describing import describe_cohort
from .enrolling import EnrolmentStep, Place, enrol_learners, move_enrolments
from .locking import Signature, lock_register, lock_registers
from .mentoring import confirm_week, end_mentor_link, make_mentor_link, note_word, write_logbook
from .placing import Task, break_off, change_placement, place_learner, record_visit, set_tasks
from .registers import MarkToRecord, record_attendance, take_register
from .replanning import change_session, move_session
from .ruling import open_register, set_register_rule
from .saying import Said, SaidDraft, correct_mark, say_marks, settle_marks
from .selecting import (
    Criterion,
    answer_offer,
    end_late_offers,
    offer_places,
    put_on_waiting_list,
    record_scores,
    set_criteria,
)
from .sessions import Clashing, SessionPlan, cancel_session, cancel_sessions, plan_sessions
from .sheet_photos import keep_sheet_photo
from .touching import Goal, Level, Link, check_contacts, set_goals, set_platform_links, state_level, state_levels
from .trainers import appoint_trainers, end_trainer
from .transferring import Transfer, transfer_learner, transfer_learners
from .waiving import waive_hours

__all__ = [
    "Application",
    "Clashing",
    "CohortPlan",
    "CohortStep",
    "Criterion",
    "Description",
    "EnrolmentStep",
    "Goal",
    "Level",
    "Link",
    "MadeTimetable",
    "MarkToRecord",
    "Needs",
    "Place",
    "PlacementPlan",
    "Said",
    "SaidDraft",
    "SessionPlan",
    "Signature",
    "Task",
    "Transfer",
    "answer_offer",
    "apply_to_cohort",
    "appoint_trainers",
    "arrive",
    "break_off",
    "cancel_session",
    "cancel_sessions",
    "change_placement",
    "change_session",
    "check_contacts",
    "confirm_arrivals",
    "confirm_week",
    "correct_mark",
    "describe_cohort",
    "end_late_offers",
    "end_mentor_link",
    "end_screen",
    "end_timetable_address",
    "end_trainer",
    "enrol_learners",
    "file_contract",
    "finish_cohort",
    "keep_sheet_photo",
    "lock_register",
    "lock_registers",
    "make_mentor_link",
    "make_timetable_address",
    "move_cohorts",
    "move_enrolments",
    "move_session",
    "note_word",
    "offer_places",
    "open_cohort",
    "open_cohorts",
    "open_register",
    "place_learner",
    "plan_sessions",
    "put_on_waiting_list",
    "record_attendance",
    "record_scores",
    "record_visit",
    "recruit",
    "say_marks",
    "set_criteria",
    "set_goals",
    "set_platform_links",
    "set_register_rule",
    "set_tasks",
    "settle_marks",
    "show_screen",
    "state_level",
    "state_levels",
    "take_register",
    "transfer_learner",
    "transfer_learners",
    "waive_hours",
    "withdraw_application",
    "write_logbook",
]
