"""Every way credentials, the rights to give them, and the keys behind them can change."""

from .changing import change_credentials, lift_suspension, replace_credential, revoke_credential, suspend_credential
from .drafting import draft_credentials
from .entitling import end_entitlement, grant_entitlements
from .keying import make_keys, retire_key
from .recognising import state_recognitions
from .signing import sign_drafts

__all__ = [
    "change_credentials",
    "draft_credentials",
    "end_entitlement",
    "grant_entitlements",
    "lift_suspension",
    "make_keys",
    "replace_credential",
    "retire_key",
    "revoke_credential",
    "sign_drafts",
    "state_recognitions",
    "suspend_credential",
]
