"""Conferences and what was announced on their stages. The ledger never loses a line."""

from .agenda import AgendaItem, AgendaSpeaker, AgendaTitle, ConferenceDocument, Hall
from .announcements import (
    Announcement,
    AnnouncementChange,
    AnnouncementMember,
    AnnouncementQuerySet,
    AnnouncementTarget,
    AnnouncementTitle,
    AnnouncementWording,
)
from .conferences import Conference, ConferenceChange, ConferenceTitle
from .contributions import (
    Contribution,
    ContributionCall,
    ContributionChange,
    ContributionLetter,
    ContributionReview,
    ContributionSpeaker,
)
from .delegates import (
    Delegate,
    DelegateAnswer,
    DelegateChange,
    DelegateChoice,
    Registration,
    RegistrationPart,
    RegistrationPartText,
    Scan,
    VisaLetter,
    VisaLetterChange,
)
from .reports import AnnouncementReport, ReportEvidence
from .resolutions import Minutes, Resolution, ResolutionChange, ResolutionText

__all__ = [
    "AgendaItem",
    "AgendaSpeaker",
    "AgendaTitle",
    "Announcement",
    "AnnouncementChange",
    "AnnouncementMember",
    "AnnouncementQuerySet",
    "AnnouncementReport",
    "AnnouncementTarget",
    "AnnouncementTitle",
    "AnnouncementWording",
    "Conference",
    "ConferenceChange",
    "ConferenceDocument",
    "ConferenceTitle",
    "Contribution",
    "ContributionCall",
    "ContributionChange",
    "ContributionLetter",
    "ContributionReview",
    "ContributionSpeaker",
    "Delegate",
    "DelegateAnswer",
    "DelegateChange",
    "DelegateChoice",
    "Hall",
    "Minutes",
    "Registration",
    "RegistrationPart",
    "RegistrationPartText",
    "ReportEvidence",
    "Resolution",
    "ResolutionChange",
    "ResolutionText",
    "Scan",
    "VisaLetter",
    "VisaLetterChange",
]
