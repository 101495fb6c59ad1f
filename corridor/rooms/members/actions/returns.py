"""Answering a data call: a draft that is saved as one goes, submitted, and corrected by a next one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import receive
from corridor.kernel.errors import BadInput, Problem, StaleForm, WrongMoment
from corridor.kernel.wording import N_

from ..call_answers import fault_of, missing_in
from ..call_drafts import AnswerDraft
from ..lifecycle import CallStatus
from ..models import AskedMember, DataCall, Return, ReturnedAnswer


@transaction.atomic
def save_return(
    *, asked: AskedMember, answers: Sequence[AnswerDraft], version: int, at: datetime, by: Actor, submit: bool = False
) -> Return:
    """
    Save the answers of a member as its draft; questions that are not named keep what was said. With ``submit`` the draft is sent, at that instant.
    Where the latest was submitted, this begins a correction: a next return with the answers of the last.

    ``version`` is that of the draft that was read (0 where there was none).

    :raises WrongMoment: unless the call is open. :raises StaleForm: if somebody else saved meanwhile.
    :raises BadInput: for values that a question does not take; when submitted, for every question that is still open and every other number
        without a reason.
    """
    by.require(Permission.DATA_CALL_ANSWER, on=asked)
    # Hold the call: an answer is either in before it closes, or refused.
    call = DataCall.objects.select_for_update(no_key=True).get(pk=asked.call_id)
    if call.status != CallStatus.OPEN:
        raise WrongMoment(N_("%(call)s is not open; no answer is taken."), call=call.reference)
    asked = AskedMember.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=asked.pk)
    draft = _draft_of(asked, version)
    _check(answers, call)
    kept = {each.question_id: each for each in draft.answers.all()}
    for answer in answers:
        row = kept.setdefault(answer.question.pk, ReturnedAnswer(sent=draft, question=answer.question))
        row.value, row.counted, row.reason = answer.value, answer.counted, answer.reason.strip()
        if answer.upload is not None:
            row.document = receive(answer.upload, at=at, by=by, replaces=None)
        row.save()
    if submit:
        _submit(asked, draft, kept, call, at=at, by=by)
    log.record("members.answers_saved" if not submit else "members.answers_submitted", by=by, subject=asked)
    return draft


def _draft_of(asked: AskedMember, version: int) -> Return:
    latest = asked.returns.order_by("-number").first()
    draft = latest if latest is not None and latest.submitted_at is None else None
    if (draft.version if draft else 0) != version:
        raise StaleForm(
            N_("Somebody else saved the answers of %(member)s since you opened them."),
            member=asked.organisation.reference,
        )
    if draft is not None:
        draft.version += 1
        draft.save(update_fields=["version"])
        return draft
    made = Return.objects.create(asked=asked, number=latest.number + 1 if latest else 1)
    if latest is not None:
        ReturnedAnswer.objects.bulk_create(
            [
                ReturnedAnswer(
                    sent=made, question=each.question, value=each.value, counted=each.counted, reason=each.reason,
                    document=each.document,
                )
                for each in latest.answers.select_related("question", "document")
            ]
        )  # fmt: skip
    return made


def _check(answers: Sequence[AnswerDraft], call: DataCall) -> None:
    codes: dict[object, set[str]] = {}
    for question, code in call.questions.filter(choices__isnull=False).values_list("pk", "choices__code"):
        codes.setdefault(question, set()).add(code)
    problems = []
    for each in answers:
        if each.question.call_id != call.pk:
            problems.append(Problem(N_("This is no question of %(call)s."), {"call": call.reference}))
        elif fault := fault_of(each.question, each.value, codes.get(each.question.pk, set())):
            problems.append(Problem(fault, column=f"q{each.question.position}"))
    if problems:
        raise BadInput(problems)


def _submit(asked: AskedMember, draft: Return, kept: dict, call: DataCall, *, at: datetime, by: Actor) -> None:
    problems = [missing_in(each, kept.get(each.pk)) for each in call.questions.order_by("position")]
    if found := [each for each in problems if each is not None]:
        raise BadInput(found)
    draft.submitted_at, draft.submitted_by = at, by.label
    draft.save(update_fields=["submitted_at", "submitted_by"])
    if asked.answered_at is None:
        asked.answered_at = at
        asked.save(update_fields=["answered_at"])
