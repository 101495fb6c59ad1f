"""What the records give for one member of a figure that is broken down by members: to fill in what a data call asks it."""

from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Permission
from corridor.kernel.breakdowns import Measure, measure_rows
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.periods import Period
from corridor.kernel.recompute import MEASURES
from corridor.kernel.wording import N_
from corridor.rooms.members.merging import same_organisation_ids
from corridor.rooms.members.models import Organisation

from ..asking import Question, ask, count
from ..definitions import DEFINITIONS, Time, definition_of
from ..reading_once import counted_together

# The breakdowns whose codes are members.
OF_MEMBERS = ("employer", "host", "owner", "sending_organisation")


@dataclass(frozen=True)
class OwnNumber:
    """The count for one member; ``query`` are the words of the figure's own address: its days, the breakdown and the member's cell."""

    code: str
    value: int
    title: str
    query: dict[str, str]


def countable_for_members(*, by: Actor) -> list[tuple[str, str, str]]:
    """What a data call can fill in from records: (indicator, breakdown, title). Rates are not counted for one member."""
    by.require(Permission.FIGURE_VIEW)
    return [
        (each.code, dimension, str(each.title))
        for each in DEFINITIONS.values()
        for dimension in each.dimensions
        if dimension in OF_MEMBERS and each.rule in MEASURES and each.is_collected and not each.needs
    ]


def require_countable(*, code: str, dimension: str, by: Actor) -> Time:
    """
    Return how it is asked: on a day, or over a period.

    :raises BadInput: if the figure is not broken down by members in that way, or is no count.
    """
    if (code, dimension) not in {(one, other) for one, other, _title in countable_for_members(by=by)}:
        raise BadInput([Problem(N_("%(code)s cannot be counted for one member."), {"code": code}, column="code")])
    return definition_of(code).time


def own_numbers(
    *, asked: list[tuple[str, str, date | None, date]], member: Organisation, at: datetime, by: Actor
) -> list[OwnNumber]:
    """
    The count of each (indicator, breakdown, first day, last day) for that member, as the records are now, in the order asked. Counted in full, for
    it is the member's own, or the reader sees every person.

    :raises AccessDenied: for who neither answers for it nor reads all calls and all persons.
    """
    if not (by.may(Permission.DATA_CALL_VIEW) and by.holds_everywhere(Permission.PERSON_VIEW)):
        by.require(Permission.DATA_CALL_ANSWER, on=member)
    with counted_together(len(asked)):
        return [_own(code, dimension, first, last, member, at) for code, dimension, first, last in asked]


def _own(code: str, dimension: str, first: date | None, last: date, member: Organisation, at: datetime) -> OwnNumber:
    period = Period.through(first, last) if first else None
    question: Question = ask(code, on=None if period else last, period=period, at=at)
    counted = count(question)
    measure = MEASURES.get(question.definition.rule, Measure.SUBJECTS)
    # Older records may name a record that was merged into the member's since.
    own = same_organisation_ids([member.pk])[member.pk]
    references = set(Organisation.objects.filter(pk__in=own).values_list("reference", flat=True))
    of_member = [row for row in counted.rows if row.codes.get(dimension) in references]
    when = {"from": question.when.period.first_day.isoformat(), "to": question.when.day.isoformat()}
    days = {"on": question.when.day.isoformat()} if question.when.is_day else when
    return OwnNumber(
        code, measure_rows(of_member, measure), str(question.definition.title),
        days | {"dimension": dimension, "cell": member.reference},
    )  # fmt: skip
