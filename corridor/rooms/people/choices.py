"""The words among which a form about persons lets one choose."""

from .models import (
    Answer,
    BirthCalendar,
    BirthPrecision,
    ContactKind,
    ContactUse,
    Disability,
    NameForm,
    NameOrder,
    Need,
    PaperKind,
    PurposeBasis,
    Romanisation,
    Sex,
    Taking,
)

__all__ = [
    "Answer",
    "BirthCalendar",
    "BirthPrecision",
    "ContactKind",
    "ContactUse",
    "Disability",
    "NameForm",
    "NameOrder",
    "Need",
    "PaperKind",
    "PurposeBasis",
    "Romanisation",
    "Sex",
    "Taking",
]
