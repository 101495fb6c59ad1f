"""Every way an agreement can change."""

from ..refusals import (
    AlreadySigned,
    NoScan,
    NotAParty,
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
from .importing import remove_drafts
from .moving import (
    activate_agreement,
    move_agreements,
    resume_agreement,
    suspend_agreement,
    terminate_agreement,
)
from .obliging import (
    change_obligations,
    remove_obligations,
    reopen_obligations,
    set_obligations,
    settle_obligations,
)
from .signing import record_paper_signatures, sign_agreement

__all__ = [
    "AlreadySigned",
    "NoScan",
    "NotAParty",
    "NotInForce",
    "NotProposed",
    "NothingToSign",
    "ReferenceTaken",
    "SignedTooEarly",
    "TextChanged",
    "activate_agreement",
    "change_obligations",
    "draft_agreement",
    "draft_agreements",
    "move_agreements",
    "name_parties",
    "propose_agreement",
    "propose_agreements",
    "record_paper_signatures",
    "remove_drafts",
    "remove_obligations",
    "reopen_obligations",
    "resume_agreement",
    "revise_draft",
    "set_obligations",
    "settle_obligations",
    "sign_agreement",
    "suspend_agreement",
    "terminate_agreement",
    "write_texts",
]
