"""The plan of a site for a year, the lines of its budget, and what was spent on them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.documents.receiving import receive
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, NotFound, Problem, StaleForm, WrongMoment
from corridor.kernel.identifiers import new_id
from corridor.kernel.money import LARGEST, fault_of
from corridor.kernel.wording import N_

from ..drafts_of_plans import PlanDraft, PlanLineDraft, SpendingDraft, Targets
from ..models import FIRST_YEAR, LAST_YEAR, CostKind, PlanLine, Spending, YearPlan
from ..refusals import LineHasSpending, NumberTaken, PlannedAlready

MOST = 10_000_000
LINE_FIELDS = ("kind", "what", "amount", "currency", "paid_by")


@transaction.atomic
def plan_years(*, plans: Sequence[PlanDraft], by: Actor) -> list[YearPlan]:
    """Begin plans, each of one site for a year. :raises PlannedAlready: if there is one. :raises BadInput: for what cannot be."""
    for site in {draft.site.pk: draft.site for draft in plans}.values():
        by.require(Permission.SITE_PLAN, on=site)
    problems = [problem for draft in plans for problem in _faults_of_targets(draft.targets)]
    if any(not FIRST_YEAR <= draft.year <= LAST_YEAR for draft in plans):
        text = N_("Write a year from %(first)s to %(last)s.")
        problems.append(Problem(text, {"first": str(FIRST_YEAR), "last": str(LAST_YEAR)}, column="year"))
    if problems:
        raise BadInput(problems)
    _require_unplanned(plans)
    made = [
        YearPlan(
            site=draft.site, year=draft.year, sessions=draft.targets.sessions, learners=draft.targets.learners,
            machine_hours=draft.targets.machine_hours,
        )
        for draft in plans
    ]  # fmt: skip
    with contested(lambda: _require_unplanned(plans)):
        YearPlan.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.year_planned", by=by, subjects=made)
    return made


@transaction.atomic
def correct_targets(*, plan: YearPlan, targets: Targets, version: int, by: Actor) -> YearPlan:
    """:raises StaleForm: if somebody corrected them since ``version`` was read. :raises BadInput: for a number that cannot be."""
    (found,) = _hold([plan.pk], by=by)
    if found.version != version:
        raise StaleForm(
            N_("Somebody has changed the plan of %(site)s for %(year)s since you opened this form."),
            theirs=str(found.version), yours=str(version), site=found.site.reference, year=str(found.year),
        )  # fmt: skip
    if problems := _faults_of_targets(targets):
        raise BadInput(problems)
    found.sessions, found.learners, found.machine_hours = targets.sessions, targets.learners, targets.machine_hours
    found.version += 1
    found.save(update_fields=["sessions", "learners", "machine_hours", "version"])
    log.record("sites.plan_corrected", by=by, subject=found)
    return found


@transaction.atomic
def add_plan_lines(*, lines: Sequence[PlanLineDraft], by: Actor) -> list[PlanLine]:
    """:raises NumberTaken: if the plan has that number. :raises BadInput: for an unknown kind, without words, or an amount that is none."""
    held = {row.pk: row for row in _hold([draft.plan.pk for draft in lines], by=by)}
    problems = [
        problem for each in lines for problem in _faults_of_line(each.kind, each.what, each.amount, each.currency)
    ]
    problems += [
        Problem(N_("A line has a number from 1 to 999."), column="number")
        for each in lines if each.number is not None and not 1 <= each.number <= 999
    ]  # fmt: skip
    if problems:
        raise BadInput(problems)
    taken = {(plan, number) for plan, number in PlanLine.objects.filter(plan__in=held).values_list("plan", "number")}
    made = []
    for draft in lines:
        last = max((number for plan, number in taken if plan == draft.plan.pk), default=0)
        number = draft.number if draft.number is not None else last + 1
        if (draft.plan.pk, number) in taken:
            raise NumberTaken(N_("The plan has a line %(number)s already."), number=number)
        taken.add((draft.plan.pk, number))
        made.append(
            PlanLine(
                id=draft.key or new_id(), plan=held[draft.plan.pk], number=number, kind=draft.kind, what=draft.what.strip(),
                amount=draft.amount, currency=draft.currency, paid_by=draft.paid_by,
            )
        )  # fmt: skip
    PlanLine.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.plan_line_added", by=by, subjects=made)
    return made


@transaction.atomic
def correct_plan_lines(*, changes: Sequence[tuple[PlanLine, Mapping[str, Any]]], by: Actor) -> list[PlanLine]:
    """New values (LINE_FIELDS) of lines; plan and number stay. :raises BadInput: as add_plan_lines."""
    rows = _hold_lines([line.pk for line, _values in changes], by=by)
    problems = []
    for line, values in changes:
        row = rows[line.pk]
        for field, value in values.items():
            setattr(row, field, value.strip() if isinstance(value, str) else value)
        problems += _faults_of_line(row.kind, row.what, row.amount, row.currency)
        row.version += 1
    if problems:
        raise BadInput(problems)
    PlanLine.objects.bulk_update(rows.values(), [*LINE_FIELDS, "version"], batch_size=500)
    log.record_each("sites.plan_line_corrected", by=by, subjects=list(rows.values()))
    return list(rows.values())


@transaction.atomic
def correct_plan_line(*, line: PlanLine, values: Mapping[str, Any], version: int, by: Actor) -> PlanLine:
    """One line by its form. :raises StaleForm: if somebody corrected it since ``version`` was read."""
    held = _hold_lines([line.pk], by=by)[line.pk]
    if held.version != version:
        raise StaleForm(
            N_("Somebody has changed line %(number)s since you opened this form."),
            theirs=str(held.version), yours=str(version), number=held.number,
        )  # fmt: skip
    return correct_plan_lines(changes=[(held, values)], by=by)[0]


@transaction.atomic
def remove_plan_lines(*, keys: Sequence[UUID], by: Actor) -> int:
    """Take lines out of their plans. :raises LineHasSpending: if something was spent on one; it stays, and may be planned with 0."""
    rows = _hold_lines(keys, by=by)
    spent = Spending.objects.filter(line__in=rows).select_related("line").first()
    if spent is not None:
        raise LineHasSpending(
            N_("Something was spent on line %(number)s, so it stays. Write 0 if it was not planned."), number=spent.line.number
        )  # fmt: skip
    log.record_each("sites.plan_line_removed", by=by, subjects=list(rows.values()))
    PlanLine.objects.filter(pk__in=rows).delete()
    return len(rows)


@transaction.atomic
def write_spending(*, spendings: Sequence[SpendingDraft], at: datetime, by: Actor) -> list[Spending]:
    """
    Write down what was spent, each with its day and the document that shows it.

    :raises BadInput: for a day that is still to come or of another year than the plan, or an amount that nobody pays.
    """
    rows = _hold_lines([draft.line.pk for draft in spendings], by=by)
    problems = [
        problem for each in spendings for problem in _faults_of_spending(each, rows[each.line.pk].plan.year, at.date())
    ]
    if problems:
        raise BadInput(problems)
    made = [
        Spending(
            id=draft.key or new_id(), line=rows[draft.line.pk], spent_on=draft.spent_on, amount=draft.amount,
            currency=draft.currency, what=draft.what.strip(),
            document=receive(draft.upload, at=at, by=by) if draft.upload else draft.document,
        )
        for draft in spendings
    ]  # fmt: skip
    Spending.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.spent", by=by, subjects=made)
    return made


@transaction.atomic
def describe_spending(*, changes: Sequence[tuple[Spending, Mapping[str, Any]]], by: Actor) -> list[Spending]:
    """Say anew what was bought, or which document shows it; day and amount stay, for these are struck."""
    _hold_lines([spending.line_id for spending, _values in changes], by=by)
    rows = []
    for spending, values in changes:
        spending.what, spending.document = values.get("what", spending.what), values.get("document", spending.document)
        rows.append(spending)
    Spending.objects.bulk_update(rows, ["what", "document"], batch_size=500)
    log.record_each("sites.spending_described", by=by, subjects=rows)
    return rows


@transaction.atomic
def strike_spending(*, spending: Spending, reason: str, on: date, by: Actor) -> Spending:
    """It was written down wrongly: it counts no longer, and stays readable with the reason. :raises WrongMoment: if it is struck already."""
    _hold_lines([spending.line_id], by=by)
    found = Spending.objects.select_for_update(of=("self",)).select_related("line__plan__site").get(pk=spending.pk)
    if found.struck_on is not None:
        raise WrongMoment(N_("This was struck on %(day)s."), day=found.struck_on)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why it is struck."), column="reason")])
    found.struck_on, found.struck_because = on, reason.strip()
    found.save(update_fields=["struck_on", "struck_because"])
    log.record("sites.spending_struck", by=by, subject=found)
    return found


@transaction.atomic
def remove_spending(*, keys: Sequence[UUID], by: Actor) -> int:
    """Take away what an import wrote down by mistake. :raises BuiltOn: if one was struck since."""
    rows = list(Spending.objects.filter(pk__in=keys).select_related("line__plan__site"))
    _hold_lines([row.line_id for row in rows], by=by)
    if any(row.struck_on is not None for row in rows):
        raise BuiltOn(N_("Something of it was struck since; the import cannot be taken back."))
    log.record_each("sites.import_undone", by=by, subjects=rows)
    Spending.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _hold(keys: Sequence[UUID], *, by: Actor) -> list[YearPlan]:
    found = YearPlan.objects.select_for_update(of=("self",)).select_related("site").filter(pk__in=keys).order_by("pk")
    rows = list(found)
    if len(rows) < len(set(keys)):
        raise NotFound(N_("There is no such plan."))
    for site in {row.site_id: row.site for row in rows}.values():
        by.require(Permission.SITE_PLAN, on=site)
    return rows


def _hold_lines(keys: Sequence[UUID], *, by: Actor) -> dict[UUID, PlanLine]:
    """Lines with the plans that they stand in, one writer at a time for each plan."""
    plans = set(PlanLine.objects.filter(pk__in=keys).values_list("plan", flat=True))
    _hold(list(plans), by=by)
    rows = PlanLine.objects.select_related("plan__site").in_bulk(list(keys))
    if len(rows) < len(set(keys)):
        raise NotFound(N_("There is no such line of a plan."))
    return rows


def _require_unplanned(plans: Sequence[PlanDraft]) -> None:
    there = set(YearPlan.objects.filter(site__in={draft.site.pk for draft in plans}).values_list("site", "year"))
    for draft in plans:
        if (draft.site.pk, draft.year) in there:
            raise PlannedAlready(
                N_("%(site)s has a plan for %(year)s already."), site=draft.site.reference, year=str(draft.year)
            )
        there.add((draft.site.pk, draft.year))


def _faults_of_targets(targets: Targets) -> list[Problem]:
    numbers = {"sessions": targets.sessions, "learners": targets.learners, "machine_hours": targets.machine_hours}
    return [
        Problem(N_("Write a number from 0 to ten million, or nothing."), column=name)
        for name, number in numbers.items()
        if number is not None and not 0 <= number <= MOST
    ]


def _faults_of_line(kind: str, what: str, amount: Decimal, currency: str) -> list[Problem]:
    problems = []
    if kind not in CostKind:
        problems.append(Problem(N_("Say which kind of cost it is."), column="kind"))
    if not what.strip():
        problems.append(Problem(N_("Say what it is for."), column="what"))
    if fault := fault_of(amount, currency):
        return [*problems, fault]
    if not 0 <= amount < LARGEST:
        problems.append(Problem(N_("Write an amount of 0 or more."), column="amount"))
    return problems


def _faults_of_spending(draft: SpendingDraft, year: int, today: date) -> list[Problem]:
    problems = []
    places: dict[str, object] = {"day": draft.spent_on, "year": str(year)}
    if draft.spent_on.year != year:
        text = N_("%(day)s is not in %(year)s. Write it on a line of the plan of its own year.")
        problems.append(Problem(text, places, column="spent_on"))
    elif draft.spent_on > today:
        text = N_("%(day)s is still to come. Write down what has been spent.")
        problems.append(Problem(text, places, column="spent_on"))
    if fault := fault_of(draft.amount, draft.currency):
        return [*problems, fault]
    if not 0 < draft.amount < LARGEST:
        problems.append(Problem(N_("An amount is above zero."), column="amount"))
    return problems
