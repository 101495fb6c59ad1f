"""A document as it stands in the records; its bytes are not in the store."""

from datetime import UTC, datetime

from corridor.foundations.documents.models import Document


def make_document(reference: str = "doc-minutes", *, title: str = "Minutes") -> Document:
    return Document.objects.create(
        reference=reference, title=title, file_name=f"{reference}.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        stored_as=f"{reference}.pdf", stored_at=datetime(2023, 6, 1, tzinfo=UTC),
    )  # fmt: skip
