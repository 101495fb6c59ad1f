"""How the product says no on purpose. Each door translates a refusal in exactly one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .wording import N_


class Refusal(Exception):
    """
    A rule of the house was not met. The sentence is safe to show to the person asking.

    ``message`` is a template in English with named places (``%(member)s``), marked with ``N_``; ``places`` fill it. A door
    translates the template first and fills it after, with days and numbers written as its reader writes them.
    """

    def __init__(self, message: str, **places: object) -> None:
        self.message = message
        self.places = places
        super().__init__(message)

    def __str__(self) -> str:
        return self.message % self.places if self.places else self.message

    @property
    def code(self) -> str:
        """The stable name of the rule that was not met."""
        return type(self).__name__


class AccessDenied(Refusal):
    """The actor may know about this thing but may not do that to it. Doors answer 403."""


class NotFound(Refusal):
    """There is no such thing, or none this actor may know about. We do not say which. Doors answer 404."""


class WrongMoment(Refusal):
    """The thing is in a state in which this cannot be done. Doors answer 409."""


class StaleForm(Refusal):
    """Somebody else changed the thing since the form was opened. Pages answer 409, the API 412."""

    def __init__(self, message: str, *, theirs: str = "", yours: str = "", **places: object) -> None:
        super().__init__(message, **places)
        self.theirs = theirs
        self.yours = yours


@dataclass(frozen=True)
class Problem:
    """One thing wrong with what was sent, and where. Rows count from 1 and include the header row."""

    message: str
    places: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        where = [part for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part]
        sentence = self.message % self.places if self.places else self.message
        return f"{', '.join(where)}: {sentence}" if where else sentence


class BadInput(Refusal):
    """What was sent cannot be taken. Nothing was written. Doors answer 422 and show every problem where it stands."""

    def __init__(self, problems: list[Problem] | tuple[Problem, ...], message: str = "", **places: object) -> None:
        super().__init__(message or N_("This cannot be taken as it is; nothing was changed."), **places)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])
