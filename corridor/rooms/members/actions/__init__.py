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
from .data_calls import add_question, close_call, draft_call, drop_question, open_call, set_deadline
from .decisions import activate_member, ask_for_more, decide_application, invite_coordinator
from .describing import add_campuses, add_identifiers, close_campus, drop_identifier, set_parents
from .doubles import Looked, ask_again, keep_apart, look_for_doubles
from .letter_templates import word_letter
from .letters import send_letter_again, settle_letter
from .memberships import (
    apply_for_membership,
    move_membership,
    move_memberships,
    reinstate_member,
    suspend_member,
    withdraw_member,
)
from .merging import merge_organisations
from .moderating import confirm_organisation, propose_organisation, refuse_organisation
from .naming import add_names, correct_name, end_name
from .organisations import edit_organisation, register_organisation, register_organisations
from .proposals import carry_out_proposal, decide_proposal, propose_step, take_back_proposal
from .returns import save_return
from .reviews import begin_review, close_review, invite_reviewers, save_sheet, step_aside
from .ror import attach_ror, read_ror
from .seats import end_seat, end_seat_now, give_seat, give_seats, hand_over_seat
from .sectors import clear_sectors, read_sector_codes, set_sectors
from .substitutes import end_substitute, name_substitute
from .taking_over import (
    take_over_answers,
    take_over_applications,
    take_over_conditions,
    take_over_scores,
    take_over_votes,
)
from .unmerging import unmerge_organisations

__all__ = [
    "AnotherAlliance",
    "BegunApplication",
    "Looked",
    "MembershipUnderWay",
    "NoOpenMembership",
    "activate_member",
    "add_campuses",
    "add_condition",
    "add_identifiers",
    "add_names",
    "add_part",
    "add_parts",
    "add_question",
    "apply_for_membership",
    "ask_again",
    "ask_for_more",
    "attach_ror",
    "begin_review",
    "carry_out_proposal",
    "clear_sectors",
    "close_call",
    "close_campus",
    "close_review",
    "confirm_organisation",
    "correct_name",
    "decide_application",
    "decide_proposal",
    "describe_alliance",
    "draft_call",
    "draft_form",
    "drop_identifier",
    "drop_question",
    "edit_organisation",
    "edit_part",
    "end_name",
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
    "merge_organisations",
    "move_membership",
    "move_memberships",
    "move_part",
    "name_alliance",
    "name_document",
    "name_substitute",
    "open_call",
    "propose_organisation",
    "propose_step",
    "publish_form",
    "read_ror",
    "read_sector_codes",
    "recognise_applicant",
    "record_founding_places",
    "refuse_organisation",
    "register_organisation",
    "register_organisations",
    "reinstate_member",
    "save_return",
    "save_section",
    "save_sheet",
    "send_letter_again",
    "send_link_again",
    "set_deadline",
    "set_parents",
    "set_sectors",
    "settle_letter",
    "start_application",
    "step_aside",
    "submit_application",
    "suspend_member",
    "take_back_proposal",
    "take_over_answers",
    "take_over_applications",
    "take_over_conditions",
    "take_over_scores",
    "take_over_votes",
    "unmerge_organisations",
    "withdraw_application",
    "withdraw_member",
    "word_letter",
]
