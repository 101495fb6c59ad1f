"""Asking members: a call is drafted, opened (that freezes who is asked), and closed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.audit import log
from corridor.foundations.audit.changes import differences
from corridor.foundations.lifecycles.moving import move, with_status_on
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.notices.events import Event
from corridor.foundations.notices.telling import tell
from corridor.kernel.errors import BadInput, Problem, StaleForm, WrongMoment
from corridor.kernel.wording import N_

from ..call_drafts import CallDraft, QuestionDraft
from ..lifecycle import CallStatus, MembershipStatus
from ..models import (
    Alliance,
    AskedMember,
    CallChoice,
    CallQuestion,
    CallQuestionText,
    DataCall,
    DataCallTitle,
    Membership,
    QuestionKind,
)
from ..seating import speakers_on


@transaction.atomic
def draft_call(*, draft: CallDraft, on: date, by: Actor) -> DataCall:
    """
    Write down a call with its questions; nobody is asked yet. It gets its number, ``DTC-2024-01`` style, for ever.

    :raises BadInput: without a title, or for a question that lacks its words, its choices or what is counted.
    """
    by.require(Permission.DATA_CALL_MAKE)
    problems = (
        [] if any(text.strip() for text in draft.titles.values()) else [Problem(N_("Give it a title."), column="title")]
    )
    problems += [fault for each in draft.questions for fault in _faults(each)]
    if problems:
        raise BadInput(problems)
    reference = draft.reference or give_numbers(model=DataCall, prefix="DTC", days=[on], gate=Alliance)[0]
    call = DataCall.objects.create(
        reference=reference, due_on=draft.due_on, kind=draft.kind, country=draft.country, status=CallStatus.DRAFT.value
    )
    call.changes.create(from_status="", to_status=CallStatus.DRAFT, effective_on=on, by_label=by.label)
    DataCallTitle.objects.bulk_create(
        [DataCallTitle(call=call, language=language, text=text) for language, text in draft.titles.items() if text]
    )
    _write(call, draft.questions, after=0)
    log.record("members.data_call_drafted", by=by, subject=call)
    return call


@transaction.atomic
def set_deadline(*, call: DataCall, due_on: date, version: int, by: Actor) -> DataCall:
    """Give a draft another last day. Refuses as ``add_question``: who was asked was promised the day that stood there."""
    by.require(Permission.DATA_CALL_MAKE)
    held = _drafted(call, version)
    changes = differences({"due_on": held.due_on}, {"due_on": due_on})
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    log.record("members.data_call_deadline_set", by=by, subject=held, changes=changes)
    return held


@transaction.atomic
def add_question(*, call: DataCall, question: QuestionDraft, version: int, by: Actor) -> DataCall:
    """:raises WrongMoment: once it is open. :raises StaleForm: if somebody else changed it. :raises BadInput: as draft_call."""
    by.require(Permission.DATA_CALL_MAKE)
    held = _drafted(call, version)
    if faults := _faults(question):
        raise BadInput(faults)
    last = held.questions.order_by("-position").values_list("position", flat=True).first() or 0
    _write(held, [question], after=last)
    log.record("members.question_added", by=by, subject=held)
    return held


@transaction.atomic
def drop_question(*, call: DataCall, position: int, version: int, by: Actor) -> DataCall:
    """Take a question out of a draft. Refuses as ``add_question``."""
    by.require(Permission.DATA_CALL_MAKE)
    held = _drafted(call, version)
    dropped = held.questions.filter(position=position)
    CallQuestionText.objects.filter(question__in=dropped).delete()
    CallChoice.objects.filter(question__in=dropped).delete()
    dropped.delete()
    log.record("members.question_dropped", by=by, subject=held)
    return held


@transaction.atomic
def open_call(*, call: DataCall, on: date, at: datetime, by: Actor) -> int:
    """
    Ask every member that is active that day, of the call's kind and country where it names them. Return how many; they stay asked.

    :raises WrongMoment: if it is open already, its deadline has passed, it has no question, or nobody would be asked.
    """
    by.require(Permission.DATA_CALL_MAKE)
    held = DataCall.objects.select_for_update().get(pk=call.pk)
    if held.due_on < on:
        raise WrongMoment(N_("The deadline %(day)s has passed; give a later one."), day=held.due_on)
    if not held.questions.exists():
        raise WrongMoment(N_("A call without a question asks nothing."))
    active = with_status_on(Membership.objects.all(), on).filter(status_then=MembershipStatus.ACTIVE)
    narrowed = {"organisation__kind": held.kind, "organisation__country": held.country}
    active = active.filter(**{name: code for name, code in narrowed.items() if code})
    keys = list(active.order_by("organisation__reference").values_list("organisation", flat=True))
    if not keys:
        raise WrongMoment(N_("No active member is of this kind and place, so nobody would be asked."))
    move(held, to=CallStatus.OPEN, on=on, by=by)
    AskedMember.objects.bulk_create([AskedMember(call=held, organisation_id=key) for key in keys], batch_size=500)
    log.record("members.data_call_opened", by=by, subject=held, count=len(keys))
    speakers = speakers_on(on, roles=[Role.COORDINATOR])
    to = [user for key in keys for user in speakers.get(key, ())]
    tell(
        Event.DATA_CALL_OPENED, to=to, about=held.reference, link=f"/data-calls/{held.reference}/", at=at, by=by,
        places={"day": held.due_on.isoformat()},
    )  # fmt: skip
    return len(keys)


@transaction.atomic
def close_call(*, call: DataCall, on: date, by: Actor) -> DataCall:
    """
    No answer is taken after. Drafts stay with their members and are not counted.

    :raises WrongMoment: if it is not open, or its deadline has not passed.
    """
    by.require(Permission.DATA_CALL_MAKE)
    held = DataCall.objects.select_for_update().get(pk=call.pk)
    if held.status == CallStatus.OPEN and on <= held.due_on:
        raise WrongMoment(N_("Its deadline is the end of %(day)s; it cannot be closed before."), day=held.due_on)
    move(held, to=CallStatus.CLOSED, on=on, by=by)
    log.record("members.data_call_closed", by=by, subject=held)
    return held


def _drafted(call: DataCall, version: int) -> DataCall:
    held = DataCall.objects.select_for_update().get(pk=call.pk)
    if held.status != CallStatus.DRAFT:
        raise WrongMoment(N_("Members have been asked; the questions stay as they are."))
    if held.version != version:
        raise StaleForm(N_("Somebody else changed %(call)s since you opened it."), call=held.reference)
    held.version += 1
    held.save(update_fields=["version"])
    return held


def _write(call: DataCall, drafts: Sequence[QuestionDraft], *, after: int) -> None:
    for position, draft in enumerate(drafts, start=after + 1):
        question = CallQuestion.objects.create(
            call=call, position=position, kind=draft.kind.value, need=draft.need.value, unit=draft.unit, code=draft.code,
            dimension=draft.dimension, first_day=draft.first_day, last_day=draft.last_day,
        )  # fmt: skip
        CallQuestionText.objects.bulk_create(
            [
                CallQuestionText(question=question, language=language, text=text)
                for language, text in draft.texts.items()
                if text
            ]
        )
        CallChoice.objects.bulk_create(
            [
                CallChoice(question=question, position=place, code=code, text=text)
                for place, (code, text) in enumerate(draft.choices, start=1)
            ]
        )


def _faults(draft: QuestionDraft) -> list[Problem]:
    faults = (
        []
        if any(text.strip() for text in draft.texts.values())
        else [Problem(N_("Write the question."), column="text")]
    )
    is_figure = draft.kind is QuestionKind.FIGURE
    if is_figure and not (draft.code and draft.dimension and draft.last_day):
        faults.append(Problem(N_("Say what is counted, for whom, and to which day."), column="code"))
    if not is_figure and (draft.code or draft.dimension or draft.first_day or draft.last_day):
        faults.append(Problem(N_("Only a number that the records know names what is counted."), column="code"))
    if draft.first_day and draft.last_day and draft.last_day < draft.first_day:
        faults.append(Problem(N_("The last day is before the first."), column="last_day"))
    if (draft.kind is QuestionKind.CHOICE) != (len(draft.choices) > 1):
        faults.append(
            Problem(N_("A choice has at least two answers, and no other question has any."), column="choices")
        )
    if len({code for code, _words in draft.choices}) < len(draft.choices):
        faults.append(Problem(N_("Each answer to choose from is named once."), column="choices"))
    return faults
