"""The sheets of data calls: the calls, their questions, what members answered, and when a call was closed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from corridor.foundations.access import Actor
from corridor.foundations.sheets import columns as read
from corridor.foundations.sheets.kinds import Column, Row, SheetKind
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_

from .actions.data_calls import add_question, close_call, draft_call, open_call
from .actions.returns import save_return
from .call_drafts import AnswerDraft, CallDraft, QuestionDraft
from .models import AskedMember, CallQuestion, DataCall, Need, QuestionKind
from .standing import home_zone


def take_calls(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    for row in rows:
        titles = {"en": row["title_en"], "zh-Hans": row["title_zh"], "lo": row["title_lo"]}
        draft = CallDraft(
            {tag: text for tag, text in titles.items() if text}, row["due_on"], row["kind"], row["country"] or "",
            reference=row["reference"],
        )  # fmt: skip
        with refusals_in([row]):
            draft_call(draft=draft, on=row["drafted_on"], by=by)
    return len(rows)


def take_questions(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """``choices`` are parted by semicolons: code=words. Questions come in the order of the rows."""
    findings = Findings()
    calls = by_reference(DataCall.objects.all(), (row["call"] for row in rows))
    for row in rows:
        findings.find(row, "call", calls)
    findings.refuse_if_any()
    for row in rows:
        texts = {"en": row["text_en"], "zh-Hans": row["text_zh"], "lo": row["text_lo"]}
        pairs = [part.partition("=") for part in row["choices"].split(";") if part.strip()]
        question = QuestionDraft(
            kind=row["kind"], need=row["need"], texts={tag: text for tag, text in texts.items() if text}, unit=row["unit"],
            choices=[(code.strip(), words.strip()) for code, _equals, words in pairs], code=row["code"],
            dimension=row["dimension"], first_day=row["first_day"], last_day=row["last_day"],
        )  # fmt: skip
        with refusals_in([row]):
            call = calls[row["call"]]
            calls[row["call"]] = add_question(call=call, question=question, version=call.version, by=by)
    return len(rows)


def take_openings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    calls = by_reference(DataCall.objects.all(), (row["call"] for row in rows))
    findings = Findings()
    for row in rows:
        call = findings.find(row, "call", calls)
        if call:
            opened_at = datetime.combine(row["opened_on"], time(9), tzinfo=ZoneInfo(home_zone())).astimezone(UTC)
            with refusals_in([row]):
                open_call(call=call, on=row["opened_on"], at=opened_at, by=by)
    findings.refuse_if_any()
    return len(rows)


def take_answers(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """One row an answer; the rows of a member are sent together, at the instant of the first, at the alliance's home."""
    findings = Findings()
    calls = {row["call"] for row in rows}
    asked = {
        (each.call.reference, each.organisation.reference): each
        for each in AskedMember.objects.filter(call__reference__in=calls).select_related("call", "organisation")
    }
    questions = {
        (each.call.reference, each.position): each
        for each in CallQuestion.objects.filter(call__reference__in=calls).select_related("call")
    }
    sent: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        key = (row["call"], row["organisation"])
        if key not in asked:
            findings.add(row, "organisation", N_("The call did not ask %(cell)s."), cell=row["organisation"])
        if (row["call"], row["position"]) not in questions:
            findings.add(row, "position", N_("The call has no question %(cell)s."), cell=row["position"])
        sent[key].append(row)
    findings.refuse_if_any()
    zone = ZoneInfo(home_zone())
    for key, lines in sent.items():
        answers = [
            AnswerDraft(questions[row["call"], row["position"]], row["value"], row["counted"], row["reason"])
            for row in lines
        ]
        answered_at = lines[0]["sent_at"].replace(tzinfo=zone).astimezone(UTC)
        with refusals_in(lines[:1]):
            save_return(asked=asked[key], answers=answers, version=0, at=answered_at, by=by, submit=True)
    return len(rows)


def take_closings(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    calls = by_reference(DataCall.objects.all(), (row["call"] for row in rows))
    for row in rows:
        call = findings.find(row, "call", calls)
        if call:
            with refusals_in([row]):
                close_call(call=call, on=row["closed_on"], by=by)
    findings.refuse_if_any()
    return len(rows)


_TEXTS = (
    Column("text_en", read.text(500)),
    Column("text_zh", read.text(500), required=False),
    Column("text_lo", read.text(500), required=False),
)
CALL_SHEETS: tuple[SheetKind, ...] = (
    SheetKind(
        name="data_calls",
        pattern="data_calls.*",
        columns=(
            Column("reference", read.reference(30)),
            Column("drafted_on", read.day),
            Column("due_on", read.day),
            Column("kind", read.text(20), required=False),
            Column("country", read.country, required=False),
            Column("title_en", read.text(200)),
            Column("title_zh", read.text(200), required=False),
            Column("title_lo", read.text(200), required=False),
        ),
        take=take_calls,
        unique=("reference",),
    ),
    SheetKind(
        name="data_call_questions",
        pattern="data_call_questions.*",
        columns=(
            Column("call", read.reference(30)),
            Column("kind", read.choice(QuestionKind)),
            Column("need", read.choice(Need)),
            *_TEXTS,
            Column("unit", read.text(40), required=False),
            Column("choices", read.text(2000), required=False),
            Column("code", read.text(60), required=False),
            Column("dimension", read.text(40), required=False),
            Column("first_day", read.day, required=False),
            Column("last_day", read.day, required=False),
        ),
        take=take_questions,
    ),
    SheetKind(
        name="data_call_openings",
        pattern="data_call_openings.*",
        columns=(Column("call", read.reference(30)), Column("opened_on", read.day)),
        take=take_openings,
        unique=("call",),
    ),
    SheetKind(
        name="data_call_answers",
        pattern="data_call_answers.*",
        columns=(
            Column("call", read.reference(30)),
            Column("organisation", read.reference(60)),
            Column("position", read.whole(1, 999)),
            Column("value", read.text(2000)),
            Column("counted", read.whole(0), required=False),
            Column("reason", read.text(500), required=False),
            Column("sent_at", read.local_time),
        ),
        take=take_answers,
        unique=("call", "organisation", "position"),
    ),
    SheetKind(
        name="data_call_closings",
        pattern="data_call_closings.*",
        columns=(Column("call", read.reference(30)), Column("closed_on", read.day)),
        take=take_closings,
        unique=("call",),
    ),
)
