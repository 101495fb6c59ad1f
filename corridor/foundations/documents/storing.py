"""Keeping files: the bytes as they came (pictures without what the camera wrote beside them), under the name of their fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_

from .kinds_of_file import media_type_of
from .models import Document, Visibility
from .pictures import bare
from .scanning import scan


@dataclass(frozen=True)
class NewDocument:
    """A file to keep. ``attested_by`` is the office that says it is a true copy, never a person's name."""

    reference: str
    title: str
    file_name: str
    content: bytes
    attested_by: str = ""
    attested_on: date | None = None
    visibility: Visibility = Visibility.RESTRICTED


def store_document(
    *,
    reference: str,
    title: str,
    file_name: str,
    content: bytes,
    attested_by: str,
    attested_on: date | None,
    visibility: Visibility,
    at: datetime,
    by: Actor,
) -> Document:
    """:raises BadInput: if the file is none that is kept, or the reference is taken."""
    new = NewDocument(reference, title, file_name, content, attested_by, attested_on, visibility)
    return store_documents(documents=[new], at=at, by=by)[0]


@transaction.atomic
def store_documents(*, documents: Sequence[NewDocument], at: datetime, by: Actor) -> list[Document]:
    """
    Keep many files; all or none. They are looked at as those that anybody sends (receiving.py).

    :raises BadInput: with a problem for every file that is not kept and every reference that is taken.
    :raises NotScanned: if the scanner does not answer.
    """
    by.require(Permission.DOCUMENT_STORE)
    made = []
    for new, media_type, content in _checked(documents):
        fingerprint = sha256(content).hexdigest()
        made.append(
            Document(
                reference=new.reference,
                title=new.title,
                file_name=new.file_name,
                media_type=media_type,
                size=len(content),
                sha256=fingerprint,
                stored_as=keep(fingerprint, content),
                attested_by=new.attested_by,
                attested_on=new.attested_on,
                visibility=new.visibility,
                stored_at=at,
            )
        )
    Document.objects.bulk_create(made, batch_size=500)
    log.record_each("documents.stored", by=by, subjects=made)
    return made


def _checked(documents: Sequence[NewDocument]) -> list[tuple[NewDocument, str, bytes]]:
    """Each with its media type and the bytes to keep."""
    problems: list[Problem] = []
    checked = []
    for new in documents:
        try:
            media_type = media_type_of(new.file_name, new.content)
            scan(new.content, file_name=new.file_name)
            checked.append((new, media_type, bare(new.content, media_type, file_name=new.file_name)))
        except BadInput as wrong:
            problems += wrong.problems
    references = [new.reference for new in documents]
    taken = set(Document.objects.filter(reference__in=references).values_list("reference", flat=True))
    for place, new in enumerate(documents):
        if new.reference in taken or new.reference in references[:place]:
            problems.append(
                Problem(
                    N_("There is already a document %(reference)s."), {"reference": new.reference}, file=new.file_name
                )
            )
    if problems:
        raise BadInput(problems)
    return checked


def keep(fingerprint: str, content: bytes) -> str:
    """
    Where the bytes stand. Equal bytes are kept once; bytes whose row was never committed do no harm, nor do those that a server began to
    write when it was killed: they are written anew.
    """
    name = f"{fingerprint[:2]}/{fingerprint}"
    if default_storage.exists(name):
        with default_storage.open(name) as stored:
            if sha256(stored.read()).hexdigest() == fingerprint:
                return name
        default_storage.delete(name)
    return str(default_storage.save(name, ContentFile(content)))
