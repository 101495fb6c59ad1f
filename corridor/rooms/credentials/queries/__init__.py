"""Every way credentials, and what issuers publish, can be read. Nothing here changes anything."""

from ..certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from ..remembering import lists_behind
from .holding import (
    CredentialRow,
    affected_credentials,
    entitled_issuers,
    get_credential,
    get_credential_by_token,
    get_credentials,
    get_entitlement,
    get_key,
    keys_kept_by,
    list_credentials,
    list_entitlements,
    list_keys,
    list_recognitions,
    visible_credentials,
)
from .naming import is_named_to_all, names_holder, require_named
from .printing import certificate_facts, certificate_pdf, printed_bars
from .publishing import (
    Bundle,
    alliance_document_text,
    did_document_text,
    export_bundle,
    get_edition,
    get_status_list,
    list_editions,
    read_edition,
)
from .tokens import credential_token, is_in_force
from .transcripts import list_in_force, transcript_clr, transcript_elmo, transcript_of, transcript_pdf
from .trees import get_tree, has_proof, list_trees, newer_elsewhere, proof_of
from .verification import verdict_of, verify, verify_many

__all__ = [
    "Bundle",
    "CertificateFacts",
    "CredentialRow",
    "RecognisedAs",
    "UnitProved",
    "affected_credentials",
    "alliance_document_text",
    "certificate_facts",
    "certificate_pdf",
    "credential_token",
    "did_document_text",
    "entitled_issuers",
    "export_bundle",
    "get_credential",
    "get_credential_by_token",
    "get_credentials",
    "get_edition",
    "get_entitlement",
    "get_key",
    "get_status_list",
    "get_tree",
    "has_proof",
    "is_in_force",
    "is_named_to_all",
    "keys_kept_by",
    "list_credentials",
    "list_editions",
    "list_entitlements",
    "list_in_force",
    "list_keys",
    "list_recognitions",
    "list_trees",
    "lists_behind",
    "names_holder",
    "newer_elsewhere",
    "printed_bars",
    "proof_of",
    "read_edition",
    "require_named",
    "transcript_clr",
    "transcript_elmo",
    "transcript_of",
    "transcript_pdf",
    "verdict_of",
    "verify",
    "verify_many",
    "visible_credentials",
]
