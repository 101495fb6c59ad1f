"""Reading the file of ROR in, and attaching one of its records to an organisation."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..comparing import keys_of_names
from ..drafts import IdentifierDraft
from ..identifiers import clean_value
from ..models import Alliance, Organisation, OrganisationIdentifier, RorKey, RorName, RorRecord
from ..ror_file import FromRor
from .describing import add_identifiers

AT_ONCE = 2_000
_NAME, _CITY = 400, 120


def read_ror(*, records: Iterable[FromRor], at: datetime, by: Actor) -> int:
    """
    Take records in, some thousand at a time, each set in a transaction of its own: the same file again changes nothing but the day.
    Records that are there already are written over. Returns how many were read.

    :raises BadInput: for a record whose key is none of ROR's.
    """
    by.require(Permission.ALLIANCE_DESCRIBE)
    count = 0
    for some in batched(records, AT_ONCE):
        _write(some, at=at)
        count += len(some)
    alliance = Alliance.objects.first()
    if alliance is not None:
        log.record("members.ror_read", by=by, subject=alliance, count=count)
    return count


@transaction.atomic
def _write(some: tuple[FromRor, ...], *, at: datetime) -> None:
    # One record stands once in a set, the last way it was read.
    records = {clean_value("ror", each.ror): each for each in some}
    RorRecord.objects.bulk_create(
        [
            RorRecord(
                ror=ror, country=each.country[:2], city=each.city[:_CITY], latitude=each.latitude, longitude=each.longitude,
                read_at=at,
            )
            for ror, each in records.items()
        ],
        update_conflicts=True, unique_fields=["ror"], batch_size=500,
        update_fields=["country", "city", "latitude", "longitude", "read_at"],
    )  # fmt: skip
    keys = list(records)
    for start in range(0, len(keys), 500):
        RorName.objects.filter(record__in=keys[start : start + 500]).delete()
        RorKey.objects.filter(record__in=keys[start : start + 500]).delete()
    RorName.objects.bulk_create(
        [
            RorName(record_id=ror, language=language[:12], name=name[:_NAME])
            for ror, each in records.items()
            for language, name in each.names
        ],
        batch_size=500,
    )
    RorKey.objects.bulk_create(
        [
            RorKey(record_id=ror, key=key)
            for ror, each in records.items()
            for key in sorted(keys_of_names([name for _, name in each.names], aside=()))
        ],
        batch_size=500,
    )


@transaction.atomic
def attach_ror(*, organisation: Organisation, ror: str, by: Actor) -> OrganisationIdentifier:
    """
    Say that this record of ROR is that organisation.

    :raises NotFound: if no such record was read in. :raises NumberTaken: if another organisation has it.
    :raises BadInput: if the organisation has another record of ROR.
    """
    by.require(Permission.MEMBER_EDIT, on=organisation)
    record = RorRecord.objects.filter(pk=ror).first()
    if record is None:
        raise NotFound(N_("There is no record %(ror)s in the file of ROR that was read in."), ror=ror)
    other = OrganisationIdentifier.objects.filter(organisation=organisation, scheme="ror").exclude(value=ror).first()
    if other is not None:
        raise BadInput(
            [
                Problem(
                    N_("It has the number %(value)s of ROR; take that away first."),
                    {"value": other.value},
                    column="ror",
                )
            ]
        )
    return add_identifiers(identifiers=[IdentifierDraft(organisation, "ror", record.ror)], by=by)[0]
