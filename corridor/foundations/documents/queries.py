"""Reading documents: what anyone may see, and what only those who may see documents."""

from hashlib import sha256

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_

from .models import Document, Visibility


class DamagedDocument(Refusal):
    """The bytes in the store are gone, or are not those that were stored."""


def visible_documents(*, by: Actor) -> QuerySet[Document]:
    """
    Public documents for everyone; restricted ones for who may see documents of the whole alliance. What came with a record is opened there:
    whoever oversees documents may not for that read what a person sent about themself.
    """
    documents = Document.objects.order_by("reference")
    if by.holds_everywhere(Permission.DOCUMENT_VIEW):
        return documents.exclude(visibility=Visibility.WITH_RECORD)
    return documents.filter(visibility=Visibility.PUBLIC)


def get_document(*, reference: str, by: Actor) -> Document:
    """:raises NotFound: if there is none of that reference, or none for this actor."""
    found = visible_documents(by=by).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no document %(reference)s."), reference=reference)
    return found


def open_document(*, reference: str, by: Actor) -> bytes:
    """
    The bytes, compared with the fingerprint that was taken when they came.

    :raises NotFound: as get_document.
    :raises DamagedDocument: if they differ or are gone.
    """
    return bytes_of(get_document(reference=reference, by=by))


def bytes_of(document: Document) -> bytes:
    """For rooms that have a rule of their own who may open it (a party its agreement's scan): the caller has asked that first."""
    try:
        with default_storage.open(document.stored_as) as stored:
            content: bytes = stored.read()
    except FileNotFoundError:
        raise _damaged(document) from None
    if sha256(content).hexdigest() != document.sha256:
        raise _damaged(document)
    return content


def _damaged(document: Document) -> DamagedDocument:
    return DamagedDocument(
        N_("The document %(reference)s is no longer what was stored; ask the secretariat."),
        reference=document.reference,
    )
