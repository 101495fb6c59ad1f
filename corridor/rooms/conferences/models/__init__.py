"""Conferences and what was announced on their stages. The ledger never loses a line."""

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

__all__ = [
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
    "ConferenceTitle",
    "Delegate",
    "DelegateAnswer",
    "DelegateChange",
    "DelegateChoice",
    "Registration",
    "RegistrationPart",
    "RegistrationPartText",
    "ReportEvidence",
    "Scan",
    "VisaLetter",
    "VisaLetterChange",
]
