"""A file that is sent with a record: a form of several parts, as a browser sends it; and a file as an answer."""

from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from ninja import Schema
from ninja.files import UploadedFile

from corridor.foundations.documents.receiving import Upload

# For ``openapi_extra`` of an operation that answers with a file.
PDF: dict[str, Any] = {
    "responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
}
ANY_FILE: dict[str, Any] = {
    "responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
}


class NothingBeside(Schema):
    """A file that comes alone."""


def upload_of(file: UploadedFile, *, title: str, kind: str) -> Upload:
    return Upload(file.name or "", content_of(file), title, kind=kind)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that was printed for this reader alone; ``name`` is plain letters, without an ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def file_answer(document: Any, content: bytes) -> HttpResponse:
    """A kept file under its own name in any script (RFC 6266), and its fingerprint as its version."""
    response = HttpResponse(content, content_type=document.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.file_name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{document.sha256}"'
    return response


def content_of(file: UploadedFile) -> bytes:
    """Its bytes, however often they are asked for."""
    file.seek(0)
    return bytes(file.read())


def body_of(given: Schema, file: UploadedFile) -> bytes:
    """What was sent, for once.made_once: the parts of a form are read before an operation could read its body."""
    name = (file.name or "").encode()
    return b"\n".join([given.model_dump_json().encode(), name, sha256(content_of(file)).hexdigest().encode()])
