"""A file that somebody sends with a record: looked at, made bare of what it tells in passing, and kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import choice

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.audit import log
from corridor.foundations.contested import contested
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from .drawings import require_plain
from .films import bare_film
from .kinds_of_file import DRAWING, media_type_of
from .models import Document, Visibility
from .papers import require_readable
from .pictures import bare
from .scanning import scan
from .storing import keep

# No letters that are read as digits: a reference is told over a telephone.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class ReplacedAlready(WrongMoment):
    """Somebody else sent a later version first."""


@dataclass(frozen=True)
class Upload:
    """A file as it was sent. ``kind`` is a word of who asked for it; ``language`` is BCP 47."""

    file_name: str
    content: bytes
    title: str
    kind: str = ""
    language: str = ""


@transaction.atomic
def receive(
    upload: Upload,
    *,
    at: datetime,
    by: Actor,
    replaces: Document | None = None,
    films: bool = False,
    drawings: bool = False,
) -> Document:
    """
    Keep a file that came with a record. The room has asked who may do that; the record's page decides who may open it.

    The bytes say what it is, not the name; a PDF can be opened; pictures (and films, where ``films`` are taken) lose their metadata, and the
    fingerprint is of what is kept; a drawing (SVG, where ``drawings`` are taken) holds shapes and nothing else; a scanner is asked
    where there is one.

    :raises BadInput: if it is none that is kept, cannot be opened, has no title, or the language is no tag.
    :raises NotScanned: if the scanner does not answer.
    :raises ReplacedAlready: if ``replaces`` has a later version already.
    """
    problems = []
    if not upload.title.strip():
        problems.append(Problem(N_("Say what the file is."), file=upload.file_name, column="title"))
    if upload.language and not is_language(upload.language):
        problems.append(
            Problem(
                N_("“%(language)s” is no language; write a tag of BCP 47, like lo or zh-Hans."),
                {"language": upload.language}, file=upload.file_name, column="language",
            )
        )  # fmt: skip
    if problems:
        raise BadInput(problems)
    media_type, content = looked_at(upload, films=films, drawings=drawings)
    fingerprint = sha256(content).hexdigest()
    document = Document(
        reference=f"DOC-{at.year}-{''.join(choice(_LETTERS) for _ in range(8))}",
        title=upload.title.strip()[:300],
        file_name=upload.file_name[-200:],
        media_type=media_type,
        size=len(content),
        sha256=fingerprint,
        stored_as=keep(fingerprint, content),
        visibility=Visibility.WITH_RECORD,
        kind=upload.kind,
        language=upload.language,
        replaces=replaces,
        stored_at=at,
    )
    with contested(lambda: _require_latest(replaces)):
        document.save(force_insert=True)
    log.record("documents.received", by=by, subject=document)
    return document


def looked_at(upload: Upload, *, films: bool = False, drawings: bool = False) -> tuple[str, bytes]:
    """What a file is, and the bytes that would be kept of it; nothing is. Refuses as ``receive``."""
    media_type = media_type_of(upload.file_name, upload.content, films=films, drawings=drawings)
    scan(upload.content, file_name=upload.file_name)
    require_readable(upload.content, media_type, file_name=upload.file_name)
    if media_type == DRAWING:
        require_plain(upload.content, file_name=upload.file_name)
    content = bare(upload.content, media_type, file_name=upload.file_name)
    if media_type.startswith("video/"):
        content = bare_film(content, file_name=upload.file_name)
    return media_type, content


def _require_latest(replaces: Document | None) -> None:
    if replaces is not None and Document.objects.filter(replaces=replaces).exists():
        raise ReplacedAlready(
            N_("A later version of %(document)s was sent meanwhile; look at it first."), document=replaces.reference
        )


def versions(document: Document, *, by: Actor) -> list[Document]:  # noqa: ARG001 (who may see the record may see its versions)
    """The file and those it replaced, the latest first."""
    found = [document]
    while found[-1].replaces_id is not None:
        found.append(Document.objects.get(pk=found[-1].replaces_id))
    return found
