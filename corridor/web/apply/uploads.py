"""A file of a form, as the actions take it."""

from typing import Any

from corridor.foundations.documents.receiving import Upload


def upload_of(file: Any, *, title: str, kind: str) -> Upload:
    return Upload(file.name, file.read(), title, kind=kind)


def upload_if_any(file: Any, *, title: str, kind: str) -> Upload | None:
    """None where no file was chosen."""
    return upload_of(file, title=title, kind=kind) if file else None
