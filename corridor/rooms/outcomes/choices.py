"""What can be answered, and by whom, for doors that ask."""

from .models import Answer, AnswerSource

__all__ = ["Answer", "AnswerSource"]
