"""Spare parts: what lies in the store of a site, what came and what went."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..drafts import PartDraft, PartStep
from ..models import PartMovement, Repair, SparePart
from ..refusals import NotEnoughParts, NumberTaken

MOST = 1_000_000


@transaction.atomic
def add_parts(*, parts: Sequence[PartDraft], by: Actor) -> list[SparePart]:
    """
    Write down what lies in stores.

    :raises NumberTaken: if the site has a part of that number. :raises BadInput: without a number or a name, or for counts below 0.
    """
    for site in {draft.site.pk: draft.site for draft in parts}.values():
        by.require(Permission.EQUIPMENT_KEEP, on=site)
    problems = []
    for draft in parts:
        if not draft.number.strip() or not draft.name.strip():
            problems.append(Problem(N_("A part has a number and a name."), column="name"))
        if not (0 <= draft.stock <= MOST and 0 <= draft.reorder_level <= MOST):
            problems.append(Problem(N_("Counts are from 0 to a million."), column="stock"))
    if problems:
        raise BadInput(problems)
    _require_new(parts)
    made = [
        SparePart(
            site=draft.site, number=draft.number.strip(), name=draft.name.strip(), fits=draft.fits.strip(), stock=draft.stock,
            reorder_level=draft.reorder_level,
        )
        for draft in parts
    ]  # fmt: skip
    with contested(lambda: _require_new(parts)):
        SparePart.objects.bulk_create(made, batch_size=500)
    log.record_each("sites.part_added", by=by, subjects=made)
    return made


@transaction.atomic
def move_parts(*, steps: Sequence[PartStep], repair: Repair | None = None, by: Actor) -> list[SparePart]:
    """
    Parts came or went. Two who take the last one at once cannot both have it.

    :raises NotEnoughParts: if fewer lie there. :raises BadInput: for nothing that moves, or without a reason where no repair uses it.
    """
    held = SparePart.objects.select_for_update(of=("self",)).select_related("site").order_by("pk")
    rows = held.in_bulk([step.part.pk for step in steps])
    if len(rows) < len({step.part.pk for step in steps}):
        raise NotFound(N_("There is no such spare part."))
    for site in {row.site_id: row.site for row in rows.values()}.values():
        by.require(Permission.EQUIPMENT_KEEP, on=site)
    for step in steps:
        row = rows[step.part.pk]
        if step.change == 0 or abs(step.change) > MOST:
            raise BadInput([Problem(N_("Say how many came (3) or went (-3)."), column="change")])
        if repair is None and not step.reason.strip():
            raise BadInput([Problem(N_("Say where they came from or went to."), column="reason")])
        if row.stock + step.change < 0:
            raise NotEnoughParts(
                N_("%(count)s of %(part)s lie in the store; write down first what came."), count=row.stock, part=str(row)
            )  # fmt: skip
        row.stock += step.change
    moves = [
        PartMovement(
            part=rows[step.part.pk], moved_on=step.on, change=step.change, repair=repair, reason=step.reason.strip(),
            by_label=by.label,
        )
        for step in steps
    ]  # fmt: skip
    for row in rows.values():
        row.version += 1
    SparePart.objects.bulk_update(rows.values(), ["stock", "version"], batch_size=500)
    PartMovement.objects.bulk_create(moves, batch_size=500)
    log.record_each("sites.parts_moved", by=by, subjects=list(rows.values()))
    return [rows[step.part.pk] for step in steps]


def _require_new(parts: Sequence[PartDraft]) -> None:
    there = set(SparePart.objects.filter(site__in={draft.site.pk for draft in parts}).values_list("site", "number"))
    for draft in parts:
        key = (draft.site.pk, draft.number.strip())
        if key in there:
            raise NumberTaken(
                N_("%(site)s has something under the number %(number)s already."),
                site=draft.site.reference,
                number=key[1],
            )
        there.add(key)
