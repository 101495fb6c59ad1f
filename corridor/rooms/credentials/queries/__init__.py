"""Every way credentials, and what issuers publish, can be read. Nothing here changes anything."""

from ..certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from .holding import (
    CredentialRow,
    credential_text,
    entitled_issuers,
    get_credential,
    get_credential_by_token,
    list_credentials,
    list_entitlements,
    list_recognitions,
)  # fmt: skip
from .printing import certificate_facts, certificate_pdf
from .publishing import (
    Bundle,
    companion_text,
    did_document_text,
    export_bundle,
    status_list_text,
)  # fmt: skip
from .verification import verdict_of, verify, verify_many

__all__ = [
    "Bundle",
    "CertificateFacts",
    "CredentialRow",
    "RecognisedAs",
    "UnitProved",
    "certificate_facts",
    "certificate_pdf",
    "companion_text",
    "credential_text",
    "did_document_text",
    "entitled_issuers",
    "export_bundle",
    "get_credential",
    "get_credential_by_token",
    "list_credentials",
    "list_entitlements",
    "list_recognitions",
    "status_list_text",
    "verdict_of",
    "verify",
    "verify_many",
]
