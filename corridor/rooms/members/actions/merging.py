"""
Saying that two records are one organisation, and taking that back.

The record that goes keeps its own rows in other rooms, and its reference: who asks resolves it (merging.py). What the merge moved or
changed is written down row by row, so that undoing it restores both records exactly.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..lifecycle import MembershipStatus, Standing
from ..merging import FIELDS, pair_of, parts_of, text_of
from ..models import (
    Campus,
    Membership,
    MembershipChange,
    MergedRow,
    MergedValue,
    NameKind,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    OrganisationName,
    OrganisationPair,
    OrganisationParent,
    OrganisationSector,
    PairVerdict,
)
from ..refusals import MergedBefore, TwoMemberships
from .memberships import ENDED

_TABLE, _HOW = MergedRow.Table, MergedRow.How


@transaction.atomic
def merge_organisations(
    *,
    gone: Organisation,
    stays: Organisation,
    reason: str,
    on: date,
    at: datetime,
    by: Actor,
    take: Collection[str] = (),
    ends_membership: bool = False,
) -> OrganisationMerge:
    """
    Merge ``gone`` into ``stays``. ``take`` names the fields (of ``merging.FIELDS``) that are taken from the one that goes; names,
    numbers, sectors and campuses are united.

    Where both hold a membership that has not ended, ``ends_membership`` ends that of the one that goes on the day ``on``.

    :raises MergedBefore: if either was merged away before: so no ring can arise.
    :raises TwoMemberships: if both hold an open membership and none is to end, or the open one of the one that goes cannot follow those
        of the one that stays.
    :raises BadInput: without a reason, for an unknown field, or for one record.
    :raises WrongMoment: if an unconfirmed record is to stay for a confirmed one.
    """
    by.require(Permission.MEMBER_MERGE)
    gone, stays = _held(gone, stays)
    _require_mergeable(gone, stays, reason=reason, take=take)
    merge = OrganisationMerge.objects.create(
        gone=gone, stays=stays, merged_at=at, merged_by=by.label, reason=reason.strip()
    )
    rows = _memberships(gone, stays, on=on, by=by, ends=ends_membership)
    rows += [*_names(gone, stays), *_numbers(gone, stays), *_sectors(gone, stays), *_places(gone, stays)]
    _take_fields(merge, gone, stays, take)
    found = OrganisationIdentifier.objects.filter(organisation=stays)
    numbers: dict[object, str] = {each.pk: str(each) for each in found}
    MergedRow.objects.bulk_create(
        [
            MergedRow(merge=merge, table=table, how=how, key=str(key), said=numbers.get(key, ""))
            for table, how, key in rows
        ]
    )
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    one, other = pair_of(gone, stays)
    OrganisationPair.objects.filter(one=one, other=other).update(
        verdict=PairVerdict.MERGED, settled_by=by.label, settled_because=reason.strip()
    )
    log.record("members.merged", by=by, subject=gone)
    log.record("members.merged_with", by=by, subject=stays)
    return merge


def _held(gone: Organisation, stays: Organisation) -> tuple[Organisation, Organisation]:
    rows = {
        row.pk: row
        for row in Organisation.objects.select_for_update().filter(pk__in={gone.pk, stays.pk}).order_by("pk")
    }
    return rows[gone.pk], rows[stays.pk]


def _require_mergeable(gone: Organisation, stays: Organisation, *, reason: str, take: Collection[str]) -> None:
    problems = []
    if gone.pk == stays.pk:
        problems.append(Problem(N_("%(reference)s cannot be merged into itself."), {"reference": gone.reference}))
    if not reason.strip():
        problems.append(Problem(N_("Say why the two records are one organisation."), column="reason"))
    problems += [
        Problem(N_("There is no field %(field)s to choose."), {"field": field}, column="take")
        for field in sorted(set(take) - set(FIELDS))
    ]
    if problems:
        raise BadInput(problems)
    for each in (gone, stays):
        if each.merged_into_id is not None:
            raise MergedBefore(
                N_("%(organisation)s was merged into another record before."), organisation=each.reference
            )
    if gone.standing == Standing.CONFIRMED and stays.standing != Standing.CONFIRMED:
        raise WrongMoment(
            N_("%(stays)s is not confirmed; merge it into %(gone)s, or confirm it first."),
            stays=stays.reference, gone=gone.reference,
        )  # fmt: skip


_Row = tuple[MergedRow.Table, MergedRow.How, object]


def _memberships(gone: Organisation, stays: Organisation, *, on: date, by: Actor, ends: bool) -> list[_Row]:
    """Memberships follow where they fit behind or before those of the record that stays; two of one time never mix."""
    theirs = list(Membership.objects.select_for_update().filter(organisation=gone))
    own = list(Membership.objects.select_for_update().filter(organisation=stays))
    open_of_gone = next((each for each in theirs if each.status not in ENDED), None)
    is_open_here = any(each.status not in ENDED for each in own)
    if open_of_gone and is_open_here:
        if not ends:
            raise TwoMemberships(
                N_("Both %(gone)s and %(stays)s hold a membership; choose that the one of %(gone)s ends, or end one first."),
                gone=gone.reference, stays=stays.reference,
            )  # fmt: skip
        move(open_of_gone, to=MembershipStatus.WITHDRAWN, on=on, by=by, reason=f"-> {stays.reference}")
        # It stays with the record that goes: its years are years of the other membership too.
        return [(_TABLE.MEMBERSHIP, _HOW.ENDED, open_of_gone.pk)]
    moved: list[_Row] = []
    taken = [_days_of(each) for each in own]
    for each in theirs:
        first, last = _days_of(each)
        if all(last < begins or first >= ended for begins, ended in taken):
            moved.append((_TABLE.MEMBERSHIP, _HOW.MOVED, each.pk))
        elif each is open_of_gone:
            raise TwoMemberships(
                N_("The membership of %(gone)s crosses an earlier one of %(stays)s; merge %(stays)s into %(gone)s instead."),
                gone=gone.reference, stays=stays.reference,
            )  # fmt: skip
    Membership.objects.filter(pk__in=[key for _, _, key in moved]).update(organisation=stays)
    return moved


def _days_of(membership: Membership) -> tuple[date, date]:
    """Its first day, and its last (the end of time while it is open)."""
    days = list(
        MembershipChange.objects.filter(membership=membership)
        .order_by("effective_on")
        .values_list("effective_on", flat=True)
    )
    first = days[0] if days else date.min
    return first, date.max if membership.status not in ENDED else days[-1] if days else date.min


def _names(gone: Organisation, stays: Organisation) -> list[_Row]:
    """Copies: the record that goes keeps its own, for rows of other rooms that name it."""
    own = list(OrganisationName.objects.filter(organisation=stays))
    there = {(each.language, each.name) for each in own}
    official = {each.language for each in own if each.kind == NameKind.OFFICIAL}
    made = []
    for each in OrganisationName.objects.filter(organisation=gone).order_by("pk"):
        if (each.language, each.name) in there:
            continue
        is_second = each.kind == NameKind.OFFICIAL and each.language in official
        made.append(
            OrganisationName(
                organisation=stays, language=each.language, name=each.name,
                kind=NameKind.ALIAS if is_second else each.kind, valid_from=each.valid_from, valid_before=each.valid_before,
            )
        )  # fmt: skip
    return [(_TABLE.NAME, _HOW.MADE, each.pk) for each in OrganisationName.objects.bulk_create(made)]


def _numbers(gone: Organisation, stays: Organisation) -> list[_Row]:
    keys = list(OrganisationIdentifier.objects.filter(organisation=gone).values_list("pk", flat=True))
    OrganisationIdentifier.objects.filter(pk__in=keys).update(organisation=stays)
    return [(_TABLE.IDENTIFIER, _HOW.MOVED, key) for key in keys]


def _sectors(gone: Organisation, stays: Organisation) -> list[_Row]:
    there = set(OrganisationSector.objects.filter(organisation=stays).values_list("sector_id", flat=True))
    made = [
        OrganisationSector(organisation=stays, sector_id=each.sector_id)
        for each in OrganisationSector.objects.filter(organisation=gone)
        if each.sector_id not in there
    ]
    return [(_TABLE.SECTOR, _HOW.MADE, each.pk) for each in OrganisationSector.objects.bulk_create(made)]


def _places(gone: Organisation, stays: Organisation) -> list[_Row]:
    campuses = list(Campus.objects.filter(organisation=gone).values_list("pk", flat=True))
    Campus.objects.filter(pk__in=campuses).update(organisation=stays)
    # Branches follow; what would close a ring, or stands above both, stays where it is.
    branches = [
        each
        for each in OrganisationParent.objects.filter(parent=gone).exclude(organisation=stays)
        if each.organisation_id not in parts_of(stays.pk, upwards=True)
    ]
    OrganisationParent.objects.filter(pk__in=[each.pk for each in branches]).update(parent=stays)
    above: list[OrganisationParent] = []
    if not OrganisationParent.objects.filter(organisation=stays).exists():
        below = parts_of(stays.pk, upwards=False) | {stays.pk}
        above = [each for each in OrganisationParent.objects.filter(organisation=gone) if each.parent_id not in below]
        OrganisationParent.objects.filter(pk__in=[each.pk for each in above]).update(organisation=stays)
    return [
        *((_TABLE.CAMPUS, _HOW.MOVED, key) for key in campuses),
        *((_TABLE.BRANCH, _HOW.MOVED, each.pk) for each in branches),
        *((_TABLE.PARENT, _HOW.MOVED, each.pk) for each in above),
    ]


def _take_fields(merge: OrganisationMerge, gone: Organisation, stays: Organisation, take: Collection[str]) -> None:
    values, changed = [], []
    for field in FIELDS:
        before, after = text_of(stays, field), text_of(gone, field)
        if field not in take or before == after:
            continue
        setattr(stays, field, getattr(gone, field))
        values.append(MergedValue(merge=merge, field=field, before=before, after=after))
        changed.append(field)
    MergedValue.objects.bulk_create(values)
    stays.version += 1
    stays.save(update_fields=[*changed, "version"])
