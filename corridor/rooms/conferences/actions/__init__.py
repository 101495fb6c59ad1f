"""Every way a conference and its announcements can change."""

from ..ledger import (
    AlreadyConfirmed,
    AlreadyMerged,
    BothAnswered,
    MergedInACircle,
    NotHeldYet,
    NumberTaken,
    SameHand,
)
from .agenda import (
    ItemDraft,
    NotAccepted,
    OnAgendaAlready,
    TakenThen,
    add_document,
    put_on_agenda,
    take_from_agenda,
)
from .announcements import (
    confirm_announcement,
    make_announcement,
    make_announcements,
    move_announcement,
    move_announcements,
)
from .conferences import hold_conference, hold_conferences, plan_conference, plan_conferences
from .contributions import (
    ContributionDraft,
    JudgementDraft,
    OwnContribution,
    call_for_contributions,
    decide_on_contribution,
    judge_contribution,
    load_judgements,
    send_contribution,
    withdraw_contribution,
)
from .delegates import (
    DelegateDraft,
    Registered,
    change_listing,
    recognise_delegate,
    register_delegate,
    withdraw_delegate,
)
from .forgetting import KEPT_FOR, forget_delegates, forget_own
from .importing import AnnouncementRevised, remove_announcements, revise_announcements
from .merging import Merging, merge_announcements
from .promising import name_members, set_target, set_targets, write_wording
from .registration import QuestionDraft, ask_delegates, open_registration, stop_asking
from .reports import report_on_announcement, report_on_announcements, show_reports
from .resolutions import ResolutionDraft, approve_minutes, resolve, settle_resolution, write_minutes
from .scans import ScanDraft, Taken, check_in
from .visas import ask_for_visa_letter, decide_on_visa_letter, forget_passports

__all__ = [
    "KEPT_FOR",
    "AlreadyConfirmed",
    "AlreadyMerged",
    "AnnouncementRevised",
    "BothAnswered",
    "ContributionDraft",
    "DelegateDraft",
    "ItemDraft",
    "JudgementDraft",
    "MergedInACircle",
    "Merging",
    "NotAccepted",
    "NotHeldYet",
    "NumberTaken",
    "OnAgendaAlready",
    "OwnContribution",
    "QuestionDraft",
    "Registered",
    "ResolutionDraft",
    "SameHand",
    "ScanDraft",
    "Taken",
    "TakenThen",
    "add_document",
    "approve_minutes",
    "ask_delegates",
    "ask_for_visa_letter",
    "call_for_contributions",
    "change_listing",
    "check_in",
    "confirm_announcement",
    "decide_on_contribution",
    "decide_on_visa_letter",
    "forget_delegates",
    "forget_own",
    "forget_passports",
    "hold_conference",
    "hold_conferences",
    "judge_contribution",
    "load_judgements",
    "make_announcement",
    "make_announcements",
    "merge_announcements",
    "move_announcement",
    "move_announcements",
    "name_members",
    "open_registration",
    "plan_conference",
    "plan_conferences",
    "put_on_agenda",
    "recognise_delegate",
    "register_delegate",
    "remove_announcements",
    "report_on_announcement",
    "report_on_announcements",
    "resolve",
    "revise_announcements",
    "send_contribution",
    "set_target",
    "set_targets",
    "settle_resolution",
    "show_reports",
    "stop_asking",
    "take_from_agenda",
    "withdraw_contribution",
    "withdraw_delegate",
    "write_minutes",
    "write_wording",
]
