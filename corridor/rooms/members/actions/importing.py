"""What an import changes in organisations that stand, and how it is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..models import Organisation, OrganisationIdentifier, OrganisationName, OrganisationSector

FIELDS = ("kind", "country", "region", "city", "latitude", "longitude", "source_mark", "source")


@dataclass(frozen=True)
class OrganisationChange:
    """New values of an organisation by the names of its fields (FIELDS)."""

    organisation: Organisation
    values: Mapping[str, Any]


@transaction.atomic
def change_organisations(*, changes: Sequence[OrganisationChange], by: Actor) -> list[Organisation]:
    """Correct what is written down about many organisations at once. An open form of one of them is stale after that."""
    if not changes:
        return []
    if not by.may(Permission.MEMBER_EDIT):
        for change in changes:
            by.require(Permission.MEMBER_EDIT, on=change.organisation)
    keys = [change.organisation.pk for change in changes]
    rows = {
        row.pk: row for row in Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    }
    for change in changes:
        row = rows[change.organisation.pk]
        for field in FIELDS:
            if field in change.values:
                setattr(row, field, change.values[field])
        row.version += 1
    changed = list(rows.values())
    Organisation.objects.bulk_update(changed, [*FIELDS, "version"], batch_size=500)
    log.record_each("members.edited", by=by, subjects=changed)
    return changed


@transaction.atomic
def remove_imported(*, organisations: Sequence[Organisation], by: Actor) -> int:
    """
    Take away organisations that an import wrote down by mistake.

    :raises BuiltOn: if anything stands on one of them (a membership, a site, a seat).
    """
    by.require(Permission.MEMBER_REGISTER)
    keys = [organisation.pk for organisation in organisations]
    try:
        with transaction.atomic():
            OrganisationName.objects.filter(organisation__in=keys).delete()
            OrganisationIdentifier.objects.filter(organisation__in=keys).delete()
            OrganisationSector.objects.filter(organisation__in=keys).delete()
            Organisation.objects.filter(pk__in=keys).delete()
    except ProtectedError as held:
        first = next(iter(held.protected_objects))
        raise BuiltOn(
            N_("Something was built on these organisations since (%(what)s: %(which)s); the import cannot be taken back."),
            what=str(first._meta.verbose_name), which=str(first),
        ) from None  # fmt: skip
    log.record_each("members.import_undone", by=by, subjects=organisations)
    return len(organisations)
