"""What an import changes in names that stand, and how new ones are taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles import own_reasons
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.wording import N_

from ..models import NameCorrection, Organisation, OrganisationName
from .naming import correct_name


@dataclass(frozen=True)
class NameMended:
    """New values of a name: "name", "valid_from", "valid_before"."""

    name: OrganisationName
    values: Mapping[str, Any]


@transaction.atomic
def mend_names(*, names: Sequence[NameMended], at: datetime, by: Actor) -> int:
    """Correct names one after the other, each as ``correct_name`` does; what stood there is kept. Return how many."""
    for each in names:
        correct_name(
            name=each.name, text=each.values.get("name", each.name.name),
            valid_from=each.values.get("valid_from", each.name.valid_from),
            valid_before=each.values.get("valid_before", each.name.valid_before), reason=own_reasons.CORRECTED_BY_SHEET, at=at, by=by,
        )  # fmt: skip
    return len(names)


@transaction.atomic
def remove_names(*, names: Sequence[tuple[str, str, str, date | None]], by: Actor) -> int:
    """
    Take away names that an import added by mistake: (reference of the organisation, language, name, first day).

    :raises BuiltOn: if one was corrected or ended since, or is not there any more.
    """
    held = {row.reference: row for row in Organisation.objects.filter(reference__in=[each[0] for each in names])}
    for organisation in held.values():
        by.require(Permission.MEMBER_EDIT, on=organisation)
    standing = OrganisationName.objects.select_for_update(of=("self",)).filter(organisation__in=held.values())
    known = {(row.organisation_id, row.language, row.name, row.valid_from): row.pk for row in standing}
    keys = []
    for reference, language, name, valid_from in names:
        found = known.get((held[reference].pk, language, name, valid_from)) if reference in held else None
        if found is None:
            raise BuiltOn(N_("“%(name)s” was changed again since; the import cannot be taken back."), name=name)
        keys.append(found)
    corrected = NameCorrection.objects.filter(name__in=keys).select_related("name").first()
    if corrected is not None:
        raise BuiltOn(
            N_("“%(name)s” was changed again since; the import cannot be taken back."), name=corrected.name.name
        )
    OrganisationName.objects.filter(pk__in=keys).delete()
    log.record_each("members.import_undone", by=by, subjects=list(held.values()))
    return len(keys)
