"""Every way cohorts, learners and registers can be read. Nothing here changes anything."""

from ..names import names_of
from .begun import Begun, begun_by_year, minutes_taught
from .carrying import Carried, CarriedRegister, cohorts_to_correct, registers_to_carry
from .cohorts import TrainerRow, count_taught, get_cohort, get_trainer, list_cohorts, list_sessions, list_trainers
from .funnel import Exit, Funnel, get_funnel
from .grants import grants_of
from .learners import (
    LearnerRow,
    PathStep,
    get_enrolment,
    learner_path,
    list_learners,
    person_to_appoint,
    person_to_enrol,
)
from .reach import cohorts_to_move_to, offices_of, persons_reached, sites_of, sites_of_all, who_sent
from .registers import Register, RegisterRow, get_register, get_session, registers_due, sessions_of_day
from .rosters import RosterPlace, places_on, trainers_of
from .selection import (
    Applicant,
    OpenCohort,
    Selection,
    get_open_cohort,
    get_selection,
    late_offers,
    list_open_cohorts,
    own_place,
    person_to_apply_for,
)
from .taught import Taught, taught_between
from .teaching import BY_PROGRAMME, BY_SITE, Teaching, demands_behind, teaching_of

__all__ = [
    "BY_PROGRAMME",
    "BY_SITE",
    "Applicant",
    "Begun",
    "Carried",
    "CarriedRegister",
    "Exit",
    "Funnel",
    "LearnerRow",
    "OpenCohort",
    "PathStep",
    "Register",
    "RegisterRow",
    "RosterPlace",
    "Selection",
    "Taught",
    "Teaching",
    "TrainerRow",
    "begun_by_year",
    "cohorts_to_correct",
    "cohorts_to_move_to",
    "count_taught",
    "demands_behind",
    "get_cohort",
    "get_enrolment",
    "get_funnel",
    "get_open_cohort",
    "get_register",
    "get_selection",
    "get_session",
    "get_trainer",
    "grants_of",
    "late_offers",
    "learner_path",
    "list_cohorts",
    "list_learners",
    "list_open_cohorts",
    "list_sessions",
    "list_trainers",
    "minutes_taught",
    "names_of",
    "offices_of",
    "own_place",
    "person_to_apply_for",
    "person_to_appoint",
    "person_to_enrol",
    "persons_reached",
    "places_on",
    "registers_due",
    "registers_to_carry",
    "sessions_of_day",
    "sites_of",
    "sites_of_all",
    "taught_between",
    "teaching_of",
    "trainers_of",
    "who_sent",
]
