"""Every way an agreement and what it obliges to can be read. That there is one is public; its text is for its parties and for oversight."""

from .agreements import (
    AgreementReading,
    agreements_answering,
    agreements_to_sign,
    count_agreements,
    get_agreement,
    get_party,
    list_agreements,
    open_scan,
    read_text,
)
from .obligations import (
    OVERDUE,
    count_obligations,
    get_obligation,
    list_obligations,
    obligations_owed_by,
    open_obligation_evidence,
)

__all__ = [
    "OVERDUE",
    "AgreementReading",
    "agreements_answering",
    "agreements_to_sign",
    "count_agreements",
    "count_obligations",
    "get_agreement",
    "get_obligation",
    "get_party",
    "list_agreements",
    "list_obligations",
    "obligations_owed_by",
    "open_obligation_evidence",
    "open_scan",
    "read_text",
]
