"""How many credentials were issued under programmes and at sites: counts for everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from corridor.foundations.access import Actor, Permission
from corridor.kernel.small_cells import is_small

from ..lifecycle import CredentialStatus
from ..models import Credential, CredentialKind


@dataclass(frozen=True, slots=True)
class Issuing:
    """Credentials of one programme or site; counts are None where they are too few to be shown. Drafts and replaced ones do not count."""

    issued: int | None = 0
    awards: int | None = 0
    statements: int | None = 0
    first_on: date | None = None
    last_on: date | None = None


def issuing_of(*, group: str, keys: Collection[UUID], by: Actor) -> dict[UUID, Issuing]:
    """Credentials issued under each programme or site (``group`` as in training's ``teaching_of``). One statement."""
    through = f"cohort__{group}"
    left_out = [CredentialStatus.DRAFT.value, CredentialStatus.REPLACED.value]
    rows = Credential.objects.filter(**{f"{through}__in": list(keys)}).exclude(status__in=left_out).order_by()
    found = {key: Issuing() for key in keys}
    sees_few = by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS)
    for row in rows.values(through).annotate(
        issued=Count("pk"), awards=Count("pk", filter=Q(kind=CredentialKind.AWARD)),
        statements=Count("pk", filter=Q(kind=CredentialKind.STATEMENT)), first_on=Min("issued_on"), last_on=Max("issued_on"),
    ):  # fmt: skip
        key = row.pop(through)
        # Awards and statements add up to all: one hidden alone could be counted back.
        is_hidden = not sees_few and (is_small(row["awards"]) or is_small(row["statements"]))
        parts = {"awards": None, "statements": None} if is_hidden else {}
        whole = {"issued": None} if not sees_few and is_small(row["issued"]) else {}
        found[key] = Issuing(**(row | parts | whole))
    return found
