"""
What a register says when several have written into it, on pages and on devices that were weeks without a network.

Each mark says which one it had before its eyes. Those that no other replaces stand; where they say the same, that is the mark; where they
differ, nobody was wrong and nobody is overruled: a person decides (docs/rules/journal.md). What comes out depends on the marks alone, never
on the order in which they came or on the clock of anybody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import batched
from uuid import UUID

from corridor.foundations.ready import Ready, ready_rows
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from .models import Attendance, Enrolment, EntryOrigin, Guest, Mark, RegisterEntry, SaidMark, Session
from .refusals import RegisterContested

LONGEST_REMARK = 200
AT_ONCE = 500


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """What is said of one learner."""

    mark: str
    minutes_late: int | None = None
    remark: str = ""

    def says_as(self, other: "Value") -> bool:
        """Remarks beside one mark do not contradict each other."""
        return (self.mark, self.minutes_late) == (other.mark, other.minutes_late)

    def written(self) -> str:
        """As an inbox keeps it: the code of the mark, the minutes and the remark, one a line."""
        return f"{self.mark}\n{self.minutes_late or ''}\n{self.remark}".rstrip()

    @classmethod
    def read(cls, text: str) -> "Value | None":
        """What ``written`` wrote; None for nothing."""
        if not text:
            return None
        mark, minutes, remark = (*text.split("\n", 2), "", "")[:3]
        return cls(mark, int(minutes) if minutes else None, remark)

    def __str__(self) -> str:
        minutes = f" ({self.minutes_late}′)" if self.minutes_late else ""
        return f"{Mark(self.mark).label}{minutes}{f': {self.remark}' if self.remark else ''}"


@dataclass(frozen=True, slots=True)
class Saying:
    """One entry's mark for one learner; ``replaces`` is the entry whose mark it saw."""

    entry: UUID
    value: Value
    replaces: UUID | None = None


def standing(sayings: Iterable[Saying]) -> dict[UUID, Value]:
    """Of what is said of one learner in one session, all that nothing else replaces, by entry."""
    said = list(sayings)
    gone = {each.replaces for each in said if each.replaces is not None and each.replaces != each.entry}
    return {each.entry: each.value for each in said if each.entry not in gone}


def agreed(values: Collection[Value]) -> Value | None:
    """The one mark on which those that stand agree, with all their remarks; None where they do not, or where nothing is said."""
    first = min(values, default=None)
    if first is None or any(not each.says_as(first) for each in values):
        return None
    remarks = "; ".join(sorted({each.remark for each in values if each.remark}))
    return Value(first.mark, first.minutes_late, remarks[:LONGEST_REMARK])


def sayings_of(session: Session) -> dict[UUID, list[Saying]]:
    """All that was said in a session, by place in the cohort. Two statements."""
    found: dict[UUID, list[Saying]] = defaultdict(list)
    for said in SaidMark.objects.filter(entry__session=session):
        found[said.enrolment_id].append(
            Saying(said.entry_id, Value(said.mark, said.minutes_late, said.remark), said.replaces)
        )
    for row in Attendance.objects.filter(session=session):
        # What was written once, and by nobody else, stands there alone.
        if not found[row.enrolment_id]:
            found[row.enrolment_id].append(Saying(entry_of(row), value_of(row)))
    return found


def contested_of(session: Session) -> dict[UUID, dict[UUID, Value]]:
    """Where what stands differs, by place in the cohort: what each entry says."""
    every = {enrolment: standing(said) for enrolment, said in sayings_of(session).items()}
    return {enrolment: values for enrolment, values in every.items() if values and agreed(values.values()) is None}


def entry_of(row: Attendance) -> UUID:
    """What wrote a mark; of those from sheets, the session stands for all."""
    return row.entry_id or row.session_id


def written_mark(row: Attendance) -> dict[str, str]:
    """By its columns, as an export writes it."""
    return {"mark": row.mark, "minutes_late": str(row.minutes_late or ""), "remark": row.remark}


def value_of(row: Attendance) -> Value:
    return Value(row.mark, row.minutes_late, row.remark)


def require_agreed(session: Session, stands: Mapping[UUID, Mapping[UUID, Value]]) -> None:
    """:raises RegisterContested: names the first seat of which two entries say different things."""
    for place, values in stands.items():
        if values and agreed(values.values()) is None:
            number = Enrolment.objects.values_list("number", flat=True).get(pk=place)
            raise RegisterContested(
                N_("Two have marked seat %(number)s of %(session)s differently. Somebody decides that first; it waits in the inbox."),
                number=number, session=str(session),
            )  # fmt: skip


def write_said(
    *, entry: RegisterEntry, session: Session, said: Mapping[UUID, tuple[Value, Collection[UUID | None]]]
) -> None:
    """
    Write what an entry says of learners, and which marks it saw, beside what was said before; then the mark as it now stands.

    The caller holds the session and an open transaction. Where those that stand differ, Attendance stays as it was.
    """
    before = sayings_of(session)
    _keep_former(session, [enrolment for enrolment in said if enrolment in before])
    SaidMark.objects.bulk_create(
        [
            SaidMark(
                entry=entry, enrolment_id=enrolment, mark=value.mark, minutes_late=value.minutes_late, remark=value.remark, replaces=key
            )
            for enrolment, (value, seen) in said.items()
            for key in (seen or [None])
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    rows = []
    for enrolment, (value, seen) in said.items():
        now = standing([*before.get(enrolment, []), *(Saying(entry.pk, value, key) for key in (seen or [None]))])
        one = agreed(now.values())
        if one is not None or enrolment not in before:
            rows.append((enrolment, one or value, _held(min(now), session)))
    for some in batched(rows, AT_ONCE):
        ready_attendance(session, some).send()


def ready_attendance(session: Session, rows: Iterable[tuple[UUID, Value, UUID | None]]) -> Ready:
    """The marks as they now stand: of each place in the cohort its value, and the entry that wrote it."""
    return ready_rows(
        Attendance,
        ["id", "session", "enrolment", "mark", "minutes_late", "remark", "entry"],
        [
            (new_id(), session.pk, place, value.mark, value.minutes_late, value.remark, entry)
            for place, value, entry in rows
        ],
        unique=["session", "enrolment"],
    )


def remove_empty_entries(keys: Collection[UUID]) -> None:
    """An entry that says nothing any more goes with what an import wrote."""
    rows = RegisterEntry.objects.filter(pk__in=keys)
    for model in (Attendance, SaidMark, Guest):
        rows = rows.exclude(pk__in=model.objects.filter(entry__in=keys).values_list("entry_id", flat=True))
    RegisterEntry.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def _held(key: UUID, session: Session) -> UUID | None:
    return None if key == session.pk else key


def _keep_former(session: Session, enrolments: Collection[UUID]) -> None:
    """A mark that stood in Attendance alone is written down before something is said beside it."""
    told = set(SaidMark.objects.filter(entry__session=session).values_list("enrolment_id", flat=True))
    rows = [
        row
        for row in Attendance.objects.filter(session=session, enrolment__in=enrolments)
        if row.enrolment_id not in told
    ]
    if any(row.entry_id is None for row in rows):
        RegisterEntry.objects.get_or_create(
            pk=session.pk, defaults={"session": session, "origin": EntryOrigin.SHEET, "entered_at": session.begins_at}
        )
    SaidMark.objects.bulk_create(
        [
            SaidMark(
                entry_id=entry_of(row), enrolment_id=row.enrolment_id, mark=row.mark, minutes_late=row.minutes_late, remark=row.remark
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )  # fmt: skip
