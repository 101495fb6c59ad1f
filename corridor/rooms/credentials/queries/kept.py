"""Issuers of other houses whose kits were taken over here, and how old their lists are."""

from dataclasses import dataclass
from datetime import date, datetime

from corridor.foundations.access import Actor, Permission

from ..models import KeptDocument, KeptIssuer
from ..proofs.companions import sequence_of
from ..proofs.instants import read_instant
from ..proofs.json_reading import read_published
from ..proofs.registers import read_register

AT_MOST = 500


@dataclass(frozen=True)
class KeptList:
    """A status list as it was signed: by its address, how often, when, and until when it may be relied on (None: without end)."""

    address: str
    number: int
    signed_at: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True)
class KeptShown:
    """An issuer of another house. ``register_day``: of the register that says what it might issue; None where the kit had none."""

    issuer: KeptIssuer
    register_day: date | None
    lists: tuple[KeptList, ...]


def list_kept_issuers(*, by: Actor) -> list[KeptShown]:
    """What was taken over, the latest first. Whom the verifier knows is no secret."""
    by.require(Permission.MEMBER_VIEW)
    issuers = list(KeptIssuer.objects.order_by("-taken_at", "did")[:AT_MOST])
    kinds = [KeptDocument.Kind.STATUS, KeptDocument.Kind.COMPANION, KeptDocument.Kind.REGISTER]
    rows = KeptDocument.objects.filter(issuer__in=issuers, kind__in=kinds).order_by("address")
    found: dict[tuple[object, str], list[KeptDocument]] = {}
    for row in rows:
        found.setdefault((row.issuer_id, row.kind), []).append(row)
    return [_shown(each, found) for each in issuers]


def are_issuers_kept(*, by: Actor) -> bool:
    """Whether there is any."""
    by.require(Permission.MEMBER_VIEW)
    return KeptIssuer.objects.exists()


def _shown(issuer: KeptIssuer, found: dict[tuple[object, str], list[KeptDocument]]) -> KeptShown:
    registers, lists, companions = (
        found.get((issuer.pk, kind), [])
        for kind in (KeptDocument.Kind.REGISTER, KeptDocument.Kind.STATUS, KeptDocument.Kind.COMPANION)
    )
    numbers = {each.address.removesuffix("/reasons"): sequence_of(read_published(each.text)) for each in companions}
    days = [register.day for each in registers if (register := read_register(read_published(each.text)))]
    return KeptShown(issuer, max(days, default=None), tuple(_list(each, numbers) for each in lists))


def _list(row: KeptDocument, numbers: dict[str, int]) -> KeptList:
    said = read_published(row.text)
    return KeptList(
        row.address,
        numbers.get(row.address, 0),
        read_instant(said.get("validFrom")),
        read_instant(said.get("validUntil")),
    )
