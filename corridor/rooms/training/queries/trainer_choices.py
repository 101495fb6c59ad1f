"""The words that forms about trainers offer."""

from ..cascade import Teaching
from ..models import LanguageScale, LanguageSource, RubricPart, StayKind
from ..trainer_drafts import LEVELS

__all__ = ["LEVELS", "LanguageScale", "LanguageSource", "RubricPart", "StayKind", "Teaching"]
