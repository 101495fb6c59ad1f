"""Signing: who signs for a party, and the three ways in which they do: here, by a link, on paper. The last signature puts it in force."""

from .here import sign_agreement
from .linking import MadeLink, end_link, make_link, recognise_signer, send_code, sign_by_link
from .naming import change_signer, end_signer, name_signer, name_signers, set_signing
from .paper import load_signatures, record_paper_signatures

__all__ = [
    "MadeLink",
    "change_signer",
    "end_link",
    "end_signer",
    "load_signatures",
    "make_link",
    "name_signer",
    "name_signers",
    "recognise_signer",
    "record_paper_signatures",
    "send_code",
    "set_signing",
    "sign_agreement",
    "sign_by_link",
]
