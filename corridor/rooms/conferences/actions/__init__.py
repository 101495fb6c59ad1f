"""Every way a conference and its announcements can change."""

from ..ledger import AlreadyConfirmed, NotHeldYet, NumberTaken, SameHand
from .announcements import (
    confirm_announcement,
    make_announcement,
    make_announcements,
    move_announcement,
    move_announcements,
)
from .conferences import hold_conference, hold_conferences, plan_conference, plan_conferences
from .reports import report_on_announcement, report_on_announcements

__all__ = [
    "AlreadyConfirmed",
    "NotHeldYet",
    "NumberTaken",
    "SameHand",
    "confirm_announcement",
    "hold_conference",
    "hold_conferences",
    "make_announcement",
    "make_announcements",
    "move_announcement",
    "move_announcements",
    "plan_conference",
    "plan_conferences",
    "report_on_announcement",
    "report_on_announcements",
]
