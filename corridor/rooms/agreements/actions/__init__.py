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
from .amending import amend_agreement
from .asking import answer_step, ask_step, take_back_step
from .calendars import end_calendar_address, make_calendar_address
from .drafting import (
    draft_agreement,
    draft_agreements,
    name_parties,
    revise_draft,
    write_lines,
    write_texts,
)
from .importing import remove_drafts
from .kinds import change_kind, make_kinds, write_clauses
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
    set_obligations,
)
from .proposing import counter_agreement, propose_agreement, propose_agreements, take_back_counter
from .renewing import renew_agreement
from .settling import reopen_obligations, settle_obligations
from .signing import (
    MadeLink,
    change_signer,
    end_link,
    end_signer,
    load_signatures,
    make_link,
    name_signer,
    name_signers,
    recognise_signer,
    record_paper_signatures,
    send_code,
    set_signing,
    sign_agreement,
    sign_by_link,
)
from .translating import review_translation

__all__ = [
    "AlreadySigned",
    "MadeLink",
    "NoScan",
    "NotAParty",
    "NotInForce",
    "NotProposed",
    "NothingToSign",
    "ReferenceTaken",
    "SignedTooEarly",
    "TextChanged",
    "activate_agreement",
    "amend_agreement",
    "answer_step",
    "ask_step",
    "change_kind",
    "change_obligations",
    "change_signer",
    "counter_agreement",
    "draft_agreement",
    "draft_agreements",
    "end_calendar_address",
    "end_link",
    "end_signer",
    "load_signatures",
    "make_calendar_address",
    "make_kinds",
    "make_link",
    "move_agreements",
    "name_parties",
    "name_signer",
    "name_signers",
    "propose_agreement",
    "propose_agreements",
    "recognise_signer",
    "record_paper_signatures",
    "remove_drafts",
    "remove_obligations",
    "renew_agreement",
    "reopen_obligations",
    "resume_agreement",
    "review_translation",
    "revise_draft",
    "send_code",
    "set_obligations",
    "set_signing",
    "settle_obligations",
    "sign_agreement",
    "sign_by_link",
    "suspend_agreement",
    "take_back_counter",
    "take_back_step",
    "terminate_agreement",
    "write_clauses",
    "write_lines",
    "write_texts",
]
