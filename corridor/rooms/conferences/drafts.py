"""What is given to plan a conference, to make an announcement and to report on one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from corridor.foundations.documents.models import Document
from corridor.foundations.documents.receiving import Upload
from corridor.rooms.members.models import Organisation, SourceMark

from .kinds import Said, StandsAs
from .lifecycle import AnnouncementStatus
from .models import Announcement, Conference


@dataclass(frozen=True)
class ConferenceDraft:
    """``ends_before`` is the day after the last; ``zone`` that of the place (IANA); ``titles`` maps a language (BCP 47) to the title."""

    reference: str
    place: str
    country: str
    starts_on: date
    ends_before: date
    titles: Mapping[str, str]
    zone: str
    source_mark: str = SourceMark.ASSUMED


@dataclass(frozen=True)
class WordingDraft:
    """The words in one language (BCP 47), and whether they were read out so."""

    language: str
    text: str
    said: Said = Said.READ_OUT


@dataclass(frozen=True)
class TargetDraft:
    """
    So many of what, by when. ``unit`` says what is counted, in ``language``; ``indicator`` is the code of one that counts the same.

    ``made_by`` is for records that were kept elsewhere before.
    """

    number: Decimal
    unit: str
    reach_by: date
    language: str = "en"
    indicator: str = ""
    reason: str = ""
    made_by: str = ""


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
    wordings: Sequence[WordingDraft] = ()
    members: Mapping[Organisation, StandsAs] = field(default_factory=dict)
    target: TargetDraft | None = None
    # The key that it gets, where it was named before it was made.
    key: UUID | None = None


@dataclass(frozen=True)
class RecordNamed:
    """The record of another room, by the word for its kind ("agreement", "programme", "site") and its reference."""

    kind: str
    reference: str


@dataclass(frozen=True)
class ReportDraft:
    """
    ``reached`` is how far the target is reached, as the owner counts it; what shows the report comes as files, kept documents and records.

    ``due_on`` is the report day that the writer saw: a form sends it back, and it must still be the one that is due. None takes
    whatever is due. ``made_by`` is for records that were kept elsewhere before.
    """

    announcement: Announcement
    reported_on: date
    text: str
    next_due_on: date
    due_on: date | None = None
    language: str = "en"
    reached: Decimal | None = None
    made_by: str = field(default="")
    uploads: Sequence[Upload] = ()
    documents: Sequence[Document] = ()
    records: Sequence[RecordNamed] = ()


@dataclass(frozen=True)
class AnnouncementStep:
    announcement: Announcement
    to: AnnouncementStatus
    on: date
    reason: str = ""
