"""Every way an agreement can change."""

from ..refusals import (
    AlreadySigned,
    NoScan,
    NothingToSign,
    NotInForce,
    NotProposed,
    ReferenceTaken,
    SignedTooEarly,
    TextChanged,
)
from .drafting import (
    draft_agreement,
    draft_agreements,
    name_parties,
    propose_agreement,
    propose_agreements,
    revise_draft,
    write_texts,
)
from .moving import (
    activate_agreement,
    move_agreements,
    resume_agreement,
    suspend_agreement,
    terminate_agreement,
)
from .signing import record_paper_signatures, sign_agreement

__all__ = [
    "AlreadySigned",
    "NoScan",
    "NotInForce",
    "NotProposed",
    "NothingToSign",
    "ReferenceTaken",
    "SignedTooEarly",
    "TextChanged",
    "activate_agreement",
    "draft_agreement",
    "draft_agreements",
    "move_agreements",
    "name_parties",
    "propose_agreement",
    "propose_agreements",
    "record_paper_signatures",
    "resume_agreement",
    "revise_draft",
    "sign_agreement",
    "suspend_agreement",
    "terminate_agreement",
    "write_texts",
]
