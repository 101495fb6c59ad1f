"""Decisions laid out: a cohort's learners by its units, and one unit with each of its learners."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.assessment.queries import Matrix, Result, opens_another
from corridor.rooms.training.queries.choices import Name


@dataclass(frozen=True)
class Place:
    """
    One learner in one unit: the latest decision, and the attempt that would come next (None: none may). ``was_sent`` is what a refused
    form said.
    """

    enrolment: Any
    unit: Any
    name: Name
    decision: Any | None
    was_sent: str = ""

    @property
    def next_attempt(self) -> int | None:
        if self.decision is None:
            return 1
        return self.decision.attempt + 1 if opens_another(self.decision) else None

    @property
    def is_carried(self) -> bool:
        """Decided in another cohort, before the learner was moved here."""
        return self.decision is not None and self.decision.enrolment_id != self.enrolment.pk

    @property
    def is_open(self) -> bool:
        """Decided here, and not final yet."""
        return self.decision is not None and not self.is_carried and self.decision.status == "assessed"


@dataclass(frozen=True)
class UnitBoard:
    unit: Any
    places: list[Place]

    def place(self, number: int) -> Place:
        """:raises NotFound: if nobody on that seat can be assessed."""
        for each in self.places:
            if each.enrolment.number == number:
                return each
        raise NotFound(
            N_("There is no seat %(number)s that can be assessed in %(unit)s."), number=number, unit=self.unit.code
        )

    def with_sent(self, sent: QueryDict) -> "UnitBoard":
        """The same with what a form said, so that nothing is lost when it is refused."""
        return UnitBoard(
            self.unit, [replace(each, was_sent=sent.get(f"r{each.enrolment.number}", "")) for each in self.places]
        )

    @property
    def final(self) -> int:
        return sum(each.decision is not None and each.decision.status == "final" for each in self.places)

    @property
    def open(self) -> int:
        return sum(each.is_open for each in self.places)

    @property
    def to_decide(self) -> list[Place]:
        return [each for each in self.places if each.decision is None]


@dataclass(frozen=True)
class Board:
    """``rows``: each learner with a place per unit, in the order of ``units``."""

    units: list[UnitBoard]
    rows: list[tuple[Any, Name, list[Place]]]

    @property
    def waiting(self) -> list[Any]:
        """Decisions that are not final yet."""
        return [place.decision for unit in self.units for place in unit.places if place.is_open]

    @property
    def final(self) -> int:
        return sum(unit.final for unit in self.units)

    @property
    def all(self) -> int:
        return sum(len(unit.places) for unit in self.units)


def board_of(matrix: Matrix) -> Board:
    units = [UnitBoard(unit, [_place(matrix, each, unit) for each in matrix.enrolments]) for unit in matrix.units]
    rows = [
        (each, matrix.names[each.person_id], [_place(matrix, each, unit) for unit in matrix.units])
        for each in matrix.enrolments
    ]
    return Board(units, rows)


def unit_board(matrix: Matrix, *, code: str) -> UnitBoard:
    """:raises NotFound: if the cohort's curriculum has no such unit."""
    for unit in matrix.units:
        if unit.code == code:
            return UnitBoard(unit, [_place(matrix, each, unit) for each in matrix.enrolments])
    raise NotFound(N_("There is no unit %(unit)s in the curriculum of this cohort."), unit=code)


def results_sent(board: UnitBoard, sent: QueryDict) -> Iterator[tuple[Place, str]]:
    """For each learner whose segment says more than "not today", the place and the result."""
    # Nobody has decided about these yet: each result is of the first attempt.
    for place in board.to_decide:
        result = sent.get(f"r{place.enrolment.number}", "")
        if result in Result.values:
            yield place, result


def _place(matrix: Matrix, enrolment: Any, unit: Any) -> Place:
    return Place(enrolment, unit, matrix.names[enrolment.person_id], matrix.latest.get((enrolment.pk, unit.pk)))
