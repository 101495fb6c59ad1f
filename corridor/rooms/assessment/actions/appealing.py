"""Appeals: lodged by the learner, heard by people who had nothing to do with it, ruled upon."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.kernel.errors import AccessDenied, BadInput, Problem, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import Person

from ..appeals import appeal_until, require_on_panel
from ..independence import require_independent, require_unconflicted
from ..lifecycle import AppealStatus, DecisionStatus
from ..models import Appeal, Decision, Panelist, PanelSeat
from ..refusals import (
    AppealedAlready,
    AppealTooLate,
    NotYetAppealable,
    PanelIsNotIndependent,
    PanelIsTooSmall,
)
from ..telling import tell_lodged, tell_panel, tell_ruled

ANSWER_DAYS = 30
LEAST_PANEL = 3


@transaction.atomic
def lodge_appeal(*, decision: Decision, grounds: str, on: date, by: Actor, at: datetime | None = None) -> Appeal:
    """
    The learner does not accept a final decision. Until the panel has ruled it bears no award. Without ``at`` nobody is told.

    :raises NotYetAppealable: before it is final, or after it was overturned. :raises AppealTooLate: says until when one could.
    :raises AppealedAlready: there is one appeal against a decision.
    """
    by.require(Permission.APPEAL_LODGE, on=decision)
    rows = Decision.objects.select_for_update(of=("self",)).select_related("enrolment__cohort", "unit", "scheme")
    held = rows.get(pk=decision.pk)
    if held.status != DecisionStatus.FINAL:
        raise NotYetAppealable(N_("Decision %(decision)s is not final; ask the assessor."), decision=str(held))
    last = appeal_until(held)
    if on > last:
        raise AppealTooLate(
            N_("One could appeal against %(decision)s until %(day)s. Ask the secretariat what else can be done."),
            decision=str(held), day=last,
        )  # fmt: skip
    if not grounds.strip():
        raise BadInput([Problem(N_("Say what was not right."), column="grounds")])
    if Appeal.objects.filter(decision=held).exists():
        raise _again(held)
    (reference,) = give_numbers(model=Appeal, prefix="APP", days=[on], gate=Decision)
    appeal = Appeal(
        reference=reference, decision=held, lodged_on=on, answer_by=on + timedelta(days=ANSWER_DAYS),
        grounds=grounds.strip()[:5_000], status=AppealStatus.LODGED,
    )  # fmt: skip
    with contested(lambda: _require_none(held)):
        appeal.save(force_insert=True)
    appeal.changes.create(from_status="", to_status=AppealStatus.LODGED, effective_on=on, by_label=by.label)
    log.record("assessment.appeal_lodged", by=by, subject=appeal)
    if at is not None:
        tell_lodged(appeal, on=on, at=at, by=by)
    return appeal


@transaction.atomic
def name_panel(
    *, appeal: Appeal, chair: Person, members: Sequence[Person], on: date, by: Actor, at: datetime | None = None
) -> Appeal:
    """
    Name the panel, or another one before it has ruled: a chair and at least two more, none of whom judged or taught the learner or is close to
    them. Without ``at`` nobody is told.

    :raises PanelIsTooSmall: :raises PanelIsNotIndependent: says who, and why.
    """
    by.require(Permission.APPEAL_NAME_PANEL, on=appeal)
    held = _hold(appeal)
    people = [chair, *members]
    if len({each.pk for each in people}) < max(LEAST_PANEL, len(people)):
        raise PanelIsTooSmall(N_("Name a chair and at least two more, each once."))
    _require_apart(held.decision, people, on=on)
    sat = set(held.panel.values_list("person_id", flat=True))
    held.panel.all().delete()
    Panelist.objects.bulk_create(
        Panelist(appeal=held, person=each, seat=PanelSeat.CHAIR if each is chair else PanelSeat.MEMBER)
        for each in people
    )
    if held.status == AppealStatus.LODGED:
        move(held, to=AppealStatus.BEFORE_PANEL, on=on, by=by)
    log.record("assessment.panel_named", by=by, subject=held)
    if at is not None:
        tell_panel(held, persons={each.pk for each in people} - sat, at=at, by=by)
    return held


@transaction.atomic
def rule_on_appeal(
    *, appeal: Appeal, to: AppealStatus, ruling: str, on: date, by: Actor, at: datetime | None = None
) -> Appeal:
    """
    The panel rules. Upheld, the decision is overturned: it counts nowhere, and the learner is assessed again by somebody else. Without ``at``
    nobody is told.

    :raises NotOnThePanel: for whoever does not sit there; the secretariat writes down what it decided on paper.
    :raises WrongMoment: before there is a panel, or after it has ruled.
    """
    held = _hold(appeal)
    require_on_panel(held, by=by)
    if to not in {AppealStatus.UPHELD, AppealStatus.DISMISSED}:
        raise BadInput([Problem(N_("The panel upholds an appeal or dismisses it."), column="to")])
    if not ruling.strip():
        raise BadInput([Problem(N_("Give the reasons; the learner reads them."), column="ruling")])
    move(held, to=to, on=on, by=by)
    held.ruling = ruling.strip()[:5_000]
    held.save(update_fields=["ruling"])
    if to == AppealStatus.UPHELD:
        move(held.decision, to=DecisionStatus.OVERTURNED, on=on, by=by)
    log.record(
        "assessment.appeal_upheld" if to == AppealStatus.UPHELD else "assessment.appeal_dismissed", by=by, subject=held
    )
    if at is not None:
        tell_ruled(held, on=on, at=at, by=by)
    return held


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, on: date, by: Actor) -> Appeal:
    """The learner lets it rest; the decision stands. :raises WrongMoment: once it was ruled upon."""
    by.require(Permission.APPEAL_LODGE, on=appeal)
    held = _hold(appeal)
    move(held, to=AppealStatus.WITHDRAWN, on=on, by=by)
    log.record("assessment.appeal_withdrawn", by=by, subject=held)
    return held


def _hold(appeal: Appeal) -> Appeal:
    list(Decision.objects.select_for_update(of=("self",)).filter(pk=appeal.decision_id).values_list("pk"))
    rows = Appeal.objects.select_for_update(of=("self",)).select_related(
        "decision__enrolment__cohort", "decision__unit", "decision__assessor"
    )
    return rows.get(pk=appeal.pk)


def _require_apart(decision: Decision, people: Sequence[Person], *, on: date) -> None:
    second = getattr(decision, "sample", None)
    judges = {decision.assessor_id, second.second_id if second is not None else None} - {None}
    selves = same_person_ids({each.pk for each in people})
    for each in people:
        if selves[each.pk] & judges:
            raise PanelIsNotIndependent(
                N_("%(person)s judged this learner and does not sit on the panel."), person=each.reference
            )
        try:
            require_independent([(each, decision.enrolment)])
            require_unconflicted([(each, decision.enrolment, on)])
        except AccessDenied:
            raise
        except Refusal:
            raise PanelIsNotIndependent(
                N_(
                    "%(person)s taught the learner, is the learner, or is close to them, and does not sit on the panel."
                ),
                person=each.reference,
            ) from None


def _require_none(decision: Decision) -> None:
    if Appeal.objects.filter(decision=decision).exists():
        raise _again(decision)


def _again(decision: Decision) -> AppealedAlready:
    return AppealedAlready(N_("There is an appeal against %(decision)s already."), decision=str(decision))
