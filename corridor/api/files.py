"""A file that is sent with a record: a form of several parts, as a browser sends it."""

from hashlib import sha256

from ninja import Schema
from ninja.files import UploadedFile

from corridor.foundations.documents.receiving import Upload


def upload_of(file: UploadedFile, *, title: str, kind: str) -> Upload:
    return Upload(file.name or "", content_of(file), title, kind=kind)


def content_of(file: UploadedFile) -> bytes:
    """Its bytes, however often they are asked for."""
    file.seek(0)
    return bytes(file.read())


def body_of(given: Schema, file: UploadedFile) -> bytes:
    """What was sent, for once.made_once: the parts of a form are read before an operation could read its body."""
    name = (file.name or "").encode()
    return b"\n".join([given.model_dump_json().encode(), name, sha256(content_of(file)).hexdigest().encode()])
