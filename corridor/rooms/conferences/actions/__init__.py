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
from .announcements import (
    confirm_announcement,
    make_announcement,
    make_announcements,
    move_announcement,
    move_announcements,
)
from .conferences import hold_conference, hold_conferences, plan_conference, plan_conferences
from .importing import AnnouncementRevised, remove_announcements, revise_announcements
from .merging import Merging, merge_announcements
from .promising import name_members, set_target, set_targets, write_wording
from .reports import report_on_announcement, report_on_announcements, show_reports

__all__ = [
    "AlreadyConfirmed",
    "AlreadyMerged",
    "AnnouncementRevised",
    "BothAnswered",
    "MergedInACircle",
    "Merging",
    "NotHeldYet",
    "NumberTaken",
    "SameHand",
    "confirm_announcement",
    "hold_conference",
    "hold_conferences",
    "make_announcement",
    "make_announcements",
    "merge_announcements",
    "move_announcement",
    "move_announcements",
    "name_members",
    "plan_conference",
    "plan_conferences",
    "remove_announcements",
    "report_on_announcement",
    "report_on_announcements",
    "revise_announcements",
    "set_target",
    "set_targets",
    "show_reports",
    "write_wording",
]
