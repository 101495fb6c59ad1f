"""Every way an appointment, a licence, a scheme or a decision can change, and what is done about a decision."""

from .appealing import lodge_appeal, name_panel, rule_on_appeal, withdraw_appeal
from .appointing import appoint_assessors
from .conflicts import EmploymentDraft, end_employment, state_employments, state_relation, withdraw_relation
from .deciding import NewDecision, change_decision, record_decisions
from .evidence import EvidenceDraft, add_evidence, add_piece, declare_evidence, discard_evidence
from .finalising import finalise_decisions
from .licensing import LicenceDraft, end_licence, except_capability, grant_licences
from .marks import MarkDraft, correct_marks, record_marks, remove_marks
from .moderation import assign_second, draw_sample, judge_sample, settle_sample
from .own_files import let_go_of_own_file, take_own_file
from .prior_learning import (
    claim_prior_learning,
    decline_prior_learning,
    interview,
    recognise_prior_learning,
    withdraw_prior_learning,
)
from .releasing import set_release
from .schemes import discard_scheme, publish_schemes, write_schemes
from .setting_aside import move_evidence, set_aside_decision
from .signing import sign_decision
from .sittings import cancel_sitting, plan_sitting

__all__ = [
    "EmploymentDraft",
    "EvidenceDraft",
    "LicenceDraft",
    "MarkDraft",
    "NewDecision",
    "add_evidence",
    "add_piece",
    "appoint_assessors",
    "assign_second",
    "cancel_sitting",
    "change_decision",
    "claim_prior_learning",
    "correct_marks",
    "declare_evidence",
    "decline_prior_learning",
    "discard_evidence",
    "discard_scheme",
    "draw_sample",
    "end_employment",
    "end_licence",
    "except_capability",
    "finalise_decisions",
    "grant_licences",
    "interview",
    "judge_sample",
    "let_go_of_own_file",
    "lodge_appeal",
    "move_evidence",
    "name_panel",
    "plan_sitting",
    "publish_schemes",
    "recognise_prior_learning",
    "record_decisions",
    "record_marks",
    "remove_marks",
    "rule_on_appeal",
    "set_aside_decision",
    "set_release",
    "settle_sample",
    "sign_decision",
    "state_employments",
    "state_relation",
    "take_own_file",
    "withdraw_appeal",
    "withdraw_prior_learning",
    "withdraw_relation",
    "write_schemes",
]
