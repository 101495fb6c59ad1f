"""What was before the parties, version by version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, prefetch_related_objects

from corridor.foundations.access import Actor
from corridor.rooms.members.models import Organisation

from .canonical import CONTENT, canonical_form, hash_bytes
from .models import Agreement, AgreementVersion


@dataclass(frozen=True)
class Put:
    """An agreement that is put before its parties as its rows say it now, from that day."""

    agreement: Agreement
    on: date
    party: Organisation | None = None
    reason: str = ""
    amendment: Agreement | None = None


def put_versions(given: Sequence[Put], *, origin: AgreementVersion.Origin, by: Actor) -> list[AgreementVersion]:
    """Write down the next version of each. The caller holds the agreements."""
    agreements = [put.agreement for put in given]
    # What was read before the rows were written is not what is put.
    for agreement in agreements:
        agreement.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects(agreements, *CONTENT)
    latest = AgreementVersion.objects.filter(agreement__in=agreements).values("agreement").annotate(last=Max("number"))
    numbers = dict(latest.values_list("agreement", "last"))
    made = []
    for put in given:
        canonical = canonical_form(put.agreement)
        made.append(
            AgreementVersion(
                agreement=put.agreement, number=numbers.get(put.agreement.pk, 0) + 1, origin=origin,
                canonical=canonical.decode(), hash=hash_bytes(canonical), effective_on=put.on, put_by=by.label,
                party=put.party, reason=put.reason, amendment=put.amendment,
            )
        )  # fmt: skip
    return AgreementVersion.objects.bulk_create(made, batch_size=200)


def version_on(agreement: Agreement, day: date) -> AgreementVersion | None:
    """What it said on that day; None while it was a draft."""
    return agreement.versions.filter(effective_on__lte=day).order_by("effective_on", "number").last()


def last_version(agreement: Agreement) -> AgreementVersion | None:
    return agreement.versions.order_by("number").last()


def signed_version(agreement: Agreement) -> AgreementVersion | None:
    """The version that the parties sign or have signed; amendments come after it."""
    return agreement.versions.exclude(origin=AgreementVersion.Origin.AMENDED).order_by("number").last()


def last_put_on(keys: Iterable[Any]) -> dict[Any, date]:
    """From which day what the parties sign is before them, by the key of the agreement."""
    put = AgreementVersion.objects.filter(agreement__in=list(keys)).exclude(origin=AgreementVersion.Origin.AMENDED)
    return dict(put.order_by("number").values_list("agreement", "effective_on"))
