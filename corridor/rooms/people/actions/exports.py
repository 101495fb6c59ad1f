"""Copies of the own data: asked for by the person, kept for some days, and gone."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import discard
from corridor.kernel.wording import N_

from ..models import DataExport, Person
from ..rights_refusals import ErasedAlready


@transaction.atomic
def ask_export(*, person: Person, language: str, at: datetime, by: Actor) -> DataExport:
    """Write down that a copy is wanted; journeys/tell_my_data makes it. :raises AccessDenied: for another person's record."""
    by.require(Permission.RIGHTS_USE, on=person)
    if person.erased_at is not None:
        raise ErasedAlready(N_("%(person)s was erased."), person=person.reference)
    made = DataExport.objects.create(
        person=person, language=language, asked_at=at, expires_at=at + timedelta(days=settings.EXPORT_DAYS)
    )
    log.record("people.export_asked", by=by, subject=made)
    return made


@transaction.atomic
def keep_export(*, export: DataExport, content: bytes, at: datetime, by: Actor) -> DataExport:
    """Keep the bytes of a copy under a name that nobody guesses. Done twice, the first stands."""
    by.require(Permission.RIGHTS_USE, on=export.person)
    held = DataExport.objects.select_for_update().get(pk=export.pk)
    if held.ready_at is not None:
        return held
    name = str(default_storage.save(f"exports/{token_urlsafe(24)}.zip", ContentFile(content)))
    held.ready_at, held.stored_as = at, name
    held.size, held.sha256 = len(content), sha256(content).hexdigest()
    held.save()
    log.record("people.export_made", by=by, subject=held)
    return held


@transaction.atomic
def drop_exports(*, at: datetime, by: Actor, person: Person | None = None) -> int:
    """Let go of the bytes of copies whose days are over, or of all of one person. Return how many went."""
    by.require(Permission.PERSON_ERASE)
    stored = DataExport.objects.exclude(stored_as="")
    over = stored.filter(expires_at__lte=at) if person is None else stored.filter(person=person)
    gone = list(over.select_for_update().order_by("pk"))
    names = [each.stored_as for each in gone]
    for each in gone:
        each.stored_as = ""
    DataExport.objects.bulk_update(gone, ["stored_as"], batch_size=500)
    log.record_each("people.export_gone", by=by, subjects=gone)
    transaction.on_commit(lambda: discard(names))
    return len(gone)
