"""Letting a file go: its row and its bytes, where nothing else needs them."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError

from corridor.foundations.access import Actor
from corridor.foundations.audit import log

from .models import Document


@transaction.atomic
def forget_documents(keys: Iterable[UUID], *, by: Actor) -> int:
    """
    Forget these documents; the caller has let go of them and has asked who may. Return how many went: one to which another record points
    stays. Bytes go when the transaction is kept, unless another document has the same.
    """
    gone = []
    for document in Document.objects.filter(pk__in=list(keys)).order_by("pk"):
        try:
            with transaction.atomic():
                log.record("documents.forgotten", by=by, subject=document)
                document.delete()
        except ProtectedError:
            continue
        gone.append(document.stored_as)
    free = [name for name in dict.fromkeys(gone) if not Document.objects.filter(stored_as=name).exists()]
    transaction.on_commit(lambda: discard(free))
    return len(gone)


def discard(names: Iterable[str]) -> None:
    """Take bytes out of the store by their names there; none that is gone already is missed."""
    for name in names:
        if name:
            default_storage.delete(name)
