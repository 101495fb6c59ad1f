"""The pieces in which a file arrives, and letting evidence go."""

from collections.abc import Sequence
from math import ceil
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.documents.forgetting import discard, forget_documents

from .models import Evidence, EvidenceCriterion, EvidencePiece

PIECE_BYTES = 256 * 1024


def missing_pieces(evidence: Evidence) -> list[int]:
    """The numbers of the pieces that have not come; none when the file is whole."""
    if evidence.document_id is not None:
        return []
    there = set(EvidencePiece.objects.filter(evidence=evidence).values_list("number", flat=True))
    return [number for number in range(ceil(evidence.size / PIECE_BYTES)) if number not in there]


def remove_evidence(evidence: Sequence[Evidence], *, by: Actor) -> None:
    """Rows, pieces and files. The caller has asked who may, and holds a transaction."""
    keys = [each.pk for each in evidence]
    documents = [each.document_id for each in evidence if each.document_id]
    EvidenceCriterion.objects.filter(evidence__in=keys).delete()
    forget_pieces(keys)
    Evidence.objects.filter(pk__in=keys).delete()
    forget_documents(documents, by=by)


def forget_pieces(keys: Sequence[UUID]) -> None:
    pieces = EvidencePiece.objects.filter(evidence__in=keys)
    names = list(pieces.values_list("stored_as", flat=True))
    pieces.delete()
    transaction.on_commit(lambda: discard(names))
