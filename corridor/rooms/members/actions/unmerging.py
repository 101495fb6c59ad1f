"""Taking a merge of two organisations back: both records as they were, or a refusal that says what stands in the way."""

from datetime import datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import take_back
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from ..lifecycle import MembershipStatus
from ..merging import pair_of, set_from_text, text_of
from ..models import (
    Campus,
    Membership,
    MembershipChange,
    MergedRow,
    NameCorrection,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    OrganisationName,
    OrganisationPair,
    OrganisationParent,
    OrganisationSector,
    PairVerdict,
)
from ..refusals import CannotBeUndone

_TABLE, _HOW = MergedRow.Table, MergedRow.How
# Which table a row is of, and by which field it belongs to an organisation.
MODELS: dict[str, tuple[Any, str]] = {
    _TABLE.NAME: (OrganisationName, "organisation"),
    _TABLE.IDENTIFIER: (OrganisationIdentifier, "organisation"),
    _TABLE.SECTOR: (OrganisationSector, "organisation"),
    _TABLE.CAMPUS: (Campus, "organisation"),
    _TABLE.PARENT: (OrganisationParent, "organisation"),
    _TABLE.BRANCH: (OrganisationParent, "parent"),
    _TABLE.MEMBERSHIP: (Membership, "organisation"),
}

# Whoever took such a row away said that the organisation has none: nothing stands on it, and the rest goes back without it.
MAY_BE_GONE = {_TABLE.IDENTIFIER, _TABLE.SECTOR}


@transaction.atomic
def unmerge_organisations(*, merge: OrganisationMerge, reason: str, at: datetime, by: Actor) -> OrganisationMerge:
    """
    Take a merge back: what was moved goes back, what was copied goes, what was taken gets its former value, a membership that ended by it
    is open again. Numbers and sectors that were taken away since stay away (queries.taken_away_since names them).

    :raises CannotBeUndone: if it was undone before, or something done later stands on it; the sentence names it.
    :raises BadInput: without a reason.
    """
    by.require(Permission.MEMBER_MERGE)
    if not reason.strip():
        raise BadInput([Problem(N_("Say why the merge is taken back."), column="reason")])
    merge = OrganisationMerge.objects.select_for_update().get(pk=merge.pk)
    held = Organisation.objects.select_for_update().filter(pk__in=[merge.gone_id, merge.stays_id]).order_by("pk")
    rows = {row.pk: row for row in held}
    gone, stays = rows[merge.gone_id], rows[merge.stays_id]
    if merge.undone_at is not None:
        raise CannotBeUndone(N_("This merge was taken back already."))
    if stays.merged_into_id is not None:
        raise CannotBeUndone(
            N_("%(stays)s was merged into another record since; take that back first."), stays=stays.reference
        )
    _put_values_back(merge, stays)
    for row in merge.rows.all():
        _put_row_back(row, merge, gone, stays)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by, merge.undone_because = at, by.label, reason.strip()
    merge.save(update_fields=["undone_at", "undone_by", "undone_because"])
    one, other = pair_of(gone, stays)
    OrganisationPair.objects.filter(one=one, other=other).update(
        verdict=PairVerdict.OPEN, settled_by="", settled_because=""
    )
    log.record("members.unmerged", by=by, subject=gone)
    log.record("members.unmerged_from", by=by, subject=stays)
    return merge


def _put_values_back(merge: OrganisationMerge, stays: Organisation) -> None:
    changed = []
    for value in merge.values.all():
        if text_of(stays, value.field) != value.after:
            raise CannotBeUndone(
                N_("%(stays)s was corrected since (%(field)s); what stood there before the merge would be lost."),
                stays=stays.reference, field=value.field,
            )  # fmt: skip
        set_from_text(stays, value.field, value.before)
        changed.append(value.field)
    stays.version += 1
    stays.save(update_fields=[*changed, "version"])


def _put_row_back(row: MergedRow, merge: OrganisationMerge, gone: Organisation, stays: Organisation) -> None:
    model, field = MODELS[row.table]
    owner = gone if row.how == _HOW.ENDED else stays
    found = model.objects.filter(pk=row.key, **{field: owner}).first()
    if found is None and row.table in MAY_BE_GONE and not model.objects.filter(pk=row.key).exists():
        return
    if found is None:
        raise CannotBeUndone(
            N_("Something that came to %(stays)s by the merge was taken away since (%(what)s)."),
            stays=stays.reference, what=_TABLE(row.table).value,
        )  # fmt: skip
    if row.table == _TABLE.MEMBERSHIP:
        _require_no_step_since(found, merge, row)
    if row.how == _HOW.ENDED:
        take_back(found)
    elif row.how == _HOW.MOVED:
        model.objects.filter(pk=found.pk).update(**{field: gone})
    else:
        _require_unchanged(found, row, gone, stays)
        if not _passed_on(found, row, merge):
            # What was mended and mended back is as it came; the record that goes keeps its own.
            NameCorrection.objects.filter(name=row.key if row.table == _TABLE.NAME else None).delete()
            found.delete()


def _passed_on(found: Any, row: MergedRow, merge: OrganisationMerge) -> bool:
    """A copy that another merge would have made as well, had it come first, is that one's from now on."""
    others = OrganisationMerge.objects.filter(stays=merge.stays_id, undone_at__isnull=True).exclude(pk=merge.pk)
    heirs = {each.gone_id: each for each in others.order_by("-merged_at", "-pk")}
    alike: dict[str, Any] = {"organisation__in": heirs}
    same: Any
    if row.table == _TABLE.NAME:
        same = OrganisationName.objects.filter(language=found.language, name=found.name, **alike).last()
    else:
        same = OrganisationSector.objects.filter(sector=found.sector_id, **alike).last()
    if same is None:
        return False
    if row.table == _TABLE.NAME:
        found.valid_from, found.valid_before = same.valid_from, same.valid_before
        found.save(update_fields=["valid_from", "valid_before"])
    MergedRow.objects.create(merge=heirs[same.organisation_id], table=row.table, how=row.how, key=row.key)
    return True


def _require_no_step_since(membership: Membership, merge: OrganisationMerge, row: MergedRow) -> None:
    steps = MembershipChange.objects.filter(membership=membership).order_by("effective_on", "recorded_at", "pk")
    last = steps.last()
    is_as_left = row.how != _HOW.ENDED or (last is not None and last.to_status == MembershipStatus.WITHDRAWN)
    if row.how == _HOW.MOVED:
        is_as_left = not steps.filter(recorded_at__gt=_written_at(merge)).exists()
    if not is_as_left:
        raise CannotBeUndone(
            N_("The membership of %(stays)s has moved on since the merge."), stays=merge.stays.reference
        )


def _written_at(merge: OrganisationMerge) -> Any:
    """When the merge was really written down: steps are stamped by the database's clock, and a merge may tell of an example's day."""
    return merge.written_at


def _require_unchanged(found: Any, row: MergedRow, gone: Organisation, stays: Organisation) -> None:
    if row.table != _TABLE.NAME:
        return
    same = OrganisationName.objects.filter(
        organisation=gone, language=found.language, name=found.name, valid_from=found.valid_from,
        valid_before=found.valid_before,
    )  # fmt: skip
    if not same.exists():
        raise CannotBeUndone(
            N_("The name “%(name)s” of %(stays)s was changed since the merge."), name=found.name, stays=stays.reference
        )
