"""The choices that forms about the rights of a person offer."""

from .models import DataClass, Occasion, Part, RecordKind, TransferBasis

__all__ = ["DataClass", "Occasion", "Part", "RecordKind", "TransferBasis"]
