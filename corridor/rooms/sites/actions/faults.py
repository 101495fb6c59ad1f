"""What is wrong with a machine: reported by whoever stands before it, settled by who keeps it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.attempts import Attempts
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.lifecycles import own_reasons
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.kernel.errors import BadInput, NotFound, Problem, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import FaultDraft, FaultStep
from ..holding import hold_equipment, last_change
from ..labels import the_reporter
from ..lifecycle import EquipmentStatus
from ..models import Equipment, Fault, FaultEnd, FaultKind
from ..queries.upkeep import equipment_behind
from ..refusals import KeyOfAnother
from ..working_again import works_again

LONGEST_WORDS = 300
# Nobody puts a machine out of order for days long past with nothing but its label.
KEPT_ON_A_PHONE = timedelta(days=14)
# By the label alone: a workshop with a bad day, and no flood.
BY_LABEL = Attempts("faults-by-label", most=20, within=timedelta(hours=1))


@transaction.atomic
def report_faults(*, faults: Sequence[FaultDraft], at: datetime, by: Actor) -> list[Fault]:
    """
    Write down what is wrong. From that day the machine does not work. What is sent again under its key is the same fault.

    :raises BadInput: for a kind that there is not, or a day that is still to come. :raises KeyOfAnother: if the key is of another machine.
    :raises WrongMoment: for a machine that is retired.
    """
    problems = [problem for draft in faults for problem in _problems_of(draft, at)]
    if problems:
        raise BadInput(problems)
    held = {
        row.pk: row
        for row in hold_equipment([draft.equipment.pk for draft in faults], by=by, permission=Permission.FAULT_REPORT)
    }
    known = Fault.objects.in_bulk([draft.key for draft in faults if draft.key is not None])
    made, fresh = [], []
    for draft in faults:
        row = held[draft.equipment.pk]
        if draft.key is not None and draft.key in known:
            made.append(_same(known[draft.key], row))
            continue
        if row.status == EquipmentStatus.RETIRED:
            raise WrongMoment(N_("%(equipment)s is retired; nothing on it is mended any more."), equipment=str(row))
        fault = Fault(
            id=draft.key or new_id(), equipment=row, what=draft.what, words=draft.words.strip(),
            reported_on=draft.reported_on, came_at=at, reported_by=by.label,
        )  # fmt: skip
        known[fault.pk] = fault
        made.append(fault)
        fresh.append(fault)
    with contested(lambda: _refuse_known(fresh)):
        Fault.objects.bulk_create(fresh, batch_size=500)
    _stop(fresh, by=by)
    log.record_each("sites.fault_reported", by=by, subjects=fresh)
    return made


def report_by_label(
    *, secret: str, what: str, words: str, key: UUID | None, on: date, address: str, at: datetime, by: Actor
) -> Fault:
    """
    Report a fault with nothing but the label of the machine, signed in or not; what nobody signed is counted (ADR 0018).

    :raises NotFound: if no such label stands. :raises TooManyAttempts: after many within an hour from one address.
    """
    equipment = equipment_behind(secret=secret, on=on, by=by)
    if by.user_id is None:
        BY_LABEL.require_left(address)
        BY_LABEL.count(address)
    if not at.date() - KEPT_ON_A_PHONE <= on:
        raise BadInput(
            [Problem(N_("This report was kept on the phone too long. Tell the site about it."), column="on")]
        )
    draft = FaultDraft(equipment, what, on, words, key)
    return report_faults(faults=[draft], at=at, by=the_reporter(equipment, by))[0]


@transaction.atomic
def settle_faults(*, steps: Sequence[FaultStep], by: Actor) -> list[Fault]:
    """
    Say that a fault is mended, or was none. The machine works from that day where nothing else is wrong with it.

    :raises WrongMoment: if it is settled already, or was reported later.
    """
    rows = hold_equipment([step.fault.equipment_id for step in steps], by=by)
    held = Fault.objects.select_for_update().in_bulk([step.fault.pk for step in steps])
    for step in steps:
        fault = held.get(step.fault.pk)
        if fault is None:
            raise NotFound(N_("There is no such record of this equipment."))
        if fault.settled_on is not None:
            raise WrongMoment(
                N_("This fault of %(equipment)s was settled on %(day)s."), equipment=str(fault.equipment), day=fault.settled_on
            )  # fmt: skip
        if step.settled_as not in FaultEnd or len(step.reason) > LONGEST_WORDS:
            raise BadInput([Problem(N_("Say how it was settled."), column="settled_as")])
        if step.on < fault.reported_on:
            raise BadInput(
                [
                    Problem(
                        N_("It was reported on %(day)s; write that day or a later one."),
                        {"day": fault.reported_on},
                        column="on",
                    )
                ]
            )
        fault.settled_on, fault.settled_as, fault.settled_because = step.on, step.settled_as, step.reason.strip()
    Fault.objects.bulk_update(held.values(), ["settled_on", "settled_as", "settled_because"])
    works_again(rows, {step.fault.equipment_id: step.on for step in steps}, by=by)
    log.record_each("sites.fault_settled", by=by, subjects=list(held.values()))
    return [held[step.fault.pk] for step in steps]


def _stop(fresh: Sequence[Fault], *, by: Actor) -> None:
    """A report that was kept on a phone comes after others: what is already written down stays before it."""
    first: dict[UUID, Fault] = {}
    for fault in sorted(fresh, key=lambda each: each.reported_on):
        first.setdefault(fault.equipment_id, fault)
    steps = []
    for fault in first.values():
        row = fault.equipment
        if row.status == EquipmentStatus.WORKING:
            day = max(fault.reported_on, last_change(row) or fault.reported_on)
            steps.append(
                Step(
                    row, EquipmentStatus.FAULTY, day, fault.words or own_reasons.written(own_reasons.FAULTS[fault.what])
                )
            )
    take_steps(steps, by=by)


def _problems_of(draft: FaultDraft, at: datetime) -> list[Problem]:
    problems = []
    if draft.what not in FaultKind:
        problems.append(Problem(N_("Choose what is wrong."), column="what"))
    if len(draft.words) > LONGEST_WORDS or not all(letter.isprintable() or letter == "\n" for letter in draft.words):
        problems.append(
            Problem(N_("Say it in at most %(most)s characters."), {"most": LONGEST_WORDS}, column="words")
        )  # fmt: skip
    # A phone east of here may have tomorrow's date.
    if draft.reported_on > at.date() + timedelta(days=1):
        problems.append(Problem(N_("A fault is reported on a day that has come."), column="reported_on"))
    return problems


def _same(known: Fault, row: Equipment) -> Fault:
    if known.equipment_id != row.pk:
        raise KeyOfAnother(N_("This report belongs to another machine. Open the page of this one and report it again."))
    return known


def _refuse_known(fresh: Sequence[Fault]) -> None:
    if Fault.objects.filter(pk__in=[fault.pk for fault in fresh]).exists():
        raise KeyOfAnother(N_("This report came a moment ago. Send it again to see that it is there."))
