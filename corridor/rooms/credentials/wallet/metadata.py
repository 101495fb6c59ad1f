"""What wallets read before they ask: who issues, how, and what a certificate holds. Texts in every language of the interface."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..jwt.selective_credentials import TYP
from .proving import ALGORITHMS

CONFIGURATION = "certificate"
GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
DIGITS = 6
SIGNING = ("EdDSA", "ES256")
_TITLE = _("Certificate")
type Path = tuple[str | None, ...]
# Each part by its path (None is any element of a list), its name, and whether its holder may leave it out.
_PARTS: tuple[tuple[Path, Promise, bool], ...] = (
    (("name",), _("Name"), True), (("other_names",), _("Name in other scripts"), True), (("birthdate",), _("Date of birth"), True),
    (("results",), _("Units"), True), (("results", None, "alignments"), _("Compared with"), True), (("levels",), _("Level"), True),
    (("evidence",), _("Site and programme"), True), (("achievement",), _("What it is"), False),
    (("issuer_name",), _("Issuer"), False), (("valid_from",), _("Issued on"), False), (("valid_until",), _("Last day"), False),
    (("recognition",), _("What it counts as"), False),
)  # fmt: skip


def issuer() -> str:
    """The name by which wallets know the house."""
    return str(settings.PUBLIC_URL)


def vct() -> str:
    """The name of the type, which is the address of its description."""
    return f"{issuer()}/credential-types/{CONFIGURATION}"


def issuer_metadata() -> dict[str, Any]:
    """``/.well-known/openid-credential-issuer``"""
    configuration = {
        "format": TYP,
        "vct": vct(),
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": list(SIGNING),
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": list(ALGORITHMS)}},
        "credential_metadata": {
            "display": _shown(_TITLE),
            "claims": [{"path": list(path), "display": _shown(name)} for path, name, _hidden in _PARTS],
        },
    }
    return {
        "credential_issuer": issuer(),
        "credential_endpoint": f"{issuer()}/wallet/credential",
        "nonce_endpoint": f"{issuer()}/wallet/nonce",
        "display": _shown(_("The alliance")),
        "credential_configurations_supported": {CONFIGURATION: configuration},
    }


def server_metadata() -> dict[str, Any]:
    """``/.well-known/oauth-authorization-server``"""
    return {
        "issuer": issuer(),
        "token_endpoint": f"{issuer()}/wallet/token",
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def type_metadata() -> dict[str, Any]:
    """What a certificate of that type holds, at the address that is its name."""
    return {
        "vct": vct(),
        "name": "Certificate",
        "description": "What a learner was found competent in, as a member of the alliance signed it.",
        "display": [{"locale": each["locale"], "name": each["name"]} for each in _shown(_TITLE)],
        "claims": [
            {
                "path": list(path),
                "sd": "allowed" if is_hidden else "never",
                "display": [{"locale": each["locale"], "label": each["name"]} for each in _shown(name)],
            }
            for path, name, is_hidden in _PARTS
        ],
    }


def offer_address(code: str) -> str:
    """What stands in the QR: the offer itself, so that nothing needs to be fetched to read it."""
    grant = {"pre-authorized_code": code, "tx_code": {"input_mode": "numeric", "length": DIGITS}}
    offer: Mapping[str, Any] = {
        "credential_issuer": issuer(), "credential_configuration_ids": [CONFIGURATION], "grants": {GRANT: grant}
    }  # fmt: skip
    return "openid-credential-offer://?" + urlencode({"credential_offer": json.dumps(offer, separators=(",", ":"))})


def _shown(text: Promise) -> list[dict[str, str]]:
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.append({"name": str(text), "locale": language})
    return found
