"""What is given to plan a conference, to make an announcement and to report on one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from corridor.rooms.members.models import Organisation, SourceMark

from .lifecycle import AnnouncementStatus
from .models import Announcement, Conference


@dataclass(frozen=True)
class ConferenceDraft:
    """``ends_before`` is the day after the last; ``titles`` maps a language (BCP 47) to the title."""

    reference: str
    place: str
    country: str
    starts_on: date
    ends_before: date
    titles: Mapping[str, str]
    source_mark: str = SourceMark.ASSUMED


@dataclass(frozen=True)
class AnnouncementDraft:
    """
    Without a reference it gets the next free one of its year.

    ``made_by``, ``confirmed_by`` and ``confirmed_on`` are for records that were kept elsewhere before; see make_announcements.
    """

    conference: Conference
    owner: Organisation
    announced_on: date
    next_report_due_on: date
    titles: Mapping[str, str]
    reference: str = ""
    country: str = ""
    source_mark: str = SourceMark.ASSUMED
    made_by: str = ""
    confirmed_by: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True)
class ReportDraft:
    """
    ``due_on`` is the report day that the writer saw: a form sends it back, and it must still be the one that is due. None takes
    whatever is due. ``made_by`` is for records that were kept elsewhere before.
    """

    announcement: Announcement
    reported_on: date
    text: str
    next_due_on: date
    due_on: date | None = None
    language: str = "en"
    made_by: str = field(default="")


@dataclass(frozen=True)
class AnnouncementStep:
    announcement: Announcement
    to: AnnouncementStatus
    on: date
    reason: str = ""
