"""Every way the alliance's record, its organisations, their memberships and seats can change."""

from ..refusals import AnotherAlliance, MembershipUnderWay, NoOpenMembership
from .alliance import describe_alliance, list_places, name_alliance, record_founding_places
from .application_forms import (
    add_part,
    add_parts,
    draft_form,
    edit_part,
    leave_out_part,
    move_part,
    name_document,
    publish_form,
)
from .applications import (
    BegunApplication,
    hand_in_document,
    recognise_applicant,
    save_section,
    send_link_again,
    start_application,
    submit_application,
    withdraw_application,
)
from .conditions import add_condition, hand_in_evidence, judge_condition
from .data_calls import add_question, close_call, draft_call, drop_question, open_call
from .decisions import activate_member, ask_for_more, decide_application, invite_coordinator
from .doubles import Looked, ask_again, keep_apart, look_for_doubles
from .letter_templates import word_letter
from .memberships import (
    apply_for_membership,
    move_membership,
    move_memberships,
    reinstate_member,
    suspend_member,
    withdraw_member,
)
from .organisations import add_names, edit_organisation, register_organisation, register_organisations
from .proposals import carry_out_proposal, decide_proposal, propose_step, take_back_proposal
from .returns import save_return
from .reviews import begin_review, close_review, invite_reviewers, save_sheet, step_aside
from .seats import end_seat, end_seat_now, give_seat, give_seats, hand_over_seat
from .substitutes import end_substitute, name_substitute

__all__ = [
    "AnotherAlliance",
    "BegunApplication",
    "Looked",
    "MembershipUnderWay",
    "NoOpenMembership",
    "activate_member",
    "add_condition",
    "add_names",
    "add_part",
    "add_parts",
    "add_question",
    "apply_for_membership",
    "ask_again",
    "ask_for_more",
    "begin_review",
    "carry_out_proposal",
    "close_call",
    "close_review",
    "decide_application",
    "decide_proposal",
    "describe_alliance",
    "draft_call",
    "draft_form",
    "drop_question",
    "edit_organisation",
    "edit_part",
    "end_seat",
    "end_seat_now",
    "end_substitute",
    "give_seat",
    "give_seats",
    "hand_in_document",
    "hand_in_evidence",
    "hand_over_seat",
    "invite_coordinator",
    "invite_reviewers",
    "judge_condition",
    "keep_apart",
    "leave_out_part",
    "list_places",
    "look_for_doubles",
    "move_membership",
    "move_memberships",
    "move_part",
    "name_alliance",
    "name_document",
    "name_substitute",
    "open_call",
    "propose_step",
    "publish_form",
    "recognise_applicant",
    "record_founding_places",
    "register_organisation",
    "register_organisations",
    "reinstate_member",
    "save_return",
    "save_section",
    "save_sheet",
    "send_link_again",
    "start_application",
    "step_aside",
    "submit_application",
    "suspend_member",
    "take_back_proposal",
    "withdraw_application",
    "withdraw_member",
    "word_letter",
]
