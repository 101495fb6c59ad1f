"""What an agreement may be replaced by."""

from datetime import date
from uuid import UUID

from corridor.kernel.wording import N_

from .lifecycle import AgreementStatus
from .models import Agreement
from .refusals import CircularSupersession, NotInForce

_A = AgreementStatus


def require_replaceable(agreement: Agreement, successor: Agreement, *, on: date) -> None:
    """
    :raises CircularSupersession: if the successor was replaced, directly or in steps, by this very agreement, or is it.
    :raises NotInForce: if the successor is not in force on that day.
    """
    key: UUID | None = successor.pk
    seen: set[UUID] = set()
    while key is not None and key not in seen:
        if key == agreement.pk:
            raise CircularSupersession(
                N_("%(successor)s was replaced by %(agreement)s itself; the two would replace each other."),
                successor=successor.reference, agreement=agreement.reference,
            )  # fmt: skip
        seen.add(key)
        key = Agreement.objects.values_list("superseded_by", flat=True).get(pk=key)
    if successor.amends_id is not None or not successor.is_in_force(on=on):
        raise NotInForce(
            N_("%(successor)s is not in force on %(day)s; it cannot replace another agreement then."),
            successor=successor.reference, day=on,
        )  # fmt: skip
