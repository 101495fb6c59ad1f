"""Every way credentials, and what issuers publish, can be read. Nothing here changes anything."""

from ..certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from ..holders import is_holder
from ..models import LinkWay, Looking, ShownPart
from ..remembering import lists_behind
from .bundling import VerifierBundle, verifier_bundle
from .elsewhere import lists_signed_elsewhere
from .forms import FORM_TYPES, FormName, all_forms, form_of, forms_of
from .handing import holder_sheets, language_of_holder, links_of
from .holding import (
    CredentialRow,
    affected_attestations,
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
from .kept import KeptShown, are_issuers_kept, list_kept_issuers
from .layouts import (
    LayoutShown,
    current_layout,
    layout_preview,
    list_layouts,
    members_with_layouts,
    programmes_of_issuer,
)
from .naming import is_named_to_all, names_holder, require_named
from .own import (
    credential_asked_about,
    get_own,
    is_asked_by_link,
    own_corrections,
    own_credentials,
    taken_into_wallets,
)
from .printing import certificate_facts, certificate_pdf, count_without_words, printed_bars
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
from .reports import report_of, report_pdf
from .showing import address_of_showing, get_showing, own_showings
from .tokens import credential_parts, credential_token, is_in_force
from .transcripts import list_in_force, transcript_clr, transcript_elmo, transcript_of, transcript_pdf
from .trees import get_tree, has_proof, list_trees, newer_elsewhere, proof_of
from .vc_api import (
    check_token_with,
    issue_for_anyone,
    sign_token_with,
    status_list_for_anyone,
    verify_for_anyone,
    verify_presentation_for_anyone,
)
from .verification import verdict_of, verify, verify_many

__all__ = [
    "FORM_TYPES",
    "Bundle",
    "CertificateFacts",
    "CredentialRow",
    "FormName",
    "KeptShown",
    "LayoutShown",
    "LinkWay",
    "Looking",
    "RecognisedAs",
    "ShownPart",
    "UnitProved",
    "VerifierBundle",
    "address_of_showing",
    "affected_attestations",
    "affected_credentials",
    "all_forms",
    "alliance_document_text",
    "are_issuers_kept",
    "certificate_facts",
    "certificate_pdf",
    "check_token_with",
    "count_without_words",
    "credential_asked_about",
    "credential_parts",
    "credential_token",
    "current_layout",
    "did_document_text",
    "entitled_issuers",
    "export_bundle",
    "form_of",
    "forms_of",
    "get_credential",
    "get_credential_by_token",
    "get_credentials",
    "get_edition",
    "get_entitlement",
    "get_key",
    "get_own",
    "get_showing",
    "get_status_list",
    "get_tree",
    "has_proof",
    "holder_sheets",
    "is_asked_by_link",
    "is_holder",
    "is_in_force",
    "is_named_to_all",
    "issue_for_anyone",
    "keys_kept_by",
    "language_of_holder",
    "layout_preview",
    "links_of",
    "list_credentials",
    "list_editions",
    "list_entitlements",
    "list_in_force",
    "list_kept_issuers",
    "list_keys",
    "list_layouts",
    "list_recognitions",
    "list_trees",
    "lists_behind",
    "lists_signed_elsewhere",
    "members_with_layouts",
    "names_holder",
    "newer_elsewhere",
    "own_corrections",
    "own_credentials",
    "own_showings",
    "printed_bars",
    "programmes_of_issuer",
    "proof_of",
    "read_edition",
    "report_of",
    "report_pdf",
    "require_named",
    "sign_token_with",
    "status_list_for_anyone",
    "taken_into_wallets",
    "transcript_clr",
    "transcript_elmo",
    "transcript_of",
    "transcript_pdf",
    "verdict_of",
    "verifier_bundle",
    "verify",
    "verify_for_anyone",
    "verify_many",
    "verify_presentation_for_anyone",
    "visible_credentials",
]
