"""What an import changes in units of drafts and in claims, and how it is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError, Q

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..models import ForeignUnit, MappingClaim, Unit, UnitHours, UnitTitle
from ..refusals import HasContents, ReviewedAlready
from ..written import TextState
from .drafting import _require_drafts

AT_ONCE = 500
# Positions are put aside while units change places: two must never stand at one.
_ASIDE = 10_000
CLAIM_FIELDS = ("relation", "coverage", "expires_before", "evidence")


@dataclass(frozen=True)
class UnitChanged:
    """New values of a unit: "position", "requirement"; ``hours`` by kind and ``titles`` by language, where 0 and "" take one away."""

    unit: Unit
    values: Mapping[str, Any]
    hours: Mapping[str, int]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class ClaimChanged:
    """New values of a claim (CLAIM_FIELDS)."""

    claim: MappingClaim
    values: Mapping[str, Any]


@transaction.atomic
def change_units(*, changes: Sequence[UnitChanged], by: Actor) -> list[Unit]:
    """
    Correct units of draft versions.

    :raises PublishedAlready: if a version is no draft any more. :raises BadInput: if two units would stand at one position.
    """
    by.require(Permission.CURRICULUM_EDIT)
    if not changes:
        return []
    _require_drafts({change.unit.version_id for change in changes})
    held = {
        row.pk: row
        for row in Unit.objects.select_for_update(of=("self",)).filter(pk__in=[each.unit.pk for each in changes])
    }
    for change in changes:
        for field in ("position", "requirement"):
            if field in change.values:
                setattr(held[change.unit.pk], field, change.values[field])
    _require_places(held)
    Unit.objects.filter(pk__in=held).update(position=F("position") + _ASIDE)
    Unit.objects.bulk_update(held.values(), ["position", "requirement"], batch_size=AT_ONCE)
    for model, field, given in (
        (UnitHours, "kind", {change.unit.pk: change.hours for change in changes}),
        (UnitTitle, "language", {change.unit.pk: change.titles for change in changes}),
    ):
        _put(model, field, given)
    log.record_each("curricula.unit_changed", by=by, subjects=list(held.values()))
    return list(held.values())


def _require_places(held: Mapping[UUID, Unit]) -> None:
    others = Unit.objects.filter(version__in={unit.version_id for unit in held.values()}).exclude(pk__in=held)
    taken = set(others.values_list("version_id", "position"))
    problems = []
    for unit in held.values():
        if (unit.version_id, unit.position) in taken:
            message = N_("Unit %(code)s, or another at its position, is in this version already.")
            problems.append(Problem(message, {"code": unit.code}, column="position"))
        taken.add((unit.version_id, unit.position))
    if problems:
        raise BadInput(problems)


def _put(model: Any, field: str, given: Mapping[UUID, Mapping[str, Any]]) -> None:
    """What a unit has of its hours and titles, each once by ``field``, becomes as given; what is not named stays."""
    named = Q(pk__in=())
    for key, parts in given.items():
        if parts:
            named |= Q(unit=key, **{f"{field}__in": list(parts)})
    model.objects.filter(named).delete()
    value = "hours" if model is UnitHours else "text"
    more = {} if model is UnitHours else {"text_state": TextState.REVIEWED}
    rows = [
        model(unit_id=key, **{field: name, value: part}, **more)
        for key, parts in given.items()
        for name, part in parts.items()
        if part
    ]
    model.objects.bulk_create(rows, batch_size=AT_ONCE)


@transaction.atomic
def remove_units(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take units out of draft versions: those that an import added by mistake, or that a sheet says to take away.

    :raises PublishedAlready: if a version is no draft any more. :raises HasContents: if something is written in one or claimed about it.
    """
    by.require(Permission.CURRICULUM_EDIT)
    held = list(Unit.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    _require_drafts({unit.version_id for unit in held})
    log.record_each("curricula.unit_removed", by=by, subjects=held)
    try:
        with transaction.atomic():
            UnitHours.objects.filter(unit__in=held).delete()
            UnitTitle.objects.filter(unit__in=held).delete()
            Unit.objects.filter(pk__in=[unit.pk for unit in held]).delete()
    except ProtectedError as stands:
        raise HasContents(
            N_("Something stands on these units (%(which)s); they are not taken away."),
            which=str(next(iter(stands.protected_objects))._meta.verbose_name),
        ) from None
    return len(held)


@transaction.atomic
def change_claims(*, changes: Sequence[ClaimChanged], by: Actor) -> list[MappingClaim]:
    """
    Correct claims that nobody has reviewed; of a reviewed one only its end is set.

    :raises ReviewedAlready: for another change of a reviewed claim. :raises BadInput: for an end before its beginning.
    """
    by.require(Permission.MAPPING_CLAIM)
    rows = MappingClaim.objects.select_for_update(of=("self",)).filter(pk__in=[each.claim.pk for each in changes])
    held = {row.pk: row for row in rows.order_by("pk")}
    for change in changes:
        claim = held[change.claim.pk]
        if claim.reviewed_on is not None and set(change.values) - {"expires_before"}:
            raise ReviewedAlready(N_("This claim was reviewed on %(day)s."), day=claim.reviewed_on)
        for field, value in change.values.items():
            setattr(claim, field, value)
        if claim.expires_before is not None and claim.expires_before <= claim.claimed_on:
            raise BadInput([Problem(N_("A claim expires after it is made."), column="expires_on")])
    MappingClaim.objects.bulk_update(held.values(), CLAIM_FIELDS, batch_size=AT_ONCE)
    log.record_each("curricula.mapping_changed", by=by, subjects=list(held.values()))
    return list(held.values())


@transaction.atomic
def remove_claims(*, keys: Sequence[UUID], by: Actor) -> int:
    """
    Take away claims that an import wrote down by mistake, and foreign units that nothing else names.

    :raises BuiltOn: if one was reviewed since.
    """
    by.require(Permission.MAPPING_CLAIM)
    held = list(MappingClaim.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    for claim in held:
        if claim.reviewed_on is not None:
            raise BuiltOn(
                N_("A claim was reviewed on %(day)s; the import cannot be taken back."), day=claim.reviewed_on
            )
    MappingClaim.objects.filter(pk__in=[claim.pk for claim in held]).delete()
    foreign = [claim.foreign_unit_id for claim in held if claim.foreign_unit_id]
    ForeignUnit.objects.filter(pk__in=foreign, claims__isnull=True).delete()
    log.record_each("curricula.import_undone", by=by, subjects=held)
    return len(held)
