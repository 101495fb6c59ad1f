"""What the API says and takes about announcements."""

from datetime import date
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from .asking import Day, LongText, Words
from .conferences import Tag
from .parts import Named, Step, Texts


class AnnouncementRowOut(Schema):
    """``due_on`` and ``silent`` follow from the calendar on the day asked for."""

    reference: str
    titles: Texts
    conference: str
    owner: Named
    country: str
    announced_on: date
    status: str
    due_on: date | None
    silent: bool
    source_mark: str


class ShownOut(Schema):
    """What shows a report: a document with its fingerprint (SHA-256), or the record of another room."""

    kind: str
    reference: str
    title: str
    sha256: str


class ReportOut(Schema):
    reported_on: date
    text: str
    language: str
    next_due_on: date
    reached: str | None
    shown_by: list[ShownOut]


class WordingOut(Schema):
    """``said``: ``read_out`` on the stage, or ``translated`` afterwards."""

    text: str
    said: str


class TargetOut(Schema):
    """``number`` is a decimal as text. Targets stand in the order of days; the last one stands."""

    number: str
    unit: str
    language: str
    indicator: str
    reach_by: date
    set_on: date
    reason: str


class BesideOut(Schema):
    member: Named
    role: str


class AnnouncementOut(AnnouncementRowOut):
    """``merged_into`` is the number that stands in its place. ``reports`` are those told under this number."""

    merged_into: str | None
    wordings: dict[str, WordingOut]
    members: list[BesideOut]
    targets: list[TargetOut]
    timeline: list[Step]
    reports: list[ReportOut]


class TargetIn(Schema):
    """So many of what, by when. ``reason`` is needed where it replaces a target."""

    number: Decimal = Field(gt=0, max_digits=14, decimal_places=2)
    unit: Words = Field(max_length=150)
    language: Tag = "en"
    indicator: Words = Field("", max_length=80)
    reach_by: Day
    reason: Words = ""


class WordingIn(Schema):
    text: LongText
    said: Literal["read_out", "translated"] = "read_out"


class MembersIn(Schema):
    """The whole list: the references of those beside the owner, and what each does."""

    members: dict[Words, Literal["co_owner", "host", "funder", "supporter"]]


class AnnouncementIn(Schema):
    """``conference`` and ``owner`` are references; ``members`` maps the references of those beside the owner to what they do."""

    conference: Words
    owner: Words
    titles: dict[Tag, Words]
    wordings: dict[Tag, WordingIn] = {}
    members: dict[Words, Literal["co_owner", "host", "funder", "supporter"]] = {}
    country: str = Field("", pattern=r"^([A-Z]{2})?$")
    announced_on: Day
    next_report_due_on: Day
    target: TargetIn | None = None


class RecordIn(Schema):
    kind: Words
    reference: Words


class ReportIn(Schema):
    """``due_on`` is the report day that was read; ``records`` show that it is true (``agreement``, ``programme``, ``site`` and others)."""

    text: LongText
    language: Tag = "en"
    next_due_on: Day
    due_on: Day | None = None
    reached: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    records: list[RecordIn] = Field([], max_length=20)


class MoveIn(Schema):
    to: Literal["agreed", "in_preparation", "running", "done", "withdrawn"]
    on: Day
    reason: Words = ""


class MergeIn(Schema):
    into: Words
    on: Day
    reason: Words
