"""A kept file as an answer: its own type and name, never run in the page, never kept by a machine between."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

# What a browser may show by itself; everything else is saved.
SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF that was printed for this reader alone, shown by the browser; ``name`` is plain letters, without an ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def file_answer(document: Any, content: bytes) -> HttpResponse:
    """The bytes of a document with its media type and its file name in any script (RFC 6266)."""
    response = HttpResponse(content, content_type=document.media_type)
    way = "inline" if document.media_type in SHOWN else "attachment"
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_. ") else "_" for letter in document.file_name
    )
    response["Content-Disposition"] = (
        f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(document.file_name, safe='')}"
    )
    response["Cache-Control"] = "private, no-store" if document.visibility != "public" else "public, max-age=3600"
    response["ETag"] = f'"{document.sha256}"'
    return response
