"""Registers to be printed for a day or a week, and the photographs of those that were filled."""

from datetime import date, timedelta
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import SessionStatus
from ..models import Session, SheetPhoto
from .registers import Register, get_register


def registers_of_week(*, cohort: str, on: date, by: Actor) -> list[Register]:
    """The registers of a cohort in the week (Monday to Sunday) of that day, as they begin; not those that were called off."""
    monday = on - timedelta(days=on.weekday())
    numbers = (
        Session.objects.filter(cohort__reference=cohort, held_on__gte=monday, held_on__lt=monday + timedelta(days=7))
        .exclude(status=SessionStatus.CANCELLED)
        .order_by("begins_at", "pk")
        .values_list("number", flat=True)
    )
    return [get_register(cohort=cohort, number=number, by=by) for number in numbers]


def photos_of(*, session: Session, by: Actor) -> list[SheetPhoto]:
    """:raises AccessDenied: names stand on them."""
    by.require(Permission.LEARNER_VIEW, on=session)
    return list(SheetPhoto.objects.filter(session=session).select_related("document"))


def open_sheet_photo(*, session: Session, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """:raises NotFound, AccessDenied:"""
    by.require(Permission.LEARNER_VIEW, on=session)
    found = SheetPhoto.objects.filter(session=session, pk=key).select_related("document").first()
    if found is None:
        raise NotFound(N_("There is no such photograph of this register."))
    return found.document, bytes_of(found.document)
