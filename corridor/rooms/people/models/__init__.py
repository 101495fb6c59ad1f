"""Persons: the one home of personal data."""

from corridor.rooms.members.models import SourceMark

from .names import NameForm, PersonName
from .persons import Person, Sex

__all__ = ["NameForm", "Person", "PersonName", "Sex", "SourceMark"]
